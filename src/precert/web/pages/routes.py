"""The routes of the pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from precert.web.pages.ask import ask
from precert.web.pages.receipts import printed_receipt, receipt_file
from precert.web.pages.rendering import STATIC

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
)


def page_routes(served: Served) -> list[BaseRoute]:
    """Return the routes of the pages and of their static files."""
    pages = [Route(path, _endpoint(page, served), methods=["GET"]) for path, page in _PAGES]
    return [*pages, Mount("/static", StaticFiles(directory=STATIC), name="static")]


def _endpoint(
    page: Callable[[Request, Served], Response], served: Served
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page; pages may read files, and so run beside the event loop."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(partial(page, request, served))

    return endpoint
