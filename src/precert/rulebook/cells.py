"""What the cells of `rules.csv` mean: for each kind of cell a parser and a formatter, its inverse.

A truth is `yes` or `no`, a date is ISO 8601, conditions are in the notation of `precert.notation`,
an empty cell is None where the kind allows it. A text that a spreadsheet would take for a formula
(it begins with `=`, `+`, `-` or `@`) is written with an apostrophe before it, and so is one that
begins with an apostrophe, to tell the two apart: a list may well print `+ add-on`, so refusing it
would lose a rule, and written bare it would run in a spreadsheet.

A parser takes only what its formatter writes, so that a set of rules has one text and one digest.
It raises ValueError, with details where the kind's own words do not tell all.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from precert.codes import InvalidCode, parse_code
from precert.model import Code, CodeRange, Condition, Requirement
from precert.notation import format_conditions, parse_conditions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

_FORMULA = ("=", "+", "-", "@")
_ESCAPED = ("'", *_FORMULA)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class Kind(NamedTuple, Generic[T]):
    """A kind of cell: what it is in words, text to value, value to text.

    `repeats` says that a column of this kind holds few distinct cells, worth remembering.
    """

    expected: str
    parse: Callable[[str], T]
    form: Callable[[T], str]
    repeats: bool = True


def one_of(names: Iterable[str], expected: str) -> Kind[str]:
    """Return the kind of a text that is one of these names."""
    known = frozenset(names)

    def parse(cell: str) -> str:
        name = _text(cell)
        if name not in known:
            raise ValueError
        return name

    return Kind(expected, parse, _format_text)


def _optional(kind: Kind[T]) -> Kind[T | None]:
    """Return the kind whose empty cell is None."""
    return Kind(
        f"{kind.expected} or nothing",
        lambda cell: kind.parse(cell) if cell else None,
        lambda value: "" if value is None else kind.form(value),
    )


def _text(cell: str) -> str:
    if not cell.isprintable() and _CONTROL.search(cell):  # the first test is the quick one
        raise ValueError
    if cell.startswith(_ESCAPED):
        if cell[0] != "'" or not cell[1:].startswith(_ESCAPED):
            message = f"an apostrophe stands before {' '.join(_ESCAPED)} and nowhere else"
            raise ValueError(message)
        return cell[1:]
    return cell


def _format_text(text: str) -> str:
    return f"'{text}" if text.startswith(_ESCAPED) else text


def _code(cell: str) -> Code | CodeRange:
    code = _range(cell) if "-" in cell else parse_code(cell)
    if isinstance(code, InvalidCode) or str(code) != cell:
        raise ValueError
    return code


def _range(cell: str) -> CodeRange | InvalidCode:
    from precert.codes import parse_range  # noqa: PLC0415 - only a list with ranges needs it

    return parse_range(cell)


def _requirement(cell: str) -> Requirement:
    if cell not in _REQUIREMENTS:
        raise ValueError
    return _REQUIREMENTS[cell]


def _conditions(cell: str) -> tuple[Condition, ...]:
    conditions = parse_conditions(_text(cell))
    written = format_conditions(conditions)
    if written != cell:
        message = f"which is written {written!r}"
        raise ValueError(message)
    return conditions


def _truth(cell: str) -> bool:
    if cell not in _TRUTHS:
        raise ValueError
    return _TRUTHS[cell]


def _date(cell: str) -> date:
    day = date.fromisoformat(cell)
    if day.isoformat() != cell:
        raise ValueError
    return day


def _number(cell: str) -> int:
    if not _NUMBER.fullmatch(cell):
        raise ValueError
    return int(cell)


_REQUIREMENTS = {str(requirement): requirement for requirement in Requirement}
_TRUTHS = {"yes": True, "no": False}

TEXT = Kind("a text without control characters", _text, _format_text)
UNIQUE_TEXT = TEXT._replace(repeats=False)
OPTIONAL_TEXT = _optional(TEXT)
CODE: Kind[Code | CodeRange] = Kind(
    "a procedure code or a range of codes", _code, str, repeats=False
)
REQUIREMENT = Kind(f"one of {', '.join(Requirement)}", _requirement, str)
CONDITIONS = Kind("conditions", _conditions, format_conditions)
TRUTH = Kind("yes or no", _truth, lambda value: "yes" if value else "no")
OPTIONAL_TRUTH = _optional(TRUTH)
OPTIONAL_DATE = _optional(Kind("a date such as 2026-01-31", _date, date.isoformat))
NUMBER = Kind("a whole number from 1", _number, str, repeats=False)
OPTIONAL_NUMBER = _optional(NUMBER)
