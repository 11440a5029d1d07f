"""PC323: a description that begins in mid-sentence: what it belongs to stands on another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout

_USUAL = 0.1
"""Where more descriptions than this share begin in lower case, the list writes them so."""


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per description whose first word is in lower case throughout."""
    described = [entry for entry in reading.entries if entry.printed.get("description", "").strip()]
    fragments = [
        entry for entry in described if _begins_in_lower_case(entry.printed["description"])
    ]
    if len(fragments) <= len(described) * _USUAL:
        for entry in fragments:
            yield diagnostic("PC323", entry.rule.ref, procedure=entry.rule.code)


def _begins_in_lower_case(printed: str) -> bool:
    first = plain(printed[:80]).split(maxsplit=1)[:1]
    return bool(first) and first[0][0].islower() and first[0] == first[0].lower()
