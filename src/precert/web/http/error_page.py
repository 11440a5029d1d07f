"""A problem as a page of its own: it needs no rulebook and no file that could be in its way."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from precert.web.views.problem import Problem

    ErrorPage = Callable[[Problem], Response]

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{detail}</p>
<p>Status {status}, request {request_id}</p>
<p><a href="/">Ask another question</a></p>
</main>
</body>
</html>
"""


def plain_page(problem: Problem) -> Response:
    """Return the page that tells a problem; all that came from the request is escaped."""
    page = _PAGE.format(
        title=escape(problem.title),
        detail=escape(problem.detail),
        status=problem.status,
        request_id=escape(problem.request_id or ""),
    )
    return HTMLResponse(page, problem.status)
