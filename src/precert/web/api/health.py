"""Whether the server lives and whether it can answer, for whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from precert.web.api.operations import Operation
from precert.web.http.responses import Json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from precert.web.served import Served


@dataclass(frozen=True, slots=True)
class Health:
    """The server lives."""

    status: Literal["ok"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The server can answer: it has read this rulebook and proven its digest."""

    status: Literal["ready"]
    rulebook: str
    editions: int


async def _health(served: Served, request: Request) -> Response:  # noqa: ARG001 - an operation's
    return Json(Health("ok"))


async def _ready(served: Served, request: Request) -> Response:  # noqa: ARG001 - an operation's
    book = served.rulebook
    return Json(Readiness("ready", book.digest, len(book.editions)))


OPERATIONS = (
    Operation(
        name="health",
        method="GET",
        path="/healthz",
        summary="Whether the server lives",
        description="Answers as long as the server does.",
        run=_health,
        answers=(Health,),
    ),
    Operation(
        name="readiness",
        method="GET",
        path="/readyz",
        summary="Whether the server can answer",
        description="Answers once the rulebook is read, and says which it is.",
        run=_ready,
        answers=(Readiness,),
    ),
)
