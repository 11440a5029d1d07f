"""Which footnote marks a document explains; a mark that it should explain and does not means less.

Only lines that a legend of the layout reads wholly count: in another wording, a mark may have
another meaning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.findings import with_unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry
    from precert.lists.layout import Layout


def without_legend(
    entries: Iterable[Entry], layout: Layout, explained: Iterable[str]
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries, those with an unexplained mark unread, and one diagnostic a mark."""
    missing = {mark for each in layout.furniture for mark in each.explains} - {*explained}
    kept: list[Entry] = []
    wrong: dict[str, Diagnostic] = {}
    for entry in entries:
        rule = entry.rule
        for mark in entry.marks:
            if mark in missing:
                rule = with_unread(rule, "legend", mark)
                wrong.setdefault(mark, diagnostic("PC122", rule.ref, mark=repr(mark)))
        kept.append(entry if rule is entry.rule else replace(entry, rule=rule))
    return kept, list(wrong.values())
