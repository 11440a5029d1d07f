"""An ASGI app called without a client library: what no client would send reaches it too."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import ASGIApp, Message


class Reply(NamedTuple):
    """What an app replied; `read` counts the bytes of the body that it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    read: int


def call(
    app: ASGIApp,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] = b"",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return the reply to a call. `path` is as it stands in the request line."""
    return asyncio.run(call_async(app, method, path, body, headers))


async def call_async(
    app: ASGIApp,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] = b"",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return the reply to a call, within a loop that runs."""
    sent: list[Message] = []
    chunks = iter([body] if isinstance(body, bytes) else body)
    read = 0

    async def receive() -> Message:
        nonlocal read
        chunk = next(chunks, None)
        read += len(chunk or b"")
        more = chunk is not None and not isinstance(body, bytes)
        return {"type": "http.request", "body": chunk or b"", "more_body": more}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote(path),
        "raw_path": path.encode("latin-1"),
        "root_path": "",
        "query_string": b"",
        "headers": [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in (headers or {}).items()
        ],
        "client": ("192.0.2.1", 50000),
        "server": ("crd.acme-health.example", 443),
        "state": {},
    }
    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    return Reply(
        start["status"],
        {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]},
        b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body"),
        read,
    )
