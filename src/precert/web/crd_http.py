"""What of HTTP the CRD service's door reads: content type, body, origin and request id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Receive, Scope

_JSON = b"application/json"
_JSON_TYPES = (_JSON, b"application/fhir+json")
_MOST_SECONDS = b"600"
_MOST_DIGITS = 18
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


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

    Raises Unread for one that is longer than `most` bytes, as soon as that is known, and for a
    client that went away.
    """
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and (len(length) > _MOST_DIGITS or int(length) > most):
        raise _too_long(most)
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body") and message["type"] == "http.request":
        if len(body) > most:
            raise _too_long(most)
        return body
    parts, read = [body], len(body)
    while message.get("more_body") and read <= most:
        message = await receive()
        parts.append(message.get("body", b""))
        read += len(parts[-1])
    if message["type"] != "http.request":
        raise Unread(400, "the body ended before its end")
    if read > most:
        raise _too_long(most)
    return b"".join(parts)


def _too_long(most: int) -> Unread:
    return Unread(413, f"expected at most {most} bytes")


def request_id_of(headers: dict[bytes, bytes], scope: Scope) -> str:
    """Return the name of a request in logs: the one that it brought, if it is a plain one.

    What stands around the app names it in the scope's state, and sends the name back.
    """
    state = scope.get("state")
    if state and (named := state.get("request_id")):
        return str(named)
    told = headers.get(b"x-request-id", b"")
    if _REQUEST_ID.fullmatch(told):
        return told.decode("ascii")
    return uuid4().hex
