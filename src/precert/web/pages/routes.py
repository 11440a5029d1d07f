"""The routes of the pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount, Route

from precert.errors import PrecertError
from precert.web.pages.api import api_page
from precert.web.pages.ask import ask
from precert.web.pages.codes import code_page, codes_page
from precert.web.pages.errors import page_of_error
from precert.web.pages.evidence import line_page, rule_page
from precert.web.pages.receipts import printed_receipt, receipt_file
from precert.web.pages.rulebook import diff_page, rulebook_page
from precert.web.pages.static_files import StaticPages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from precert.web.served import Served

_PAGES: tuple[tuple[str, Callable[[Request, Served], Response]], ...] = (
    ("/", ask),
    ("/receipt", printed_receipt),
    ("/receipt.json", receipt_file),
    ("/rules/{rule_id:path}", rule_page),
    ("/lines/{document}/{line:int}", line_page),
    ("/codes", codes_page),
    ("/codes/{code}", code_page),
    ("/rulebook", rulebook_page),
    ("/rulebook/diff", diff_page),
    ("/api", api_page),
)


def page_routes(served: Served) -> list[BaseRoute]:
    """Return the routes of the pages and of their static files."""
    pages = [Route(path, _endpoint(page, served), methods=["GET"]) for path, page in _PAGES]
    return [*pages, Mount("/static", StaticPages())]


def _endpoint(
    page: Callable[[Request, Served], Response], served: Served
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page; pages may read files, and so run beside the event loop."""

    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(partial(page, request, served))
        except PrecertError as error:
            return page_of_error(served, error)

    return endpoint
