"""The resources that came with a request or were queried, found by their type and id.

A resource is known by what it is, never by the key under which it came: clients send keys of their
own. A value that is null, an OperationOutcome, or no resource at all holds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.limits import check_listed
from precert.davinci.refused import NotAHookRequest
from precert.davinci.request.found import Found, found_in
from precert.davinci.request.references import Reference, parse_reference
from precert.davinci.request.resources.bundle import SentBundle
from precert.davinci.request.resources.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from msgspec import Raw

    from precert.davinci.request.hooks import Bundle, HookRequest
    from precert.davinci.request.resources.elements import Named

_BUNDLE = SentBundle.resource_type
_READ = frozenset(READERS) - {_BUNDLE}
"""The types that are found; of a Bundle it is what it holds, and all others are passed over."""

_LONGEST_ID = 255  # FHIR allows 64; some servers write longer ones
_LONGEST_URL = 512
"""An answer repeats the names of resources: a few long ones would make hundreds of megabytes."""
_DEEPEST = 4  # Bundles in Bundles: a batch's answer holds searches' answers


class Resources:
    """All resources that are at hand for one request. `server` is the client's own address."""

    __slots__ = (
        "_again",
        "_by_local",
        "_by_url",
        "_cut",
        "_differing",
        "_server",
        "_unnamed",
        "context",
    )

    def __init__(self, server: str | None) -> None:
        self._server = None if server is None else server.rstrip("/")
        self._by_local: dict[str, Found] = {}
        self._again: dict[str, dict[str | None, Found]] = {}
        """Of each `Type/id` that came more than once, the first of each server."""
        self._differing: set[str] = set()
        self._by_url: dict[str, Found] = {}
        self._unnamed: list[Found] = []
        self._cut: set[str] = set()
        self.context: list[Found | None] = []
        """The entries of the context's Bundle in their order, None for one without a resource."""

    def add(
        self, sent: bytes | Raw | Named | None, url: str | None = None, depth: int = 0
    ) -> Found | None:
        """Add a resource, or those of a Bundle, and return it; None where it is no resource.

        Raises `NotAHookRequest` for one whose name is longer than any is.
        """
        found = found_in(sent, url)
        if found is None:
            return None
        if found.resource_type not in _READ:
            return self._add_bundle(found, depth) if found.resource_type == _BUNDLE else found
        local = found.local
        if local is None:
            self._unnamed.append(found)
        else:
            if len(local) > _LONGEST_ID:
                _check_id(found)
            first = self._by_local.setdefault(local, found)
            if first is not found:
                self._add_again(local, first, found)
        if url is not None:
            if len(url) > _LONGEST_URL:
                raise _too_long(found)
            self._by_url.setdefault(url, found)
        return found

    def _add_again(self, local: str, first: Found, found: Found) -> None:
        """Add a resource to those of its name, and note where it differs from what it may be."""
        every, base = self._again.setdefault(local, {first.base: first}), found.base
        same = {base, None, self._server} if base in {None, self._server} else {base, None}
        if local not in self._differing:
            told = found.tells()
            before = [every[each].tells() for each in same if each in every]
            if before and (told is None or any(each != told for each in before)):
                self._differing.add(local)
        every.setdefault(base, found)

    def is_certain(self, found: Found) -> bool:
        """Return whether all that came under its name tell the same, so that it is known."""
        return found.local not in self._differing

    def of_type(self, resource_type: str) -> list[Found]:
        """Return the resources of a type, each once; those without an id as often as they came."""
        every: list[Found] = []
        for found in self._by_local.values():
            if found.resource_type == resource_type:
                every += self._of_servers(found) if found.local in self._again else (found,)
        if self._unnamed:
            every += [found for found in self._unnamed if found.resource_type == resource_type]
        return every

    def _of_servers(self, first: Found) -> Collection[Found]:
        """Return those of the same `Type/id` as one of them that are other servers' resources."""
        every = dict(self._again[first.local or ""])
        by_itself = every.pop(None, None)
        # Without a server nothing says that what came by itself is another one.
        if by_itself is not None and (self._server is not None or not every):
            every.setdefault(self._server, by_itself)
        return every.values()

    def is_cut(self, resource_type: str) -> bool:
        """Return whether a Bundle with such resources had a next page that did not come."""
        return resource_type in self._cut

    def find(self, text: str, source: Found | None = None) -> Found | None:
        """Return the resource that a reference in `source` means, None where it is not at hand.

        A relative reference means the server of its source. The same id on another server is
        another resource: an absolute reference to it finds nothing here.
        """
        found = self._by_local.get(text)
        if found is not None and source is None and text not in self._again:
            return found
        base = None if source is None else source.base
        if found is not None:
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
        first = self._by_local.get(reference.local)
        if first is None:
            return None
        base = reference.base or source_base or self._server
        every = self._again.get(reference.local)
        if every is None:
            every = {first.base: first}
        found = every.get(base)
        if found is None and base in {self._server, source_base}:
            found = every.get(None)  # it came by itself, from the client's own server
        is_open = reference.base is None and source_base is None
        # Nothing says which server is meant, nor that more than one could be.
        return first if found is None and is_open and len(every) == 1 else found

    def _add_bundle(self, found: Found, depth: int) -> Found | None:
        """Add what a Bundle holds and return it, None where its entries cannot be read."""
        bundle = found.bundle()
        if bundle is None:
            return None
        if depth == _DEEPEST:
            return found
        is_cut = bundle.next_page() is not None
        for entry in bundle.entry or ():
            inner = self.add(entry.resource, entry.full_url, depth + 1)
            if is_cut and inner is not None:
                self._cut.add(inner.resource_type)
        return found


def sent(request: HookRequest) -> Resources:
    """Return the resources of the request's prefetch and of its context."""
    resources = Resources(request.fhir_server)
    for prefetched in (request.prefetch or {}).values():
        resources.add(prefetched)
    context = request.context
    if context.draft_orders is not None:
        _add_context(resources, context.draft_orders, "draftOrders")
    if context.appointments is not None:
        _add_context(resources, context.appointments, "appointments")
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


def _check_id(found: Found) -> None:
    """Refuse an id that is longer than any is. Raises `NotAHookRequest`."""
    if len(found.local or "") > len(found.resource_type) + 1 + _LONGEST_ID:
        raise _too_long(found)


def _too_long(found: Found) -> NotAHookRequest:
    message = "read a longer id or fullUrl than FHIR's are; send its own"
    return NotAHookRequest(f"{found.resource_type}: {message}")
