"""Looking for what a request refers to: what is at hand is found, what is not is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.focus import Coding
    from precert.davinci.request.found import Found
    from precert.davinci.request.prefetch import Resources
    from precert.davinci.request.references import Reference

COVERAGES = "Coverage"
"""The name of the query for the patient's active coverages, among what was tried."""


class Lookup:
    """One look at what is at hand. `wanted` is what it did not find and what may be queried.

    `tried` says of each reference that was queried why it could not be had, and is empty text
    where the server said that there is none, or where it was found. `products` are the codings of
    those that were found, by the `id` of what was found.
    """

    __slots__ = ("may_query", "products", "resources", "tried", "wanted", "wants_coverages")

    def __init__(self, resources: Resources, tried: dict[str, str], *, may_query: bool) -> None:
        self.resources = resources
        self.tried = tried
        self.may_query = may_query
        self.products: dict[int, Sequence[Coding] | None] = {}
        self.wanted: dict[str, Reference] = {}
        self.wants_coverages = False

    def find(self, text: str, source: Found | None = None, *, ask: bool = True) -> Found | None:
        """Return the resource that a reference means; one that is not at hand is wanted."""
        found = self.resources.find(text, source)
        if found is None and ask and self.may_query:
            wanted = self.resources.wanted(text, source)
            if wanted is not None and str(wanted) not in self.tried:
                self.wanted[str(wanted)] = wanted
        return found

    def want_coverages(self) -> bool:
        """Want all coverages of the patient; return whether they may still be queried."""
        self.wants_coverages = self.may_query and COVERAGES not in self.tried
        return self.wants_coverages

    def has_failed(self, resource_type: str) -> bool:
        """Return whether a query for a resource of the type, or a search of it, failed."""
        return any(why and _type_of(key) == resource_type for key, why in self.tried.items())

    def failed(self) -> str:
        """Return in words what could not be had of the client's server, empty if nothing."""
        if not self.tried:
            return ""
        told = {f"{_type_of(key)}: {why}": None for key, why in self.tried.items() if why}
        return "; ".join(told)


def _type_of(key: str) -> str:
    """Return the resource type of what was tried; its id and address are for no message."""
    return key.split("/")[-2] if "/" in key else key
