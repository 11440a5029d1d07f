"""The app: every route in one place, and what stands around each request."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from precert.web.api.routes import api_routes
from precert.web.crd import crd_routes
from precert.web.pages.routes import page_routes
from precert.web.served import load_served
from precert.web.worklist.routes import worklist_routes
from precert.web.worklist.runs import Worklists

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from precert.web.settings import ServeSettings


def create_app(settings: ServeSettings) -> Starlette:
    """Return the ASGI app that serves a rulebook. Raises what loading the rulebook raises."""
    served = load_served(settings)
    worklists = Worklists(served.rulebook)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        worklists.close()

    return Starlette(
        routes=[
            *api_routes(served),
            *crd_routes(served),
            *worklist_routes(served, worklists),
            *page_routes(served),
        ],
        lifespan=lifespan,
    )
