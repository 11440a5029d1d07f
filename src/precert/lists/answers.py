"""What a row requires: by its decision, by a mark in one of several columns, or by a footnote.

Where two of them say something different, or none says anything, that is no answer; a blank means
something only where the layout says what.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from precert.lists.layout_values import Answer
from precert.lists.markup import breaks_off, is_blank, leaves_bracket_open, plain, shown
from precert.lists.phrases import noted
from precert.model import Requirement
from precert.notation import format_conditions, parse_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.lists.columns import Cells
    from precert.lists.findings import Findings
    from precert.lists.layout import Layout
    from precert.model import SourceRef

_FIELD = "decision"


class AnswerReader:
    """Reads what rows require, by a layout.

    `by_blank` are the places of the rows that print no answer and were taken for what a blank
    means; `answered` tells whether any row printed one.
    """

    def __init__(self, layout: Layout) -> None:
        self.by_blank: list[SourceRef] = []
        self.answered = False
        self._layout = layout
        self._decide = cache(lambda printed: decide(printed, layout))

    def read_answer(
        self, cells: Cells, decision: str, marks: Iterable[str], found: Findings, *, carried: bool
    ) -> Requirement:
        """Return the requirement, and add the conditions that go with it to what was found.

        `decision` is the decision cell without its footnote marks; `marks` are those of the row.
        `carried`: the heading above prints a decision, so that a blank may mean that one.
        """
        printed = _printed(cells, self._layout)
        answers: dict[Answer, None] = {}
        unread = False
        for answer in (*self._by_decision(cells, decision), *self._by_column(cells)):
            unread |= answer is None
            answers |= {} if answer is None else {answer: None}
        for mark in marks:
            note = self._layout.footnotes.marks[mark]
            if note.requirement is None:
                found.add(note.conditions)
            else:
                answers[Answer(note.requirement, note.conditions)] = None
        self.answered |= bool(answers)
        blank = None if answers or unread or carried else self._by_blank(cells)
        if blank is not None:
            answers[blank] = None
            self.by_blank.append(found.ref)
        if unread or len(answers) != 1:
            found.leave_unread(_FIELD, printed)
            _report(answers, printed, found, unread=unread)
            return Requirement.UNREAD
        (answer,) = answers
        found.add(answer.conditions)
        return answer.requirement

    def _by_decision(self, cells: Cells, decision: str) -> Iterator[Answer | None]:
        if _FIELD in cells.fields and not is_blank(decision):
            yield self._decide(decision)

    def _by_column(self, cells: Cells) -> Iterator[Answer | None]:
        marks = self._layout.marks
        for field, answer in marks.columns.items():
            said = plain(cells.fields.get(field, "")).casefold()
            if said and said not in marks.clear:
                yield answer if said in marks.set else None

    def _by_blank(self, cells: Cells) -> Answer | None:
        """Return what a blank means, where every column is there in which an answer may stand."""
        there = self._layout.answers_in <= cells.fields.keys()
        return self._layout.blank if there and not cells.lacks else None


def decide(printed: str, layout: Layout) -> Answer | None:
    """Return what the decision cell requires, and on which conditions; None for an unknown word."""
    text = plain(printed)
    if breaks_off(printed) or leaves_bracket_open(printed):
        return None
    for word in layout.decisions:
        for form in word.forms:
            match = form.pattern.match(text)
            values = match and noted(match, layout.placeholders)
            if values is not None:
                return Answer(word.requirement, parse_conditions(word.condition.format_map(values)))
    return None


def _printed(cells: Cells, layout: Layout) -> str:
    """Return all that the row prints in the columns of its answer."""
    fields = (_FIELD, *layout.marks.columns)
    return "\t".join(cells.fields[field] for field in fields if field in cells.fields)


def _report(answers: Iterable[Answer], printed: str, found: Findings, *, unread: bool) -> None:
    said = [
        " ".join(filter(None, (answer.requirement.value, format_conditions(answer.conditions))))
        for answer in answers
    ]
    if unread or not said:
        found.report("PC301", text=shown(printed))
    else:
        found.report("PC328", answers=" and ".join(said))
