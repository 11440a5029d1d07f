"""A call of the service and its reply, without a web framework: what crosses the HTTP door."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class CrdCall(Struct, frozen=True, gc=False):
    """A call as it came in.

    `service` is the id at the end of the address, None for discovery; `authorization` the header,
    if any; `now` is the moment of the call, with its zone; `request_id` names it in logs.
    """

    service: str | None
    body: bytes
    authorization: str | None
    now: datetime
    request_id: str


class CrdReply(Struct, frozen=True, gc=False):
    """A reply as it goes out: JSON bytes under an HTTP status.

    `outcomes` counts the outcomes that were answered, for logs and metrics: no code, no person.
    """

    status: int
    body: bytes
    outcomes: tuple[str, ...] = ()
    hook: str | None = None
    version: str | None = None
