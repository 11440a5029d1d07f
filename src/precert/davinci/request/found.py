"""One resource that is at hand: its name, its bytes, and its elements when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Raw, Struct, structs
from msgspec.json import Decoder

from precert.davinci.refused import NotAHookRequest
from precert.davinci.request.reading import UNREADABLE, read_resource
from precert.davinci.request.references import parse_reference
from precert.davinci.request.resources.bundle import SentBundle
from precert.davinci.request.resources.elements import Named
from precert.davinci.request.resources.readers import READERS, read_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_BYTES = b""  # of what was read with the request: its elements are enough


class Found(Struct, gc=False):
    """A resource that is at hand: its type, its `Type/id`, the address that its Bundle gives it.

    `elements` are None where they could not be read with the type and the id in one pass: then they
    are read when they are asked for, and an error in what nobody asks for is none. `reference` is
    `Type/id`, or the address of one that has no id yet.
    """

    resource_type: str
    local: str | None
    raw: bytes | Raw
    url: str | None
    elements: Named | None
    reference: str

    def read(self) -> Any:  # noqa: ANN401 - of the class that `READERS` has for its type
        """Return the elements, for a type that is read.

        Raises `NotAHookRequest` where one has another JSON type.
        """
        if self.elements is None:
            decoder = READERS[self.resource_type]
            self.elements = read_resource(decoder, self.raw, self.resource_type)
        return self.elements

    def tells(self) -> tuple[object, ...] | None:
        """Return the values of the elements, None where they cannot be read."""
        try:
            return structs.astuple(self.read())
        except NotAHookRequest:
            return None

    def bundle(self) -> SentBundle | None:
        """Return what it holds, None where it is no Bundle, or one that cannot be read."""
        if self.resource_type != SentBundle.resource_type:
            return None
        try:
            bundle: SentBundle = self.read()
        except NotAHookRequest:
            return None
        return bundle

    @property
    def base(self) -> str | None:
        """The address of the server that it is from, None where nothing says so."""
        if self.url is None or self.local is None or not self.url.startswith("http"):
            return None
        base, slash, rest = self.url.rpartition(f"/{self.local}")
        return base if slash and (not rest or rest.startswith("/_history/")) else None

    @property
    def has_name(self) -> bool:
        """Whether the reference names this resource: it has an id, or an address."""
        return self.local is not None or self.url is not None


class _Head(Struct, rename="camel", gc=False):
    """What tells which resource it is."""

    resource_type: str | None = None
    id: str | None = None


_HEAD = Decoder(_Head)


def found_in(sent: bytes | Raw | Named | None, url: str | None = None) -> Found | None:
    """Return the resource that was sent, as JSON or read with what it came in; None if it is none.

    `url` is the address that its Bundle gives it.
    """
    if sent is None:
        return None
    raw: bytes | Raw = _NO_BYTES
    elements: Named | None
    if isinstance(sent, (Raw, bytes)):
        raw = sent
        elements = read_whole(sent)
    else:
        elements = sent
    head = _head_of(raw) if elements is None else elements
    resource_type = None if head is None else head.resource_type
    if head is None or not resource_type:
        return None
    logical_id = head.id
    if logical_id:
        local: str | None = f"{resource_type}/{logical_id}"
    else:
        local = None if url is None else _local_of(resource_type, url)
    return Found(resource_type, local, raw, url, elements, local or url or resource_type)


def contained_in(contained: Iterable[Raw], logical_id: str) -> Found | None:
    """Return the contained resource of that id, None where there is none."""
    for raw in contained:
        found = found_in(raw)
        if found is not None and found.local == f"{found.resource_type}/{logical_id}":
            return found
    return None


def _head_of(raw: bytes | Raw) -> _Head | None:
    try:
        return _HEAD.decode(raw)
    except UNREADABLE:
        return None


def _local_of(resource_type: str, url: str) -> str | None:
    """Return `Type/id` of a resource without an id, as its address in the Bundle has it."""
    address = parse_reference(url)
    return address.local if address and address.resource_type == resource_type else None
