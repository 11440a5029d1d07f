"""JSON into the elements that an answer needs; what stands beside them is passed over unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import DecodeError, ValidationError

from precert.davinci.refused import NotAHookRequest

if TYPE_CHECKING:
    from msgspec import Raw
    from msgspec.json import Decoder

T = TypeVar("T")

UNREADABLE = (DecodeError, UnicodeDecodeError, RecursionError)
"""What a decoder raises; how deep it may go hangs on how deep its caller stands."""


def read_resource(decoder: Decoder[T], raw: bytes | Raw, what: str) -> T:
    """Return the elements of a resource. Raises `NotAHookRequest` where one has another type.

    The message names elements and JSON types, never a value. `what` says which resource it is.
    """
    try:
        return decoder.decode(raw)
    except UNREADABLE as error:
        raise unreadable(error, what) from None


def unreadable(error: Exception, what: str) -> NotAHookRequest:
    """Return the error for JSON that is not what FHIR or CDS Hooks say of `what`."""
    found = str(error) if isinstance(error, ValidationError) else "it is not readable"
    return NotAHookRequest(f"{what}: {found}; send it as its specification says")
