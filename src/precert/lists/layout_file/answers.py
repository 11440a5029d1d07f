"""The parts of a layout file that say what a row requires otherwise than by a decision word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout_file.columns import add_columns
from precert.lists.layout_file.conditions import conditions_of, read_requirement
from precert.lists.layout_values import Answer, Footnote, Footnotes, Marks
from precert.lists.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.lists.layout import DecisionWord
    from precert.lists.layout_file.section import Section

_FOOTNOTED = ("code", "decision", "description")


def read_marks(section: Section, mark_columns: Sequence[Section], columns: dict[str, str]) -> Marks:
    """Return `[marks]` and all `[[mark_column]]`, whose header words are added to `columns`."""
    answers: dict[str, Answer] = {}
    for number, each in enumerate(mark_columns, 1):
        field = f"mark {number}"
        add_columns(each, "column", field, columns)
        answers[field] = _answer(each)
        each.done()
    texts = {key: frozenset(_texts(section, key)) for key in ("set", "clear")}
    if answers and not texts["set"]:
        section.refuse("set", "nothing was read, expected the texts that mark a column, as x")
    if both := sorted(texts["set"] & texts["clear"]):
        section.refuse("clear", f"read {both[0]!r}, which marks a column as well")
    section.done()
    return Marks(answers, texts["set"], texts["clear"])


def read_footnotes(section: Section, notes: Iterable[Section]) -> Footnotes:
    """Return `[footnotes]` and all `[[footnote]]`."""
    marks: dict[str, Footnote] = {}
    for each in notes:
        mark = plain(each.text("mark"))
        if not mark or mark in marks or " " in mark or "," in mark:
            each.refuse("mark", f"read {mark!r}, expected a sign or a digit, each in one place")
        marks[mark] = _footnote(each)
    column = section.text("column", None if marks else "")
    if column not in {*_FOOTNOTED} and (marks or column):
        section.refuse("column", f"read {column!r}, expected one of {', '.join(_FOOTNOTED)}")
    bare_digits = section.flag("bare_digits")
    section.done()
    if column and not marks:
        section.refuse("column", "expected at least one [[footnote]], whose mark stands there")
    return Footnotes(column, marks, bare_digits)


def blank_answer(decisions: Iterable[DecisionWord], section: Section) -> Answer | None:
    """Return what a row without an answer says; two decisions that say so are refused."""
    blank = [word for word in decisions if word.blank]
    if len(blank) > 1:
        section.refuse("decision", "a blank has two meanings, expected blank = true only once")
    if not blank:
        return None
    return Answer(blank[0].requirement, conditions_of(section, "decision", blank[0].condition))


def _answer(section: Section) -> Answer:
    requirement = read_requirement(section, "requirement", section.text("requirement"))
    return Answer(requirement, conditions_of(section, "condition", section.text("condition", "")))


def _footnote(section: Section) -> Footnote:
    said = section.text("requirement", "")
    requirement = read_requirement(section, "requirement", said) if said else None
    conditions = conditions_of(section, "condition", section.text("condition", ""))
    if requirement is None and not conditions:
        section.refuse("condition", "nothing was read, expected what the mark means")
    section.done()
    return Footnote(requirement, conditions)


def _texts(section: Section, key: str) -> Iterable[str]:
    for printed in section.texts(key, ()):
        text = plain(printed).casefold()
        if not text:
            section.refuse(key, f"read {printed!r}, expected a text: a blank marks no column")
        yield text
