"""The answer to one line as the pages print it: its words, where it goes, its evidence, why."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import quote

from precert.determine import Outcome, ReasonKind
from precert.determine.words.answer import answer_in_words, route_in_words
from precert.determine.words.grounds import grounds_of
from precert.determine.words.order import line_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.determine import Determination, OrderAnswer
    from precert.determine.words.grounds import Ground
    from precert.model import Rule
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
    details: tuple[Ground, ...]
    opens: bool


def answered_line(line: Determination, answer: OrderAnswer) -> AnsweredLine:
    """Return what is printed of one line."""
    book = answer.rulebook_of(line)
    details = tuple(grounds_of(line, answer, attrgetter("place")))
    return AnsweredLine(
        number=line.line,
        code=line_in_words(answer.order.lines[line.line - 1]),
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


def _rule_address(rule: Rule, rulebook: Rulebook, *, several: bool) -> str:
    """Return the address of the page that shows a rule's printed row."""
    edition = f"?edition={quote(rulebook.edition.name, safe='')}" if several else ""
    return f"/rules/{quote(rule.rule_id)}{edition}"
