"""The door to the CRD service."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from precert.web.served import Served


def crd_routes(served: Served) -> list[BaseRoute]:  # noqa: ARG001 - until its first route
    """Return the routes beneath /cds-services, none where no CRD service is told."""
    return []
