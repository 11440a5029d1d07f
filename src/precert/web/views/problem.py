"""What went wrong with a request, as RFC 9457 (problem details) writes it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its status and title, what happened, and what to do.

    `read`, `expected` and `where` are null where they say nothing. `request_id` is that of the
    answer's header and of the log.
    """

    type: str
    title: str
    status: int
    detail: str
    read: str | None = None
    expected: str | None = None
    where: str | None = None
    request_id: str | None = None


def plain_problem(status: int, detail: str, request_id: str | None = None) -> Problem:
    """Return the problem of an HTTP status that needs no more than a sentence."""
    title = HTTPStatus(status).phrase
    return Problem("about:blank", title, status, detail, request_id=request_id)
