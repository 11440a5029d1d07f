"""Answers as bytes: JSON, and problems as JSON or as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from precert.web.encoding import encode
from precert.web.views.problem import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

    from precert.web.http.error_page import ErrorPage
    from precert.web.views.problem import Problem

_FOR_MACHINES = ("/api/", "/cds-services", "/healthz", "/readyz")


class Json(Response):
    """A value as JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - starlette's signature
        """Return the JSON bytes."""
        return encode(content)


def problem_response(
    problem: Problem, scope: Scope, page: ErrorPage, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a problem as a page to a browser that asked for one, else as a problem document."""
    if wants_page(scope):
        shown = page(problem)
        shown.headers.update(headers or {})
        return shown
    return Response(encode(problem), problem.status, headers, MEDIA_TYPE)


def wants_page(scope: Scope) -> bool:
    """Return whether a request is a browser's for a page."""
    path: str = scope.get("path", "")
    if path.startswith(_FOR_MACHINES):
        return False
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return b"text/html" in accept.lower()
