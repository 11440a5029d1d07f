"""The answer to one line as the pages print it: its words, where it goes, its evidence, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from precert.determine import Outcome, ReasonKind
from precert.determine.notes import notes_in_words
from precert.determine.words import (
    answer_in_words,
    condition_in_words,
    judged_in_words,
    limit_in_words,
    outcome_in_words,
    reasons_in_words,
    route_in_words,
)
from precert.model import DescribeProcedure, Requirement
from precert.web.pages.asking import line_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.determine import Determination, Judged, OrderAnswer, RuleAnswer
    from precert.model import Edition, Rule
    from precert.rulebook import Rulebook

_OPENS = (Outcome.CONDITIONAL, Outcome.INVESTIGATIONAL, Outcome.NOT_LISTED)
"""Outcomes whose reasons are shown without being asked for."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A printed place that an answer rests on: what it is of, the place in words, its address."""

    of: str
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a line rests on: its label and the sentence."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """The answer to one line: `outcome` is its mark, `says` its words; an empty `where` is none."""

    number: int
    code: str
    day: date
    outcome: str
    says: str
    where: str
    primary: int | None
    cited: tuple[Cited, ...]
    details: tuple[Detail, ...]
    opens: bool


def answered_line(line: Determination, answer: OrderAnswer) -> AnsweredLine:
    """Return what is printed of one line."""
    book = answer.rulebook_of(line)
    details = tuple(_details(line, answer))
    return AnsweredLine(
        number=line.line,
        code=line_text(answer.order.lines[line.line - 1]),
        day=line.date_of_service,
        outcome=line.outcome.value,
        says=answer_in_words(line, book.edition),
        where=route_in_words(line, book.edition),
        primary=line.primary,
        cited=tuple(_cited(line, book, answer)),
        details=details,
        opens=bool(details) and line.outcome in _OPENS,
    )


def _cited(line: Determination, book: Rulebook, answer: OrderAnswer) -> Iterator[Cited]:
    """Yield the rules' lines; of a code that is not listed the line that says what that means."""
    several = len(answer.rulebook.editions) > 1
    for rule in line.rules:
        yield Cited(rule.program, rule.ref.place, _rule_address(rule, book, several=several))
    if book.exhaustive and any(one.kind is ReasonKind.EXHAUSTIVE for one in line.reasons):
        ref = book.exhaustive
        address = f"/lines/{quote(ref.document, safe='')}/{ref.line}"
        yield Cited("What the list says of other codes", ref.place, address)


def _details(line: Determination, answer: OrderAnswer) -> Iterator[Detail]:
    edition, several = answer.rulebook_of(line).edition, len(line.rules) > 1
    for reason in reasons_in_words(line, edition):
        yield Detail("Because", reason)
    for number, other in enumerate(line.alternatives):
        yield Detail("or" if number else "Either", _alternative(other, edition))
    for judged in line.conditions:
        yield Detail("Condition", _judged(judged, edition) + _of(judged, several=several))
    for judged in line.limits:
        yield Detail("Limit", _limit(judged, edition) + _of(judged, several=several))
    for note in notes_in_words(line, answer.determinations):
        yield Detail("Note", note)
    if line.rules and any(rule.requirement is Requirement.ADD_ON for rule in line.rules):
        yield Detail("Printed", "The list prints it as an add-on code.")


def _judged(judged: Judged, edition: Edition) -> str:
    """Return a condition with its truth; a statement that holds needs none."""
    if judged.truth is True and judged.condition not in judged.rule.guards:
        return condition_in_words(judged.condition, edition)
    return judged_in_words(judged, edition)


def _limit(judged: Judged, edition: Edition) -> str:
    """Return a limit with its state; nobody can tell whether a request will describe something."""
    if isinstance(judged.condition, DescribeProcedure):
        return condition_in_words(judged.condition, edition)
    return limit_in_words(judged, edition)


def _of(judged: Judged, *, several: bool) -> str:
    return f" ({judged.rule.program})" if several else ""


def _alternative(other: RuleAnswer, edition: Edition) -> str:
    where = "" if other.outcome is Outcome.NOT_MANAGED else route_in_words(other, edition)
    primary = f" (line {other.primary})" if other.primary is not None else ""
    says = outcome_in_words(other.outcome, edition) + primary + (f", {where}" if where else "")
    return f"{says} ({other.rule.program}, {other.rule.ref.place})"


def _rule_address(rule: Rule, rulebook: Rulebook, *, several: bool) -> str:
    """Return the address of the page that shows a rule's printed row."""
    edition = f"?edition={quote(rulebook.edition.name, safe='')}" if several else ""
    return f"/rules/{quote(rule.rule_id)}{edition}"
