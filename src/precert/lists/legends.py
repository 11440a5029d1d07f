"""Which footnote marks a document explains; a mark that it should explain and does not means less.

Only lines that a legend of the layout reads wholly count: in another wording, a mark may have
another meaning. So it may where such a line stands beside the one that was read: another table may
have footnotes of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from precert.diagnostics import diagnostic
from precert.lists.findings import with_unread
from precert.lists.footnotes import AS_RAISED, RAISED, plain_with_marks
from precert.lists.markup import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry
    from precert.lists.layout import Layout
    from precert.lists.layout_values import Footnotes
    from precert.model import SourceRef


class Legends(NamedTuple):
    """The footnote marks that a document explains as the layout does, and those it may not.

    `otherwise`: by mark the first line that may explain it, and that nothing reads.
    """

    explained: frozenset[str]
    otherwise: Mapping[str, tuple[SourceRef, str]]


def marks_explained(printed: str, notes: Footnotes) -> list[str]:
    """Return the declared marks that a line which nothing reads may explain.

    A mark stands at its beginning, or behind a sign and before one: "(1) in Ohio; 2 = at home".
    """
    if not notes.marks:
        return []
    text = plain_with_marks(printed)
    return [mark for mark in notes.marks if _explaining(mark).search(text)]


@cache
def _explaining(mark: str) -> re.Pattern[str]:
    plain = re.escape(mark)
    raised = mark.translate(AS_RAISED) if mark.isdigit() else ""
    ends = r"(?![\w,/-]|\.[0-9])" if mark[-1].isalnum() else rf"(?!{re.escape(mark[-1])})"
    begins = rf"(?<!{re.escape(mark[0])})" if not mark[0].isalnum() else ""
    opening = r"\A\W*?(?:(?i:(?:foot)?notes?)\s*)?"
    inside = r"(?:[;,.|(\[]\s*|\s)"
    forms = [rf"{opening}{begins}{plain}{ends}", rf"{inside}{begins}{plain}\s?[=:)\]]"]
    if raised:
        forms += [rf"{opening}{raised}(?![{RAISED}])", rf"{inside}{raised}\s?[\w=:]"]
    return re.compile("|".join(forms))


def without_legend(
    entries: Iterable[Entry], layout: Layout, legends: Legends
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries, those with an unexplained mark unread, and one diagnostic a mark.

    Unread are also those with a mark that may be explained otherwise.
    """
    missing = {mark for each in layout.furniture for mark in each.explains} - legends.explained
    kept: list[Entry] = []
    wrong: dict[str, Diagnostic] = {}
    for entry in entries:
        rule = entry.rule
        for mark in entry.marks:
            if mark in missing or mark in legends.otherwise:
                rule = with_unread(rule, "legend", mark)
                told = None if mark in missing else legends.otherwise[mark]
                wrong[mark] = wrong.get(mark) or _wrong(mark, rule.ref, told)
        kept.append(entry if rule is entry.rule else replace(entry, rule=rule))
    return kept, list(wrong.values())


def _wrong(mark: str, rule: SourceRef, otherwise: tuple[SourceRef, str] | None) -> Diagnostic:
    if otherwise is None:
        return diagnostic("PC122", rule, mark=repr(mark))
    ref, text = otherwise
    return diagnostic("PC126", ref, rule, mark=repr(mark), text=shown(text))
