"""The routes of the JSON API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from precert.web.served import Served


def api_routes(served: Served) -> list[BaseRoute]:  # noqa: ARG001 - until its first route
    """Return the routes beneath /api/v1, and health and readiness."""
    return []
