"""What a page shows of an answered worklist: the filters of an address in, its lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from precert.batch.columns import Role
from precert.determine import Ask, Fact, Outcome
from precert.determine.words import ask_in_words, outcome_in_words
from precert.notation.arguments import read_arguments

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from precert.batch.answered_file import Page
    from precert.model import Edition
    from precert.web.worklist.runs import Worklist

PER_PAGE = 50
_MOST_DIGITS = 12
FILTERS = {"outcome": "Answer", "case_plan": "What to do", "platform": "Platform"}
"""The columns that a page filters by, and what it calls them."""

_SHOWN = ("outcome", "route", "platform", "case_plan", "ask", "source_lines")
"""The columns of the answer of which a page tells."""

PLACES = {
    "case": "build or join a case",
    "no-case": "no case, keep the answer",
    "ask-payer": "ask the payer",
    "for-a-person": "for a person",
}


class Choice(NamedTuple):
    """One value of a filter: the address that chooses it, or that takes the choice back."""

    label: str
    lines: int
    address: str
    chosen: bool


class Line(NamedTuple):
    """One answered line, as a page shows it."""

    order: str
    code: str
    day: str
    outcome: str
    words: str
    where: str
    todo: str
    questions: tuple[str, ...]
    printed_at: tuple[str, ...]


class Results(NamedTuple):
    """A page of answered lines; `first` and `last` are numbers of lines from 1."""

    filters: tuple[tuple[str, tuple[Choice, ...]], ...]
    containing: str
    lines: tuple[Line, ...]
    total: int
    first: int
    last: int
    before: str
    after: str


def results_of(worklist: Worklist, query: QueryParams, edition: Edition) -> Results:
    """Return the lines that the address asks for."""
    chosen = {name: query[name] for name in FILTERS if name in query}
    containing = query.get("containing", "").strip()
    offset = max(0, _number(query.get("from", "")) - 1)
    filters = {f"{worklist.prefix}{name}": said for name, said in chosen.items()}
    page = worklist.answers.page(filters, containing, offset, PER_PAGE)
    told = {**chosen, **({"containing": containing} if containing else {})}
    last = offset + len(page.rows)
    return Results(
        tuple((label, _choices(worklist, name, told, edition)) for name, label in FILTERS.items()),
        containing,
        tuple(_lines(worklist, page, edition)),
        page.total,
        offset + 1 if page.rows else 0,
        last,
        _address({**told, "from": str(max(1, offset + 1 - PER_PAGE))}) if offset else "",
        _address({**told, "from": str(last + 1)}) if last < page.total else "",
    )


def _number(told: str) -> int:
    """Return the number of a line; 0 for a text that is none, or one that no file has."""
    return int(told) if told.isdecimal() and len(told) <= _MOST_DIGITS else 0


def _choices(
    worklist: Worklist, name: str, told: dict[str, str], edition: Edition
) -> tuple[Choice, ...]:
    choices = []
    for said, count in worklist.answers.counts(f"{worklist.prefix}{name}").items():
        is_chosen = told.get(name) == said
        rest = {other: value for other, value in told.items() if other != name}
        address = _address(rest if is_chosen else {**rest, name: said})
        choices.append(Choice(_label(name, said, edition), count, address, is_chosen))
    return tuple(choices)


def _label(name: str, said: str, edition: Edition) -> str:
    if name == "outcome":
        return outcome_in_words(Outcome(said), edition)
    if name == "case_plan":
        return PLACES[said]
    return said or "none"


def _lines(worklist: Worklist, page: Page, edition: Edition) -> list[Line]:
    run = worklist.run
    if run is None:  # a page of answers is shown of an answered worklist only
        return []
    at = {name: place for place, name in enumerate(page.names)}
    order, code, day = (
        at[run.columns[role][0]] for role in (Role.ORDER_ID, Role.CODE, Role.DATE_OF_SERVICE)
    )
    own = {name: at[f"{worklist.prefix}{name}"] for name in _SHOWN}
    return [
        Line(
            row[order],
            row[code],
            row[day],
            row[own["outcome"]],
            outcome_in_words(Outcome(row[own["outcome"]]), edition),
            row[own["platform"]] or (edition.payer if row[own["route"]] == "payer" else ""),
            PLACES[row[own["case_plan"]]],
            _questions(row[own["ask"]]),
            tuple(filter(None, row[own["source_lines"]].split("; "))),
        )
        for row in page.rows
    ]


def _questions(told: str) -> tuple[str, ...]:
    """Return in words what an `ask` column asks: `plan(FL DSNP); units`; lines stand as codes."""
    questions = []
    for part in filter(None, told.split("; ")):
        fact, _, choices = part.partition("(")
        named, _ = read_arguments(choices.removesuffix(")")) if choices else ((), {})
        if fact == Fact.COMPANION_LINE:
            questions.append(f"What is the answer for {' and '.join(named)}?")
        else:
            questions.append(ask_in_words(Ask(Fact(fact), tuple(named))))
    return tuple(questions)


def _address(told: dict[str, str]) -> str:
    return f"?{urlencode(told)}" if told else "?"
