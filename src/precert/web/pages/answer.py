"""An answer as the Ask page and the receipt page print it: sentences, marks and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from precert.determine import Outcome, ReasonKind
from precert.determine.notes import notes_in_words
from precert.determine.phrases import lines_in_words
from precert.determine.plan_words import next_step, plan_in_words
from precert.determine.words import (
    CAVEATS,
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
    from collections.abc import Iterable, Iterator
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
    """The answer to one line: `outcome` is its mark, `says` its words, `where` is empty for none."""

    number: int
    code: str
    day: date
    outcome: str
    says: str
    where: str
    primary: int | None
    step: str
    cited: tuple[Cited, ...]
    details: tuple[Detail, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines have an outcome."""

    outcome: str
    count: int
    says: str


@dataclass(frozen=True, slots=True)
class AnsweringBook:
    """An edition that answered: its name and days, and which lines where several editions did."""

    title: str
    digest: str
    days: str
    documents: tuple[tuple[str, str], ...]
    lines: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """All that is printed of an answer; `said` is the whole of it in one sentence."""

    lines: tuple[AnsweredLine, ...]
    tallies: tuple[Tally, ...]
    days: tuple[date, ...]
    whole: str
    told: tuple[str, ...]
    plan: tuple[str, ...]
    books: tuple[AnsweringBook, ...]
    caveats: tuple[str, ...]
    said: str


def answer_page(answer: OrderAnswer) -> AnswerPage:
    """Return what is printed of an answer."""
    lines = tuple(_line(line, answer) for line in answer.determinations)
    tallies = _tallies(answer)
    return AnswerPage(
        lines=lines,
        tallies=tallies,
        days=tuple(sorted({line.day for line in lines})),
        whole=_whole(answer),
        told=tuple(_told(answer)),
        plan=tuple(plan_in_words(answer)),
        books=tuple(_book(book, of, answer) for book, of in answer.lines_by_rulebook().items()),
        caveats=CAVEATS,
        said=_said(lines, tallies),
    )


def rule_address(rule: Rule, rulebook: Rulebook, *, several: bool) -> str:
    """Return the address of the page that shows a rule's printed row."""
    edition = f"?edition={quote(rulebook.edition.name, safe='')}" if several else ""
    return f"/rules/{quote(rule.rule_id)}{edition}"


def _line(line: Determination, answer: OrderAnswer) -> AnsweredLine:
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
        step=next_step(line, answer),
        cited=tuple(_cited(line, book, answer)),
        details=details,
        opens=bool(details) and line.outcome in _OPENS,
    )


def _cited(line: Determination, book: Rulebook, answer: OrderAnswer) -> Iterator[Cited]:
    """Yield the rules' lines; of a code that is not listed the line that says what that means."""
    several = len(answer.rulebook.editions) > 1
    for rule in line.rules:
        yield Cited(rule.program, rule.ref.place, rule_address(rule, book, several=several))
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


def _tallies(answer: OrderAnswer) -> tuple[Tally, ...]:
    counts: dict[Outcome, list[Determination]] = {}
    for line in answer.determinations:
        counts.setdefault(line.outcome, []).append(line)
    return tuple(
        Tally(
            outcome.value,
            len(counts[outcome]),
            outcome_in_words(outcome, answer.rulebook_of(counts[outcome][0]).edition),
        )
        for outcome in Outcome
        if outcome in counts
    )


def _whole(answer: OrderAnswer) -> str:
    order, count = answer.order, len(answer.order.lines)
    if order.complete is not None:
        codes = "This code is" if count == 1 else f"These {count} codes are"
        return f"{codes} {'' if order.complete else 'not '}the whole order, as told."
    if count > 1:
        return f"These {count} codes are taken as the whole order."
    return "Whether other codes are on the order was not told."


def _told(answer: OrderAnswer) -> Iterator[str]:
    order = answer.order
    if order.plan is not None:
        yield f"plan {order.plan}"
    if order.client_managed is not None:
        yield f"client-specific codes managed: {'yes' if order.client_managed else 'no'}"
    if order.age is not None:
        yield f"age {order.age}"
    if order.state is not None:
        yield f"state {order.state}"
    if order.diagnoses is not None:
        yield f"diagnoses {', '.join(order.diagnoses)}" if order.diagnoses else "no diagnosis"
    lines = order.lines
    yield from _of_lines("program", (line.program for line in lines))
    yield from _of_lines("place of service", (line.place_of_service for line in lines))
    yield from _of_lines("", (line.acquisition for line in lines))
    yield from _of_lines("", ("no modifier" if line.modifiers == () else None for line in lines))


def _of_lines(label: str, told: Iterable[str | None]) -> Iterator[str]:
    """Yield what lines were told, naming them only where not all were told the same."""
    values = list(told)
    for value in dict.fromkeys(filter(None, values)):
        numbers = [number for number, other in enumerate(values, start=1) if other == value]
        named = f" ({lines_in_words(numbers)})" if len(numbers) < len(values) else ""
        yield f"{label} {value}{named}".strip()


def _book(book: Rulebook, numbers: list[int], answer: OrderAnswer) -> AnsweringBook:
    edition = book.edition
    until = f" until {edition.effective_to}" if edition.effective_to else ""
    everything = len(numbers) == len(answer.determinations)
    return AnsweringBook(
        title=f"{edition.payer} {edition.line_of_business}, edition {edition.name}",
        digest=book.digest,
        days=f"in force from {edition.effective_from}{until}, review by {edition.review_by}",
        documents=tuple((document.name, document.sha256) for document in book.documents),
        lines="" if everything else lines_in_words(numbers),
    )


def _said(lines: tuple[AnsweredLine, ...], tallies: tuple[Tally, ...]) -> str:
    """Return the answer as one sentence, for who hears it."""
    if len(lines) == 1:
        (line,) = lines
        return f"{line.code}: {line.says}{f', {line.where}' if line.where else ''}."
    counts = "; ".join(f"{tally.count} {tally.says}" for tally in tallies)
    return f"{len(lines)} codes: {counts}."
