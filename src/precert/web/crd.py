"""The door to the CRD service: HTTP in, a call of the service; its reply, HTTP out.

It is plain ASGI, since a call is worth little more than a hundred microseconds: what is refused
here is refused before a body is read, and what stands in a header never stands in a reply.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from starlette.routing import Route

from precert.davinci.call import CrdCall
from precert.davinci.operation_outcome import ISSUE_OF_STATUS, operation_outcome
from precert.davinci.service import CrdService
from precert.davinci.settings_toml import read_settings
from precert.web.crd_http import Allowed, Unread, read_body, unacceptable
from precert.web.http.request_id import request_id_of

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

    from precert.davinci.call import CrdReply
    from precert.web.settings import ServeSettings

SERVICES = "/cds-services"
METRICS = "/metrics/crd"
_FEEDBACK = "/feedback"
_JSON = (b"content-type", b"application/json")
_FHIR = (b"content-type", b"application/fhir+json")
_TEXT = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")
_NO_STORE = (b"cache-control", b"no-store")
_CLOSE = (b"connection", b"close")
"""Ends the connection on which the rest of a body would still come."""
_BEARER = (b"www-authenticate", b"Bearer")
_Headers = list[tuple[bytes, bytes]]


def crd_service(settings: ServeSettings) -> CrdService | None:
    """Return the CRD service that the settings tell of. Raises what reading its file raises."""
    return None if settings.crd is None else CrdService(read_settings(settings.crd))


def crd_routes(service: CrdService, max_body: int) -> list[BaseRoute]:
    """Return the routes beneath /cds-services, and its counts."""
    allowed = Allowed(service.settings.cors_origins)
    door = Door(service, allowed, max_body)
    return [
        Route(f"{SERVICES}/{{service:path}}", door),
        Route(SERVICES, Discovery(service, allowed)),
        Route(METRICS, Counts(service)),
        Route(f"{METRICS}.json", Counts(service, as_json=True)),
    ]


class Discovery:
    """`GET /cds-services`: which services there are."""

    def __init__(self, service: CrdService, allowed: Allowed) -> None:
        self._service, self._allowed = service, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reply to a call."""
        del receive
        headers = dict(scope["headers"])
        cors = self._allowed.headers(headers.get(b"origin"))
        if scope["method"] == "OPTIONS":
            await _reply(send, 204, b"", [*cors, *self._allowed.preflight])
        elif scope["method"] != "GET":
            await _refuse(send, 405, "expected GET", [*cors, (b"allow", b"GET, OPTIONS")])
        else:
            call = _call(headers, scope, None, b"")
            await _send_reply(send, await self._service.discover(call), cors)


class Door:
    """`POST /cds-services/{id}` and `POST /cds-services/{id}/feedback`."""

    def __init__(self, service: CrdService, allowed: Allowed, max_body: int) -> None:
        self._service, self._allowed, self._max_body = service, allowed, max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reply to a call."""
        headers = dict(scope["headers"])
        cors = self._allowed.headers(headers.get(b"origin"))
        if scope["method"] != "POST":
            if scope["method"] == "OPTIONS":
                await _reply(send, 204, b"", [*cors, *self._allowed.preflight])
            else:
                await _refuse(send, 405, "expected POST", [*cors, (b"allow", b"POST, OPTIONS")])
            return
        if reason := unacceptable(headers):
            await _refuse(send, 415, reason, [*cors, _CLOSE])
            return
        try:
            body = await read_body(receive, headers, self._max_body)
        except Unread as unread:
            await _refuse(send, unread.status, str(unread), [*cors, _CLOSE])
            return
        name: str = scope["path_params"]["service"]
        service = self._service
        if name.endswith(_FEEDBACK):
            call = _call(headers, scope, name.removesuffix(_FEEDBACK), body)
            reply = await service.feedback(call)
        else:
            call = _call(headers, scope, name, body)
            reply = await service.answer(call)
        await _send_reply(send, reply, cors)


class Counts:
    """`GET /metrics/crd`: what was counted, for Prometheus or as JSON. It tells of no person."""

    def __init__(self, service: CrdService, *, as_json: bool = False) -> None:
        self._metrics, self._as_json = service.metrics, as_json

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reply to a call."""
        del receive
        if scope["method"] != "GET":
            await _refuse(send, 405, "expected GET", [(b"allow", b"GET")])
        elif self._as_json:
            await _reply(send, 200, self._metrics.json(), [_JSON])
        else:
            await _reply(send, 200, self._metrics.prometheus(), [_TEXT])


def _call(headers: dict[bytes, bytes], scope: Scope, service: str | None, body: bytes) -> CrdCall:
    authorization = headers.get(b"authorization")
    return CrdCall(
        service,
        body,
        None if authorization is None else authorization.decode("latin-1"),
        datetime.now().astimezone(),
        request_id_of(scope),
    )


async def _send_reply(send: Send, reply: CrdReply, cors: _Headers) -> None:
    headers = [_JSON if reply.status == 200 else _FHIR, *cors]  # noqa: PLR2004 - HTTP's OK
    if reply.status == 401:  # noqa: PLR2004 - HTTP's Unauthorized
        headers.append(_BEARER)
    await _reply(send, reply.status, reply.body, headers)


async def _refuse(send: Send, status: int, reason: str, headers: _Headers) -> None:
    body = operation_outcome(ISSUE_OF_STATUS[status], reason)
    await _reply(send, status, body, [_FHIR, *headers])


async def _reply(send: Send, status: int, body: bytes, headers: _Headers) -> None:
    headers.append(_NO_STORE)
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
