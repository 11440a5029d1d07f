"""An answer as a page: a table of the lines, what each rests on, what to do, and caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.answer_details import explained
from precert.cli.blocks import Heading, Item, Table
from precert.cli.order_words import order_in_words
from precert.determine import Outcome, ReasonKind
from precert.determine.words.answer import CAVEATS, answer_in_words, route_in_words
from precert.determine.words.order import line_in_words
from precert.determine.words.phrases import lines_in_words
from precert.determine.words.plan import plan_in_words
from precert.determine.words.rulebook import rulebook_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.cli.blocks import Block
    from precert.determine import Determination, OrderAnswer
    from precert.model import Edition

_TONES = {
    Outcome.AUTH_NEEDED: "act",
    Outcome.FOLLOWS_PRIMARY: "act",
    Outcome.NO_AUTH: "clear",
    Outcome.NOT_MANAGED: "open",
    Outcome.CONDITIONAL: "open",
    Outcome.INVESTIGATIONAL: "stop",
    Outcome.NOT_LISTED: "open",
}


def answer_page(answer: OrderAnswer, *, today: date | None, as_file: bool) -> Iterator[Block]:
    """Yield the page of an answer; `today` and `as_file` are those of `order_in_words`."""
    first, *others = order_in_words(answer.order, today=today, as_file=as_file)
    yield Heading(first)
    yield from map(Item, others)
    yield _table(answer)
    for heading, details in explained(answer).items():
        yield Heading(heading)
        yield from details
    yield Heading("What to do")
    yield from map(Item, plan_in_words(answer))
    for book, numbers in answer.lines_by_rulebook().items():
        said = rulebook_in_words(book)
        everything = len(numbers) == len(answer.determinations)
        yield Heading(said if everything else f"{said}: {lines_in_words(numbers)}")
    yield from map(Item, CAVEATS)


def _table(answer: OrderAnswer) -> Table:
    """Return a row for each line, and one more for each further rule that it rests on."""
    dated = len({line.date_of_service for line in answer.determinations}) > 1
    rows: list[tuple[str, ...]] = []
    tones: list[str] = []
    for line, asked in zip(answer.determinations, answer.order.lines, strict=True):
        edition = answer.rulebook_of(line).edition
        says = (
            str(line.line),
            line_in_words(asked) + (f"\n{asked.date_of_service}" if dated else ""),
            answer_in_words(line, edition),
            _where(line, edition),
        )
        first, *others = [(rule.program, str(rule.ref)) for rule in line.rules] or [_unlisted(line)]
        rows += [(*says, *first), *(("",) * len(says) + other for other in others)]
        tones += [_TONES[line.outcome]] * (1 + len(others))
    header = ("Line", "Code", "Answer", "Where", "Program", "Printed at")
    return Table(header, rows, tones=tones, toned=2)


def _unlisted(line: Determination) -> tuple[str, str]:
    """Return no program, and the line that speaks of codes not listed where that is the answer."""
    cited = [each.subjects[0] for each in line.reasons if each.kind is ReasonKind.EXHAUSTIVE]
    return "-", "".join(cited) or "-"


def _where(line: Determination, edition: Edition) -> str:
    where = route_in_words(line, edition)
    if line.primary is not None:
        return f"{where}, with line {line.primary}" if where else f"with line {line.primary}"
    return where or ("see below" if line.outcome is Outcome.CONDITIONAL else "-")
