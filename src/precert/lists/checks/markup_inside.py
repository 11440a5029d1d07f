"""PC310: markup, or a sign that is none of the text's, inside a value."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import category

from precert.diagnostics import diagnostic
from precert.lists.checks._places import lines, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import Rule

_MARK = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\w+|[a-zA-Z]\w*);|\*\*")
_USUAL_SIGNS = "®©™°"
_STRANGE = ("So", "Co", "Cf", "Cn")
"""Unicode categories of symbols, private, invisible and unassigned characters."""


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per field and value, at its first row."""
    marked: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for entry in reading.entries:
        for field, printed in entry.printed.items():
            if "<" in printed or "&" in printed or "**" in printed or not printed.isascii():
                marked[field, printed].append(entry.rule)
    for (field, printed), rules in marked.items():
        marks = _marks(printed)
        if marks:
            refs = [rule.ref for rule in rules]
            yield diagnostic(
                "PC310",
                *refs,
                field=field,
                procedure=rules[0].code,
                marks=listed([repr(mark) for mark in marks]),
                lines=lines(refs),
            )


def _marks(printed: str) -> list[str]:
    """Return each mark that the text holds, once."""
    signs = [
        sign
        for sign in printed
        if sign > "\x7f" and sign not in _USUAL_SIGNS and category(sign) in _STRANGE
    ]
    return list(dict.fromkeys((*_MARK.findall(printed), *signs)))
