"""The page of an error: what was read, what was expected, what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from precert.errors import (
    BadCode,
    CallerError,
    PrecertError,
    UnknownEdition,
    UnknownProgram,
    UnknownRule,
)
from precert.web.http.error_page import plain_page
from precert.web.pages.rendering import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from precert.web.http.error_page import ErrorPage
    from precert.web.served import Served
    from precert.web.views.problem import Problem

_ABSENT = (BadCode, UnknownEdition, UnknownProgram, UnknownRule)
"""What is wrong with the path of an address: nothing stands there."""
_TITLES = {
    HTTPStatus.NOT_FOUND: "There is no such page",
    HTTPStatus.METHOD_NOT_ALLOWED: "This page is only read",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This cannot be read",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something is wrong here",
}


def error_page(served: Served, status: int, detail: str, request_id: str = "") -> Response:
    """Return the page of an HTTP status with a sentence about what happened."""
    title = _TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase)
    context = {"title": title, "detail": detail, "status": status, "request_id": request_id}
    return page(served, "error.html", "", context, status=status)


def problem_page(served: Served) -> ErrorPage:
    """Return what makes a page of a problem; that of a bug stands on nothing that may be it."""

    def of_problem(problem: Problem) -> Response:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return plain_page(problem)
        return error_page(served, problem.status, problem.detail, problem.request_id or "")

    return of_problem


def page_of_error(served: Served, error: PrecertError) -> Response:
    """Return the page of something that a caller, or whoever set up the server, can mend."""
    if isinstance(error, _ABSENT):
        status = HTTPStatus.NOT_FOUND
    elif isinstance(error, CallerError):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    return error_page(served, status, str(error))
