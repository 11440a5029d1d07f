"""The static files of the pages: a browser keeps what is asked for by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.staticfiles import StaticFiles

from precert.web.pages.rendering import STATIC

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

_KEPT = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "no-cache"


class StaticPages(StaticFiles):
    """Serves the folder `static`; an address with a digest (`?v=`) never changes its content."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, with how long a browser may keep it."""
        response = await super().get_response(path, scope)
        by_digest = scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = _KEPT if by_digest else _ASKED_AGAIN
        return response
