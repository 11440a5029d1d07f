"""What stands around every request, as one pure ASGI middleware.

One wrapper instead of five: each would cost a coroutine and a closure for every request. It names
the request, limits its body, adds the headers that every answer carries, turns what is raised into
a problem, and logs one line.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from precert.web.http.body_limit import limited
from precert.web.http.error_page import plain_page
from precert.web.http.headers import with_security
from precert.web.http.log import RequestLine, log_bug, log_request, log_trouble
from precert.web.http.problems import (
    METHOD_NOT_ALLOWED,
    internal_problem,
    is_trouble,
    not_allowed,
    problem_of,
)
from precert.web.http.request_id import HEADER, name_request
from precert.web.http.responses import problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from precert.web.http.error_page import ErrorPage
    from precert.web.settings import ServeSettings

UPLOADS = "/worklist"
"""Where files are sent to; everything else, also beneath it, is a form or JSON."""
CRD = "/cds-services"
"""Its door limits bodies by itself, since it refuses in FHIR and tells browsers' pages why."""
UNROUTED = "(none)"
CLIENT_GONE = 499
"""What is logged as the status of a request whose client went away before its body was read."""


class Around:
    """Wraps the app; lifespan and other scopes pass through.

    `page` makes the page of a problem, for a browser that asked for one.
    """

    def __init__(self, app: ASGIApp, settings: ServeSettings, page: ErrorPage = plain_page) -> None:
        self._app, self._settings, self._page = app, settings, page
        self._logs = settings.log != "off"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever happens inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        sent = Sent(send, name_request(scope))
        try:
            await self._app(scope, self._limited(scope, receive), sent)
        except ClientDisconnect:
            sent.status = sent.status or CLIENT_GONE
        except Exception as error:  # whatever is raised becomes an answer
            if sent.status:  # the answer is on its way: it ends here, cut off
                log_bug(sent.request_id, route_of(scope), error)
                raise
            await self._answer(error, scope, sent)(scope, receive, sent)
        finally:
            if self._logs:
                took = round((perf_counter() - begun) * 1000, 3)
                route = route_of(scope)
                method = scope["method"]
                log_request(
                    RequestLine(sent.request_id, method, route, sent.status, took, sent.bytes)
                )

    def _answer(self, error: Exception, scope: Scope, sent: Sent) -> Response:
        """Return the answer that an exception means; a bug is logged and told as no more."""
        if isinstance(error, HTTPException) and error.status_code == METHOD_NOT_ALLOWED:
            problem, headers = not_allowed(error, sent.request_id)
            if scope["method"] == "OPTIONS":
                return Response(status_code=204, headers=headers)
            return problem_response(problem, scope, self._page, headers)
        known = problem_of(error, sent.request_id)
        if known is None:
            known = internal_problem(sent.request_id)
            if is_trouble(error):
                log_trouble(sent.request_id, route_of(scope), str(error))
            else:
                log_bug(sent.request_id, route_of(scope), error)
        told = error.headers if isinstance(error, HTTPException) else None
        return problem_response(known, scope, self._page, told)

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        path: str = scope["path"]
        if path.startswith(CRD):
            return receive
        limit = self._settings.max_upload if path == UPLOADS else self._settings.max_body
        return limited(scope, receive, limit)


class Sent:
    """Sends an answer on, with the headers that every answer carries, and counts its bytes."""

    __slots__ = ("_send", "bytes", "request_id", "status")

    def __init__(self, send: Send, request_id: str) -> None:
        self._send, self.request_id = send, request_id
        self.status = self.bytes = 0

    async def __call__(self, message: Message) -> None:
        """Send one message of an answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = with_security(message.get("headers", []))
            headers.append((HEADER, self.request_id.encode()))
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered: `/api/v1/codes/{code}`."""
    path: str = getattr(scope.get("route"), "path", UNROUTED)
    return path
