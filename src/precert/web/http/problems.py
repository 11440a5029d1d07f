"""Errors as answers: each kind of exception is one kind of problem, with its HTTP status."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from starlette.exceptions import HTTPException

from precert.determine.order_json import brief
from precert.errors import (
    BadCode,
    BadColumns,
    BadEdition,
    BadOrder,
    BadQuery,
    CallerError,
    MissingExtra,
    UnknownEdition,
    UnknownPlan,
    UnknownProgram,
    UnknownRule,
    UnreadableDocument,
    UnreadableLayout,
    UnreadableReceipt,
    UnreadableRulebook,
)
from precert.web.http.body_limit import BodyTooLarge
from precert.web.views.problem import Problem, plain_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

METHOD_NOT_ALLOWED = HTTPStatus.METHOD_NOT_ALLOWED
WHOLE_ORDER = "the order"
"""How `order_from_json` calls the place of an order that is none."""
_LONGEST = 60
INTERNAL = "something went wrong here, not with the request; the server's log has it by request_id"


Parts = tuple[str | None, str | None, str | None]


class Kind(NamedTuple):
    """A kind of problem: its HTTP status, the end of its type, its title."""

    status: int
    name: str
    title: str


KINDS: Mapping[type[Exception], Kind] = {
    BadCode: Kind(422, "bad-code", "No procedure code"),
    BadOrder: Kind(422, "bad-order", "An order that cannot be read"),
    BadQuery: Kind(422, "bad-query", "A question that cannot be read"),
    BadColumns: Kind(422, "bad-columns", "A table whose columns cannot be told apart"),
    BadEdition: Kind(422, "bad-edition", "Editions that cannot be compared"),
    UnknownProgram: Kind(422, "unknown-program", "A program that the rulebook does not know"),
    UnknownPlan: Kind(422, "unknown-plan", "A plan that the rulebook does not know"),
    UnknownEdition: Kind(404, "unknown-edition", "An edition that the rulebook does not hold"),
    UnknownRule: Kind(404, "unknown-rule", "A rule that the rulebook does not hold"),
    UnreadableReceipt: Kind(422, "bad-receipt", "A receipt that is none"),
    BodyTooLarge: Kind(413, "too-large", "A body that is too large"),
    msgspec.ValidationError: Kind(422, "bad-body", "A body that is not of the expected form"),
    msgspec.DecodeError: Kind(400, "not-json", "A body that is no JSON"),
}
"""What a client can do wrong, or ask for in vain."""
_OWN_FILES = (MissingExtra, UnreadableDocument, UnreadableLayout, UnreadableRulebook)


class RequestProblem(CallerError):  # noqa: N818 - named for what it is, as in precert.errors
    """A request that cannot be answered, before anything looks at what it asks."""

    def __init__(self, kind: Kind, *, read: str, expected: str, where: str) -> None:
        """Take the kind of problem, what was read, what was expected, and where."""
        self.kind = kind
        self.read, self.expected, self.where = read, expected, where
        super().__init__(f"{where}: read {read}, expected {expected}")


def problem_of(error: Exception, request_id: str | None = None) -> Problem | None:
    """Return the problem that an exception means for the client, None for one that is a bug.

    What a text repeats of the request is short and escaped.
    """
    if isinstance(error, HTTPException):
        return plain_problem(error.status_code, _detail(error), request_id)
    if isinstance(error, RequestProblem):
        kind: Kind | None = error.kind
    else:
        kind = next((KINDS[cls] for cls in type(error).__mro__ if cls in KINDS), None)
    if kind is None:
        return None
    read, expected, where = _parts(error)
    return Problem(
        type=f"urn:precert:problem:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=str(error),
        read=read,
        expected=expected,
        where=where,
        request_id=request_id,
    )


def not_allowed(error: HTTPException, request_id: str) -> tuple[Problem, dict[str, str]]:
    """Return the problem of a method that a route does not allow, and the header that says which.

    OPTIONS is answered everywhere, and asks for nothing but that header.
    """
    told = (error.headers or {}).get("Allow", "").split(", ")
    allow = ", ".join(sorted({*filter(None, told), "OPTIONS"}))
    problem = plain_problem(METHOD_NOT_ALLOWED, f"expected one of {allow}", request_id)
    return problem, {"Allow": allow}


def internal_problem(request_id: str) -> Problem:
    """Return the problem of a bug, or of the server's own files: nothing of it is told."""
    return plain_problem(500, INTERNAL, request_id)


def is_trouble(error: Exception) -> bool:
    """Return whether an exception speaks of the server's own files: its message may be logged."""
    return isinstance(error, _OWN_FILES)


def in_order(problem: Problem, number: int) -> Problem:
    """Return the problem of one order of several, its place named from the whole request."""
    where = f"orders[{number}]"
    within = problem.where if problem.where != WHOLE_ORDER else None
    return replace(problem, where=f"{where}.{within}" if within else where)


def _detail(error: HTTPException) -> str:
    """Return what an error of HTTP says; of an address at which nothing is, more than its title."""
    if error.status_code == HTTPStatus.NOT_FOUND and error.detail == HTTPStatus.NOT_FOUND.phrase:
        return "nothing is served at this address"
    return str(error.detail)


def _parts(error: Exception) -> Parts:
    """Return what was read, what was expected and where, as far as an exception tells it."""
    parts: Parts = (None, None, None)
    match error:
        case BadOrder() | BadQuery() | RequestProblem():
            parts = error.read, error.expected, error.where or None
        case BadCode():
            read, _, expected = error.reason.partition(" is not a code: expected ")
            parts = read, expected or "a procedure code", error.where or None
        case UnknownEdition() | UnknownProgram() | UnknownPlan():
            known = ", ".join(error.known) or "none"
            parts = brief(error.read, _LONGEST), f"one of: {known}", None
        case UnknownRule():
            parts = brief(error.read, _LONGEST), "a rule_id as answers cite it", None
        case msgspec.ValidationError():
            expected, _, place = str(error).partition(" - at ")
            parts = None, expected.removeprefix("Expected "), place.strip("`") or None
        case BodyTooLarge():
            parts = None, f"at most {error.limit:,} bytes", "body"
        case _:
            pass
    return parts
