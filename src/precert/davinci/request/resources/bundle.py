"""Bundle: resources that came together, with the addresses that they have on their server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Raw, Struct

from precert.davinci.request.resources.elements import Element, Named

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = Raw(b"null")


class Entry(Struct, rename="camel", frozen=True, gc=False):
    """One entry of a Bundle; its resource as it was sent."""

    full_url: str | None = None
    resource: Raw = _NOTHING


class Link(Element):
    """A link of a Bundle: to itself, to its next page, to others."""

    relation: str | None = None
    url: str | None = None


def next_page(links: Iterable[Link]) -> str | None:
    """Return the address of a Bundle's next page among its links, None where it is the last."""
    for link in links:
        if link.relation == "next":
            return link.url
    return None


class SentBundle(Named):
    """The elements of a Bundle that are read."""

    resource_type = "Bundle"

    entry: list[Entry] | None = None
    link: list[Link] | None = None

    def next_page(self) -> str | None:
        """Return the address of the next page, None where this is the last."""
        return next_page(self.link or ())
