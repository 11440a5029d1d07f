"""The app: every route in one place, and what stands around each request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette

from precert.web.api.routes import api_routes
from precert.web.crd import crd_routes
from precert.web.http.around import Around
from precert.web.pages.routes import page_routes
from precert.web.served import load_served
from precert.web.worklist.routes import worklist_routes

if TYPE_CHECKING:
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
        super().__init__(
            routes=[
                *api_routes(served),
                *crd_routes(served),
                *worklist_routes(served),
                *page_routes(served),
            ]
        )
        self.router.redirect_slashes = False  # a redirect names whatever host the client named
        self.served = served

    def build_middleware_stack(self) -> ASGIApp:
        """Return the app that every request goes through."""
        return Around(self.router, self.served.settings)
