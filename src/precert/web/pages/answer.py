"""An answer as the Ask page and the receipt page print it: sentences, marks and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.determine import Outcome
from precert.determine.words.answer import CAVEATS, outcome_in_words
from precert.determine.words.order import told_in_words
from precert.determine.words.phrases import lines_in_words
from precert.determine.words.plan import plan_in_words
from precert.web.pages.answered_line import answered_line

if TYPE_CHECKING:
    from datetime import date

    from precert.determine import Determination, OrderAnswer
    from precert.rulebook import Rulebook
    from precert.web.pages.answered_line import AnsweredLine


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
    lines = tuple(answered_line(line, answer) for line in answer.determinations)
    tallies = _tallies(answer)
    return AnswerPage(
        lines=lines,
        tallies=tallies,
        days=tuple(sorted({line.day for line in lines})),
        whole=_whole(answer),
        told=tuple(told_in_words(answer.order)),
        plan=tuple(plan_in_words(answer)),
        books=tuple(_book(book, of, answer) for book, of in answer.lines_by_rulebook().items()),
        caveats=CAVEATS,
        said=_said(lines, tallies),
    )


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
