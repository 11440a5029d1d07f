"""The servers of the contest, each a process: `python -m benchmarks.crd.apps NAME PORT FILE.toml`.

precert is served as `precert serve` serves it, with a bare hello beside it, behind the same
middleware and first among the routes. The others run under uvicorn with the same options.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.responses import JSONResponse
from starlette.routing import Route

from precert.web.app import create_app
from precert.web.serving import Listening, serve_app
from precert.web.settings import Log, ServeSettings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send


def main() -> None:
    """Serve what the first argument names."""
    name, port, settings = sys.argv[1:]
    if name == "precert":
        app = create_app(ServeSettings(crd=Path(settings), log=Log.OFF))
        app.router.routes.insert(0, Route("/hello", _hello))
        serve_app(app, Listening(port=int(port)), print)
    elif name == "fastapi":
        from benchmarks.crd.with_pydantic import app as with_pydantic  # noqa: PLC0415 - one's own

        uvicorn.run(with_pydantic, port=int(port), access_log=False, log_level="warning")
    else:
        uvicorn.run(_bare, port=int(port), access_log=False, log_level="warning", lifespan="off")


async def _bare(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    headers = [(b"content-type", b"application/json"), (b"content-length", b"17")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"hello":"world"}'})


async def _hello(_: Request) -> JSONResponse:
    return JSONResponse({"hello": "world"})


if __name__ == "__main__":
    main()
