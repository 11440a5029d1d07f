"""An operation of the API: the one entry from which its route and its description are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from precert.web.served import Served

    Answering = Callable[[Served, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked how, and what comes back.

    `query` is the dataclass of its parameters, `bodies` the types of what may be sent as JSON,
    `answers` those of what comes back with 200, `problems` the statuses of what may go wrong beside
    those of every operation. `path_words` say what the parameters in the path are.
    """

    name: str
    method: str
    path: str
    summary: str
    description: str
    run: Answering
    answers: tuple[Any, ...]
    query: type | None = None
    bodies: tuple[Any, ...] = ()
    problems: tuple[int, ...] = ()
    path_words: Mapping[str, str] = field(default_factory=dict)
