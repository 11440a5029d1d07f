"""What a column seems to hold, and why: first by what stands in it, then by its header word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.lists.dates import read_bound
from precert.lists.draft.decisions import is_mark, requirement_of
from precert.lists.layout_values import DateForm
from precert.lists.markup import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.lists.draft.columns import Column

MARKED = "mark"
"""The answer is a mark in one of several columns; this is one of them."""

_MOST = 0.6
"""So large a part of the cells, at least, has the form that a column's field asks for."""
_FEW_WORDS = 15
"""Distinct texts in a column of decisions, platforms or groups, at most."""
_LONG = 4
"""Words in a description, on average, at least."""

_EITHER_ORDER = (DateForm(), DateForm(day_first=True))

_HINTS = (  # the first whose words stand in the header word; the longer phrases first
    ("effective_to", ("end date", "term date", "termination", "expiration", "end", "through")),
    ("effective_from", ("effective date", "effective", "start date", "begin date", "eff date")),
    ("place_of_service", ("place of service", "pos", "site of service", "setting")),
    ("age", ("age", "ages", "age limit")),
    ("units", ("units", "unit limit", "quantity", "visits")),
    ("modifier", ("modifier", "modifiers")),
    ("state", ("state", "states")),
    ("diagnosis", ("diagnosis", "diagnoses", "icd", "icd 10")),
    ("platform", ("platform", "portal", "vendor", "submit to", "reviewed by", "route", "entity")),
    ("description", ("description", "descriptor", "procedure name", "service description")),
    ("note", ("note", "notes", "notation", "comment", "comments", "remarks", "criteria", "limit")),
    ("program", ("program",)),
    ("category", ("category", "group", "service type", "type of service", "section")),
    ("product", ("product",)),
    ("decision", ("required", "authorization", "auth", "precertification", "precert", "pa")),
    ("code", ("code", "codes", "cpt", "hcpcs", "procedure code")),
)


_LINES_OF_BUSINESS = (
    *("medicaid", "medicare", "marketplace", "exchange", "commercial"),
    *("chip", "dsnp", "hmo", "ppo"),
)
"""Words in the header of a decision column that holds for one line of business."""


_TURNING = frozenset(
    ("no", "not", "non", "none", "exempt", "waived", "waiver", "without", "covered", "excluded")
)
"""Words in a header by which yes and no may mean the opposite, or something else."""


class Guess(NamedTuple):
    """The field that a column seems to hold (None: nobody knows), and why."""

    column: Column
    field: str | None
    why: str


def guess_fields(columns: Sequence[Column]) -> tuple[Guess, ...]:
    """Return what each column seems to hold; a field that only one may hold is given once."""
    named = [column for column in columns if column.header]
    taken: dict[str, str] = {}
    guesses: dict[str, Guess] = {}
    code = max(named, key=lambda column: len(column.codes), default=None)
    if code is not None and code.codes:
        guesses[code.header] = Guess(code, "code", _share(len(code.codes), code, "hold codes"))
        taken["code"] = code.header
    for column in named:
        if column.header not in guesses:
            guesses[column.header] = _by_content(column) or _by_header(column)
    decisions = _decision_columns(guesses)
    for guess in guesses.values():
        if guess.field is None or guess.field == MARKED or guess in decisions:
            continue
        holder = taken.setdefault(guess.field, guess.column.header)
        if holder != guess.column.header:
            why = f"{guess.why}; but {holder!r} seems to be the {guess.field} column"
            guesses[guess.column.header] = Guess(guess.column, None, why)
    return tuple(guesses.values())


def _decision_columns(guesses: dict[str, Guess]) -> list[Guess]:
    """Return the columns that decide; beside one that says so, a column of yes and no is none."""
    for guess in list(guesses.values()):
        if guess.field == "decision" and not _TURNING.isdisjoint(
            words(guess.column.header).split()
        ):
            why = f"{guess.why}, but by its header word they may mean the opposite"
            guesses[guess.column.header] = Guess(guess.column, None, why)
    decisions = [guess for guess in guesses.values() if guess.field == "decision"]
    told = [guess for guess in decisions if _says_that_it_decides(guess.column.header)]
    for guess in decisions:
        if told and guess not in told:
            why = f"{guess.why}, but its header word does not say what is decided"
            guesses[guess.column.header] = Guess(guess.column, None, why)
    return told or decisions


def _says_that_it_decides(header: str) -> bool:
    padded = f" {words(header)} "
    return _hinted(header) == "decision" or _stands(_LINES_OF_BUSINESS, padded)


def _by_content(column: Column) -> Guess | None:
    if not column.printed:
        return None
    marks = sum(count for text, count in column.texts.items() if is_mark(text))
    if marks >= _MOST * column.printed:
        return Guess(column, MARKED, _share(marks, column, "hold a mark"))
    decided = sum(count for text, count in column.texts.items() if requirement_of(text))
    if decided >= _MOST * column.printed and len(column.texts) <= _FEW_WORDS:
        return Guess(column, "decision", _share(decided, column, "hold a decision word"))
    days = sum(count for text, count in column.texts.items() if _is_day(text))
    if days >= _MOST * column.printed:
        ends = _hinted(column.header) == "effective_to"
        field = "effective_to" if ends else "effective_from"
        return Guess(column, field, _share(days, column, "hold a date"))
    return None


def _is_day(text: str) -> bool:
    """Return whether a cell prints what a column of days may hold, whichever number is the day."""
    return any(read_bound(text, form, ends=True).is_read for form in _EITHER_ORDER)


def _by_header(column: Column) -> Guess:
    field = _hinted(column.header)
    distinct = f"distinct texts in {column.printed:,} cells: {len(column.texts):,}"
    if field in {"code", "decision"}:
        return Guess(column, None, f"called like a {field} column, but prints {distinct}")
    if field is not None:
        return Guess(column, field, f"by its header word; {distinct}")
    spoken = [len(words(text).split()) for text in column.texts]
    if spoken and sum(spoken) >= _LONG * len(spoken) and len(spoken) > _FEW_WORDS:
        return Guess(column, "description", f"long texts, {distinct}")
    return Guess(column, None, distinct)


def _hinted(header: str) -> str | None:
    padded = f" {words(header)} "
    return next((field for field, hints in _HINTS if _stands(hints, padded)), None)


def _stands(hints: Iterable[str], padded: str) -> bool:
    return any(f" {hint} " in padded for hint in hints)


def _share(count: int, column: Column, what: str) -> str:
    return f"{count:,} of {column.printed:,} cells {what}"
