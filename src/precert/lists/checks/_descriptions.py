"""The descriptions of a list, compared by their words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.lists.markup import words

if TYPE_CHECKING:
    from precert.lists.entries import Entry, ListReading
    from precert.model import Code, CodeRange


def by_description(reading: ListReading) -> dict[str, list[Entry]]:
    """Return the entries by the words of their description; an entry without one is left out."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in reading.entries:
        said = words(entry.printed.get("description", ""))
        if said:
            found[said].append(entry)
    return found


def by_code(described: dict[str, list[Entry]]) -> dict[Code | CodeRange, set[str]]:
    """Return the descriptions of each code."""
    found: dict[Code | CodeRange, set[str]] = defaultdict(set)
    for said, entries in described.items():
        for entry in entries:
            found[entry.rule.code].add(said)
    return found
