"""A document in which no row prints an answer: a blank means nothing there, whatever is declared.

That blanks mean something is believed because other rows print something else. Where none does, the
column was more likely not found, as in a page whose columns are told by gaps alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.findings import with_unread
from precert.model import Requirement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.answers import AnswerReader
    from precert.lists.entries import Entry

_MANY = 5
"""So many rows without an answer, at least, are no chance."""


def without_silent_answers(
    entries: Sequence[Entry], answers: AnswerReader
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries; where no row prints an answer, what blanks were taken for is unread."""
    if answers.answered or len(answers.by_blank) < _MANY:
        return list(entries), []
    blanks = frozenset(answers.by_blank)
    kept = [_unread(each) if each.rule.ref in blanks else each for each in entries]
    return kept, [diagnostic("PC329", answers.by_blank[0], rows=len(answers.by_blank))]


def _unread(entry: Entry) -> Entry:
    rule = with_unread(entry.rule, "decision", "")
    return replace(entry, rule=replace(rule, requirement=Requirement.UNREAD))
