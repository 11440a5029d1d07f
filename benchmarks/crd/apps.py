"""The apps of the contest, as uvicorn makes them: precert with a bare hello beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.crd.with_pydantic import app as with_pydantic_app
from precert.web.app import create_app
from precert.web.settings import Log, ServeSettings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

SETTINGS_VARIABLE = "BENCHMARK_CRD"


def precert() -> Starlette:
    """Return the app with its CRD service, and `/hello` behind the same middleware."""
    settings = ServeSettings(crd=Path(os.environ[SETTINGS_VARIABLE]), log=Log.OFF)
    app = create_app(settings)
    app.router.routes.insert(0, Route("/hello", _hello))
    return app


def with_pydantic() -> FastAPI:
    """Return the same decision behind FastAPI."""
    return with_pydantic_app


def hello() -> ASGIApp:
    """Return an app of a few bytes: what uvicorn alone takes."""
    return _bare


async def _bare(scope: Scope, _: Receive, send: Send) -> None:
    if scope["type"] != "http":
        message = "no lifespan"
        raise NotImplementedError(message)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"17")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"hello":"world"}'})


async def _hello(_: Request) -> JSONResponse:
    return JSONResponse({"hello": "world"})
