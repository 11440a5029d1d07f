"""The resources that came with a request or were queried, found by their type and id.

A resource is known by what it is, never by the key under which it came: clients send keys of their
own. A value that is null, an OperationOutcome, or no resource at all holds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Raw, Struct
from msgspec.json import Decoder

from precert.davinci.limits import check_listed
from precert.davinci.refused import NotAHookRequest
from precert.davinci.request.hooks import Entry
from precert.davinci.request.reading import UNREADABLE
from precert.davinci.request.references import Reference, parse_reference
from precert.davinci.request.resources.readers import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.davinci.request.hooks import Bundle, HookRequest

_READ = ORDERS | {
    "Appointment",
    "Coverage",
    "Device",
    "Encounter",
    "Medication",
    "Organization",
    "Patient",
}
"""The types that anything is read of; all others are passed over."""

_LONGEST_ID = 255  # FHIR allows 64; some servers write longer ones
_LONGEST_URL = 512
"""An answer repeats the names of resources: a few long ones would make hundreds of megabytes."""
_DEEPEST = 4  # Bundles in Bundles: a batch's answer holds searches' answers


class Found(NamedTuple):
    """A resource that is at hand: its type, its `Type/id`, the address that its Bundle gives it."""

    resource_type: str
    local: str | None
    raw: bytes | Raw
    url: str | None = None

    @property
    def base(self) -> str | None:
        """The address of the server that it is from, None where nothing says so."""
        if self.url is None or self.local is None or not self.url.startswith("http"):
            return None
        base, slash, rest = self.url.rpartition(f"/{self.local}")
        return base if slash and (not rest or rest.startswith("/_history/")) else None

    @property
    def reference(self) -> str:
        """The reference to it: `Type/id`, or the address of one that has no id yet."""
        return self.local or self.url or self.resource_type

    @property
    def has_name(self) -> bool:
        """Whether the reference names this resource: it has an id, or an address."""
        return self.local is not None or self.url is not None


class _Link(Struct):
    relation: str | None = None
    url: str | None = None


class Head(Struct, rename="camel"):
    """What tells which resource it is, and a Bundle's content."""

    resource_type: str | None = None
    id: str | None = None
    entry: list[Entry] | None = None
    link: list[_Link] | None = None

    def next_page(self) -> str | None:
        """Return the address of a Bundle's next page, None where this is the last."""
        links = self.link or ()
        return next((link.url for link in links if link.relation == "next"), None)


_HEAD = Decoder(Head)


def head_of(raw: bytes | Raw) -> Head | None:
    """Return which resource it is, None where it is none."""
    try:
        head = _HEAD.decode(raw)
    except UNREADABLE:
        return None
    return head if head.resource_type else None


