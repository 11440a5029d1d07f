"""Bundle: resources that came together, with the addresses that they have on their server."""

from __future__ import annotations

from msgspec import Raw, Struct

from precert.davinci.request.resources.elements import Element, Named

_NOTHING = Raw(b"null")


class Entry(Struct, rename="camel", frozen=True, gc=False):
    """One entry of a Bundle; its resource as it was sent."""

    full_url: str | None = None
    resource: Raw = _NOTHING


class Link(Element):
    """A link of a Bundle: to itself, to its next page, to others."""

    relation: str | None = None
    url: str | None = None


class SentBundle(Named):
    """The elements of a Bundle that are read."""

    resource_type = "Bundle"

    entry: list[Entry] | None = None
    link: list[Link] | None = None

    def next_page(self) -> str | None:
        """Return the address of the next page, None where this is the last."""
        for link in self.link or ():
            if link.relation == "next":
                return link.url
        return None
