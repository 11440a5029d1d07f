"""POST /receipts/verify: does a receipt still say what the rulebook answers?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from starlette.concurrency import run_in_threadpool

from precert.determine import check_receipt, verified
from precert.web.api.determinations import check_lines
from precert.web.api.operations import Operation
from precert.web.api.query import read_query
from precert.web.api.rulebook import NoQuery
from precert.web.http.json_body import read_json
from precert.web.http.responses import Json
from precert.web.views.receipt import Receipt

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from precert.web.served import Served

SCHEMA: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a receipt says what the rulebook answers now, and what differs, a sentence each.

    `rulebooks` are the digests of the editions that answer now. `same_words` is about the sentences
    for people, which take no part.
    """

    schema: Literal[1]
    identical: bool
    differences: tuple[str, ...]
    same_words: bool
    rulebooks: tuple[str, ...]


async def verify(served: Served, request: Request) -> Response:
    """Compare a receipt with today's answer to its facts."""
    read_query(request, NoQuery)
    read = await read_json(request)
    if isinstance(read, dict):
        check_lines(read.get("facts"), served.settings)
    return Json(await run_in_threadpool(_verified, read, served))


def _verified(read: object, served: Served) -> Verification:
    found = verified(check_receipt(read, "the body"), served.rulebook)
    return Verification(
        schema=SCHEMA,
        identical=not found.differences,
        differences=found.differences,
        same_words=found.same_words,
        rulebooks=found.digests,
    )


OPERATION = Operation(
    name="verify_receipt",
    method="POST",
    path="/api/v1/receipts/verify",
    summary="Verify a receipt",
    description="Answers the facts of the receipt again, and says what differs.",
    run=verify,
    query=NoQuery,
    bodies=(Receipt,),
    answers=(Verification,),
    problems=(400, 413, 415, 422),
)
