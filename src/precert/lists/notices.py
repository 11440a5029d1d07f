"""Notices of change: a line of a document that says something of codes whose rows stand elsewhere.

A notice is read wholly or not at all. What it says is added to each rule of its codes in the same
document; where it contradicts the row, or another notice, nobody can tell which of them holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import is_code, parse_code
from precert.diagnostics import diagnostic
from precert.lists.findings import with_conditions, with_unread
from precert.lists.markup import shown, tokens
from precert.lists.partly_read import COVERED, PartlyRead
from precert.model import CodeRange, covered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry
    from precert.lists.layout import Layout
    from precert.lists.said import Reading
    from precert.model import Code, Rule, SourceRef


class Notice(NamedTuple):
    """What a line says of its codes, and how it is printed."""

    codes: tuple[Code, ...]
    says: Reading
    printed: str
    whole: bool = True
    """Whether no line beside it, which nothing explains, may belong to it."""
    program: str | None = None
    """The program beneath whose title it stands."""


def read_notice(text: str, layout: Layout) -> Notice | None:
    """Return the notice that a plain line is, by the first form that reads all of it, or None."""
    for pattern in layout.notices:
        work = PartlyRead(text, layout.placeholders)
        work.take(pattern)
        stretches = map(tokens, work.text.split(COVERED))
        rest = [s for s in stretches if s and not work.fillers.issuperset(s)]
        if len(work.values) == 1 and not rest:
            values = work.values[0]
            named = ", ".join(filter(None, (values.get("codes"), values.get("code"))))
            codes = (parse_code(each) for each in named.split(", "))
            return Notice(tuple(each for each in codes if is_code(each)), work.reading(()), text)
    return None


def apply_notices(
    entries: Iterable[Entry], notices: Sequence[tuple[SourceRef, Notice]]
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries with what the notices say of them, and what is wrong with the notices.

    A notice beneath the title of a program speaks of its rules; of those of another program, where
    that one has none for the code, nobody can tell.
    """
    kept = list(entries)
    wrong: list[Diagnostic] = []
    for ref, notice in notices:
        for code in notice.codes:
            concerned = [at for at, entry in enumerate(kept) if covered(code, [entry.rule.code])]
            if not concerned:
                wrong.append(diagnostic("PC121", ref, procedure=code))
            own = [at for at in concerned if kept[at].rule.program == notice.program]
            for at in own or concerned:
                rule = kept[at].rule
                elsewhere = notice.program is not None and not own
                told = None if elsewhere else _told(rule, notice)
                if told is None:
                    facts = {"procedure": code, "text": shown(notice.printed)}
                    wrong.append(diagnostic("PC125", ref, rule.ref, **facts, place=rule.ref))
                    told = with_unread(rule, "notice", notice.printed)
                kept[at] = replace(kept[at], rule=told)
    return kept, wrong


def _told(rule: Rule, notice: Notice) -> Rule | None:
    """Return the rule with what the notice says, None where that contradicts what it says.

    Of a range it cannot be said: the notice names one code in it, or not the others.
    """
    says = notice.says
    if not notice.whole or isinstance(rule.code, CodeRange):
        return None
    for said in says.conditions:
        if any(type(each) is type(said) and each != said for each in rule.conditions):
            return None
    begins = {rule.effective_from, *says.effective_from} - {None}
    ends = {rule.effective_to, *says.effective_to} - {None}
    if len(begins) > 1 or len(ends) > 1:
        return None
    first, last = next(iter(begins), None), next(iter(ends), None)
    if first is not None and last is not None and last < first:
        return None
    return replace(with_conditions(rule, says.conditions), effective_from=first, effective_to=last)
