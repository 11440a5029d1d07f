"""The routes of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from precert.web.served import Served


def page_routes(served: Served) -> list[BaseRoute]:  # noqa: ARG001 - until its first route
    """Return the routes of the pages and of their static files."""
    return []
