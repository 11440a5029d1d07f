"""What of HTTP the CRD service's door reads: content type, body and origin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Receive

_JSON = b"application/json"
_JSON_TYPES = (_JSON, b"application/fhir+json")
_MOST_SECONDS = b"600"
_MOST_DIGITS = 18
REST_SECONDS = 10.0
"""The time for all of a body after its first piece: what came of it is kept meanwhile."""


class Unread(Exception):  # noqa: N818 - named for what happened, as those of errors.py
    """A body that is not read; `status` says why, in HTTP."""

    def __init__(self, status: int, reason: str) -> None:
        """Take the HTTP status and the sentence for the client."""
        self.status = status
        super().__init__(reason)


class Allowed:
    """The origins of browsers' pages that may call, and what is said to them."""

    preflight: tuple[tuple[bytes, bytes], ...] = (
        (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
        (b"access-control-allow-headers", b"Authorization, Content-Type, X-Request-ID"),
        (b"access-control-max-age", _MOST_SECONDS),
    )

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = frozenset(origin.encode("ascii") for origin in origins)

    def headers(self, origin: bytes | None) -> list[tuple[bytes, bytes]]:
        """Return the headers for a page of an origin; a page of another one gets no leave."""
        if not self._origins:
            return []
        if origin not in self._origins or origin is None:
            return [(b"vary", b"Origin")]
        return [
            (b"vary", b"Origin"),
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", b"X-Request-ID"),
        ]


def unacceptable(headers: dict[bytes, bytes]) -> str:
    """Return why a body of that content type is not read; empty if it is.

    A body whose type is not told is read as JSON; so is one with parameters, but for a charset that
    is not UTF-8.
    """
    content_type = headers.get(b"content-type", _JSON)
    if content_type != _JSON:
        told, _, parameters = content_type.lower().partition(b";")
        if told.strip() not in _JSON_TYPES:
            return "expected the content type application/json"
        charset = parameters.partition(b"charset=")[2].partition(b";")[0].strip(b' "')
        if charset not in {b"", b"utf-8", b"utf8", b"us-ascii"}:
            return "expected JSON in UTF-8"
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        return "expected a body that is not packed"
    return ""


async def read_body(receive: Receive, headers: dict[bytes, bytes], most: int) -> bytes:
    """Return the body of a request.

    Raises Unread for one that is longer than `most` bytes, as soon as that is known, for one whose
    rest does not come in time, and for a client that went away.
    """
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and (len(length) > _MOST_DIGITS or int(length) > most):
        raise _too_long(most)
    message = await receive()
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        # A timeout costs some microseconds, and most bodies come in one piece.
        try:
            async with asyncio.timeout(REST_SECONDS):
                return await _whole(receive, body, most)
        except TimeoutError:
            raise Unread(408, f"expected the whole body within {REST_SECONDS:g} seconds") from None
    if message["type"] != "http.request":
        raise _ended()
    if len(body) > most:
        raise _too_long(most)
    return body


async def _whole(receive: Receive, first: bytes, most: int) -> bytes:
    parts, read, more = [first], len(first), True
    while more and read <= most:
        message = await receive()
        if message["type"] != "http.request":
            raise _ended()
        parts.append(message.get("body", b""))
        read += len(parts[-1])
        more = message.get("more_body", False)
    if read > most:
        raise _too_long(most)
    return b"".join(parts)


def _ended() -> Unread:
    return Unread(400, "the body ended before its end")


def _too_long(most: int) -> Unread:
    return Unread(413, f"expected at most {most} bytes")
