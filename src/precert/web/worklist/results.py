"""What a page shows of an answered worklist: the filters of an address in, its lines out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlencode

from precert.batch.columns import Role
from precert.determine import Ask, Fact, Outcome
from precert.determine.words.answer import ask_in_words, outcome_in_words
from precert.notation.arguments import read_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import QueryParams

    from precert.batch.answered_file import Page
    from precert.model import Edition
    from precert.rulebook import AnyRulebook, Rulebook
    from precert.web.worklist.runs import Worklist

PER_PAGE = 50
_MOST_DIGITS = 12
FILTERS = {"outcome": "Answer", "case_plan": "What to do", "platform": "Platform"}
"""The columns that a page filters by, and what it calls them."""

_SHOWN = (
    *("outcome", "route", "platform", "case_plan", "ask"),
    *("source_lines", "rule_ids", "rulebook"),
)
"""The columns of the answer of which a page tells."""
_REASON = 2
_OPTION = "; say --date-format"
"""What a reason says to who calls the command; the page says it in its own way."""

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


class Printed(NamedTuple):
    """Where something is printed: the place in words, the address of its page."""

    place: str
    address: str


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
    printed_at: tuple[Printed, ...]


class Results(NamedTuple):
    """A page of answered lines; `first` and `last` are numbers of lines from 1.

    `chosen` are the filters that hold now, as the address tells them.
    """

    chosen: tuple[tuple[str, str], ...]
    filters: tuple[tuple[str, tuple[Choice, ...]], ...]
    containing: str
    lines: tuple[Line, ...]
    total: int
    first: int
    last: int
    before: str
    after: str


class Rejects(NamedTuple):
    """The first lines without an answer: where each stands, why, and what; how many there are.

    `dates` tells whether dates of two readings are among them.
    """

    lines: tuple[tuple[str, str, str], ...]
    total: int
    dates: bool


def rejects_of(worklist: Worklist) -> Rejects:
    """Return the first lines without an answer."""
    page = worklist.rejects.page({})
    reasons = [row[_REASON] for row in page.rows]
    lines = [
        (row[1], row[_REASON].partition(_OPTION)[0], " · ".join(filter(None, row[_REASON + 1 :])))
        for row in page.rows
    ]
    return Rejects(tuple(lines), page.total, any(_OPTION in reason for reason in reasons))


def results_of(worklist: Worklist, query: QueryParams, rulebook: AnyRulebook) -> Results:
    """Return the lines that the address asks for."""
    edition = rulebook.editions[-1].edition
    chosen = {name: query[name] for name in FILTERS if name in query}
    containing = query.get("containing", "").strip()
    offset = max(0, _number(query.get("from", "")) - 1)
    filters = {f"{worklist.prefix}{name}": said for name, said in chosen.items()}
    page = worklist.answers.page(filters, containing, offset, PER_PAGE)
    told = {**chosen, **({"containing": containing} if containing else {})}
    last = offset + len(page.rows)
    return Results(
        tuple(chosen.items()),
        tuple((label, _choices(worklist, name, told, edition)) for name, label in FILTERS.items()),
        containing,
        tuple(_lines(worklist, page, rulebook)),
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


def _lines(worklist: Worklist, page: Page, rulebook: AnyRulebook) -> list[Line]:
    run, edition = worklist.run, rulebook.editions[-1].edition
    if run is None:  # a page of answers is shown of an answered worklist only
        return []
    at = {name: place for place, name in enumerate(page.names)}
    order, code, day = (
        at[run.columns[role][0]] for role in (Role.ORDER_ID, Role.CODE, Role.DATE_OF_SERVICE)
    )
    books = {book.digest: book for book in rulebook.editions}
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
            tuple(
                _printed(
                    row[own["source_lines"]], row[own["rule_ids"]], books[row[own["rulebook"]]]
                )
            ),
        )
        for row in page.rows
    ]


def _printed(places: str, rule_ids: str, book: Rulebook) -> Iterator[Printed]:
    """Yield where the rules of an answer are printed; without rules the line that is cited."""
    edition = f"?edition={quote(book.edition.name, safe='')}"
    rules = [unquote(one) for one in _parts(rule_ids)]
    for number, said in enumerate(map(unquote, _parts(places))):
        document, within = _place(said, book)
        cited = f"/lines/{quote(document, safe='')}/{within}{edition}"
        address = f"/rules/{quote(rules[number])}{edition}" if rules else cited
        yield Printed(f"line {within}" if within.isdecimal() else within, address)


def _place(said: str, book: Rulebook) -> tuple[str, str]:
    """Return the document of a place and where in it: `list.md:7`, `list.xlsx:PA:7`."""
    for document in book.documents:
        if said.startswith(f"{document.name}:"):
            return document.name, said.removeprefix(f"{document.name}:")
    return "", said


def _parts(told: str) -> list[str]:
    """Return the values of a column that may hold several."""
    return [part for part in told.split("; ") if part]


def _questions(told: str) -> tuple[str, ...]:
    """Return in words what an `ask` column asks: `plan(FL DSNP); units`; lines stand as codes."""
    questions = []
    for part in _parts(told):
        fact, _, choices = part.partition("(")
        named, _ = read_arguments(choices.removesuffix(")")) if choices else ((), {})
        if fact == Fact.COMPANION_LINE:
            questions.append(f"What is the answer for {' and '.join(named)}?")
        else:
            questions.append(ask_in_words(Ask(Fact(fact), tuple(named))))
    return tuple(questions)


def _address(told: dict[str, str]) -> str:
    return f"?{urlencode(told)}" if told else "?"
