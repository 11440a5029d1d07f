"""PC314: a description that ends where a field of 255 characters was full."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout

_LENGTHS = range(250, 257)
"""A field of 255 or 256 characters, less the blanks at the cut."""

_DANGLING = re.compile(r"(?:[,;:(\[/&-]|[,;:]\s*\w)\Z")
"""Ends in a sign that something has to follow, or in a clause of a single letter."""

_SHOWN = 16
"""Characters of the end that the sentence shows."""

_CLOSES = {")": "(", "]": "["}


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per description of about 255 characters that shows an open end."""
    vocabulary: _Vocabulary | None = None
    for entry in reading.entries:
        printed = entry.printed.get("description", "").strip()
        if len(printed) not in _LENGTHS:
            continue
        vocabulary = vocabulary or _Vocabulary(reading)
        if _DANGLING.search(printed) or _is_open(printed) or vocabulary.breaks_off(printed):
            yield diagnostic(
                "PC314",
                entry.rule.ref,
                procedure=entry.rule.code,
                length=len(printed),
                end=repr(f"…{printed[-_SHOWN:].lstrip()}"),
            )


def _is_open(text: str) -> bool:
    """Return whether a bracket is opened and never closed."""
    opened: list[str] = []
    for sign in text:
        if sign in "([":
            opened.append(sign)
        elif opened and opened[-1] == _CLOSES.get(sign):
            opened.pop()
    return bool(opened)


class _Vocabulary:
    """The words of all descriptions of a list."""

    def __init__(self, reading: ListReading) -> None:
        described = (entry.printed.get("description", "") for entry in reading.entries)
        self._count = Counter(word for text in described for word in words(text).split())
        self._sorted: Sequence[str] = sorted(self._count)

    def breaks_off(self, text: str) -> bool:
        """Return whether the last word stands nowhere else and is the beginning of another."""
        last = words(text).rpartition(" ")[2]
        if len(last) <= 1 or self._count[last] > 1:
            return False
        after = bisect_right(self._sorted, last)
        return after < len(self._sorted) and self._sorted[after].startswith(last)
