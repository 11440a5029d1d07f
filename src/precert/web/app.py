"""The app: every route in one place, and what stands around each request."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from precert.web.api.routes import api_routes
from precert.web.crd import crd_routes, crd_service
from precert.web.http.around import Around
from precert.web.pages.errors import problem_page
from precert.web.pages.routes import page_routes
from precert.web.served import load_served
from precert.web.worklist.folders import remove_left
from precert.web.worklist.routes import worklist_routes
from precert.web.worklist.runs import Worklists

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from precert.web.served import Served
    from precert.web.settings import ServeSettings


def create_app(settings: ServeSettings) -> App:
    """Return the ASGI app that serves a rulebook. Raises what loading the rulebook raises."""
    return App(load_served(settings))


class App(Starlette):
    """The routes, with `Around` around them, and what they answer from.

    Starlette's own two layers of error handling are left out: `Around` answers every error, in one
    form, and a request goes through a third fewer calls.
    """

    def __init__(self, served: Served) -> None:
        self._worklists = Worklists(served.rulebook)
        self.crd = crd_service(served.settings)
        crd = [] if self.crd is None else crd_routes(self.crd, served.settings.max_body)
        super().__init__(
            routes=[
                *crd,  # first: each pattern before it would cost every call of an EHR
                *api_routes(served),
                *worklist_routes(served, self._worklists),
                *page_routes(served),
            ],
            lifespan=self._until_it_ends,
        )
        self.router.redirect_slashes = False  # a redirect names whatever host the client named
        self.served = served

    @asynccontextmanager
    async def _until_it_ends(self, _: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(remove_left)
        yield
        await run_in_threadpool(self._worklists.close)
        if self.crd is not None:
            await self.crd.close()

    def build_middleware_stack(self) -> ASGIApp:
        """Return the app that every request goes through."""
        return Around(self.router, self.served.settings, problem_page(self.served))
