"""The routes of the JSON API, made from its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from precert.web.api import determinations, health, receipts, rulebook
from precert.web.api.operations import Operation
from precert.web.http.responses import Json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from precert.web.served import Served


async def _description(served: Served, request: Request) -> Response:  # noqa: ARG001 - an operation's
    from precert.web.api.openapi import openapi  # noqa: PLC0415 - a server starts without it

    return Json(served.kept.get("openapi", lambda: openapi(OPERATIONS)))


OPERATIONS: tuple[Operation, ...] = (
    determinations.OPERATION,
    *rulebook.OPERATIONS,
    receipts.OPERATION,
    *health.OPERATIONS,
    Operation(
        name="describe",
        method="GET",
        path="/api/v1/openapi.json",
        summary="This description",
        description="The OpenAPI 3.1 document of all operations.",
        run=_description,
        answers=(dict,),
    ),
)
"""Every operation, in the order in which they are described."""


def api_routes(served: Served) -> list[BaseRoute]:
    """Return the routes beneath /api/v1, and health and readiness."""
    return [_route(operation, served) for operation in OPERATIONS]


def _route(operation: Operation, served: Served) -> BaseRoute:
    run = operation.run

    async def endpoint(request: Request) -> Response:
        return await run(served, request)

    return Route(operation.path, endpoint, methods=[operation.method], name=operation.name)
