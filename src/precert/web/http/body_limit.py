"""Bodies that are too large: refused by the length they tell, or when they turn out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope


_DIGITS = 18
"""A length of more digits is none that could be read, and Python refuses to count thousands."""


class BodyTooLarge(Exception):  # noqa: N818 - named for what is wrong, as in precert.errors
    """A body of more bytes than are read."""

    def __init__(self, limit: int) -> None:
        """Take the limit in bytes."""
        self.limit = limit
        super().__init__(f"the body has more than {limit:,} bytes")


def limited(scope: Scope, receive: Receive, limit: int) -> Receive:
    """Return what receives the body and raises `BodyTooLarge` when there is too much of it.

    Raises it at once for a body that tells a length beyond the limit. A length that is told is
    kept by the server, so that only a body without one is counted.
    """
    told = next((value for name, value in scope["headers"] if name == b"content-length"), None)
    if told is not None and told.isdigit():
        if len(told) > _DIGITS or int(told) > limit:
            raise BodyTooLarge(limit)
        return receive
    return _counted(receive, limit)


def _counted(receive: Receive, limit: int) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise BodyTooLarge(limit)
        return message

    return counted