class Resources:
    """All resources that are at hand for one request. `server` is the client's own address."""

    def __init__(self, server: str | None) -> None:
        self._server = None if server is None else server.rstrip("/")
        self._by_local: dict[str, list[Found]] = {}
        self._by_url: dict[str, Found] = {}
        self._cut: set[str] = set()
        self.context: list[Found | None] = []
        """The entries of the context's Bundle in their order, None for one without a resource."""

    def add(self, raw: bytes | Raw, url: str | None = None, depth: int = 0) -> Found | None:
        """Add a resource, or those of a Bundle, and return it; None where it is no resource.

        Raises `NotAHookRequest` for one whose name is longer than any is.
        """
        head = head_of(raw)
        if head is None or head.resource_type is None:
            return None
        resource_type = head.resource_type
        if resource_type == "Bundle" and depth < _DEEPEST:
            self._add_entries(head, depth + 1)
        local = f"{resource_type}/{head.id}" if head.id else _local_of(resource_type, url)
        found = Found(resource_type, local, raw, url)
        if resource_type not in _READ:
            return found
        if len(head.id or "") > _LONGEST_ID or len(url or "") > _LONGEST_URL:
            message = f"{resource_type}: read a longer id or fullUrl than FHIR's are; send its own"
            raise NotAHookRequest(message)
        if found.local is not None:
            self._by_local.setdefault(found.local, []).append(found)
        if url is not None:
            self._by_url.setdefault(url, found)
        return found

    def of_type(self, resource_type: str) -> Iterator[Found]:
        """Return the resources of a type, each once, however often it came."""
        for every in self._by_local.values():
            if every[0].resource_type != resource_type:
                continue
            if len(every) == 1:
                yield every[0]
            else:
                yield from {found.base: found for found in every if found.base}.values() or every[
                    :1
                ]

    def is_cut(self, resource_type: str) -> bool:
        """Return whether a Bundle with such resources had a next page that did not come."""
        return resource_type in self._cut

    def find(self, text: str, source: Found | None = None) -> Found | None:
        """Return the resource that a reference in `source` means, None where it is not at hand.

        A relative reference means the server of its source. The same id on another server is
        another resource: an absolute reference to it finds nothing here.
        """
        base = None if source is None else source.base
        if text in self._by_local:
            return self._of(Reference(None, text), base)
        reference = parse_reference(text)
        if reference is None:
            return self._by_url.get(text)
        exact = None if reference.base is None else self._by_url.get(str(reference))
        return exact or self._of(reference, base)

    def wanted(self, text: str, source: Found | None = None) -> Reference | None:
        """Return what has to be read to find it: relative where the client's server has it."""
        reference = parse_reference(text)
        if reference is None or reference.base is None:
            return reference
        own = {self._server, None if source is None else source.base}
        return Reference(None, reference.local) if reference.base in own else reference

    def _of(self, reference: Reference, source_base: str | None) -> Found | None:
        every = self._by_local.get(reference.local)
        if every is None:
            return None
        base = reference.base or source_base or self._server
        for found in every:
            if found.base == base:
                return found
        if base in {None, self._server, source_base}:
            for found in every:
                if found.base is None:  # it came by itself, from the client's own server
                    return found
        is_open = reference.base is None and source_base is None
        # Nothing says which server is meant, nor that more than one could be.
        return every[0] if is_open and len({found.base for found in every}) == 1 else None

    def _add_entries(self, head: Head, depth: int) -> None:
        types: set[str] = set()
        for entry in head.entry or ():
            found = self.add(entry.resource, entry.full_url, depth)
            if found is not None:
                types.add(found.resource_type)
        if head.next_page() is not None:
            self._cut |= types


def sent(request: HookRequest) -> Resources:
    """Return the resources of the request's prefetch and of its context."""
    resources = Resources(request.fhir_server)
    for raw in (request.prefetch or {}).values():
        resources.add(raw)
    context = request.context
    for name, bundle in (
        ("draftOrders", context.draft_orders),
        ("appointments", context.appointments),
    ):
        if bundle is not None:
            _add_context(resources, bundle, name)
    return resources


def _add_context(resources: Resources, bundle: Bundle, name: str) -> None:
    """Add the resources of the context's Bundle. Raises `NotAHookRequest`, `TooManyOrders`.

    What is asked about is never passed over because it cannot be read: no answer would look like an
    answer.
    """
    if bundle.resource_type not in {None, "Bundle"}:
        message = f"context.{name}: read another resource, expected a Bundle of them"
        raise NotAHookRequest(message)
    entries = bundle.entry or []
    check_listed(len(entries))
    for number, entry in enumerate(entries):
        found = resources.add(entry.resource, entry.full_url)
        if found is None and bytes(entry.resource) != b"null":
            message = (
                f"context.{name}: the resource of entry[{number}] has no resourceType or id that "
                "can be read; send it as FHIR says"
            )
            raise NotAHookRequest(message)
        resources.context.append(found)


def contained_in(contained: Iterable[Raw], logical_id: str) -> Raw | None:
    """Return the contained resource of that id, None where there is none."""
    for raw in contained:
        head = head_of(raw)
        if head is not None and head.id == logical_id:
            return raw
    return None


def _local_of(resource_type: str, url: str | None) -> str | None:
    """Return `Type/id` of a resource without an id, as its address in the Bundle has it."""
    address = parse_reference(url)
    return address.local if address and address.resource_type == resource_type else None
