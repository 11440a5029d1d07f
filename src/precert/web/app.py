"""The app: every route in one place, and what stands around each request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from precert.web.api.routes import api_routes
from precert.web.crd import crd_routes
from precert.web.http.around import Around
from precert.web.pages.routes import page_routes
from precert.web.served import load_served
from precert.web.worklist.routes import worklist_routes

if TYPE_CHECKING:
    from starlette.requests import Request

    from precert.web.settings import ServeSettings


def create_app(settings: ServeSettings) -> Starlette:
    """Return the ASGI app that serves a rulebook. Raises what loading the rulebook raises."""
    served = load_served(settings)
    app = Starlette(
        routes=[
            *api_routes(served),
            *crd_routes(served),
            *worklist_routes(served),
            *page_routes(served),
        ],
        middleware=[Middleware(Around, settings=settings)],
        exception_handlers={HTTPException: _leave},
    )
    app.router.redirect_slashes = False  # a redirect would name whatever host the client named
    return app


async def _leave(_: Request, error: Exception) -> Never:
    """Leave an error of routing to `Around`, which answers all errors in one form."""
    raise error
