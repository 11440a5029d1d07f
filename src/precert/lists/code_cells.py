"""The cell of the codes: one code, or several and ranges where the layout says so.

What stands in such a cell and is no code is told beside the codes: it may be a mistyped code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import InvalidCode, is_code, parse_code

if TYPE_CHECKING:
    from precert.lists.layout import CodeForm
    from precert.model import Code

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_TO = re.compile(rf"(?<=\w)(?:\s*[{_DASHES}]\s*|\s+(?:to|thru|through)\s+)(?=\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;/&|]+")
_JOINING = frozenset(("and", "or"))
_REVENUE = re.compile(r"[0-9]{4}")
_TO_SIGN = "-"


class CodeCell(NamedTuple):
    """The codes of a cell in its order, each once, and what of it is no code: a reason for each."""

    codes: tuple[Code, ...]
    wrong: tuple[str, ...] = ()


def read_code_cell(text: str, form: CodeForm) -> CodeCell:
    """Return the codes of a plain text; a text without a code has a reason as well."""
    if not form.several:
        return _as_cell((_parse(_TO.sub(_TO_SIGN, text) if form.ranges else text, form),))
    joined = _TO.sub(_TO_SIGN, text)
    parts = [part for part in _BETWEEN.split(joined) if part and part.casefold() not in _JOINING]
    return _as_cell(_together([_parse(part, form) for part in parts]))


def _as_cell(parsed: tuple[Code | InvalidCode, ...]) -> CodeCell:
    codes = dict.fromkeys(each for each in parsed if is_code(each))
    return CodeCell(tuple(codes), tuple(str(each) for each in parsed if not is_code(each)))


def _together(parsed: list[Code | InvalidCode]) -> tuple[Code | InvalidCode, ...]:
    """Return the same with neighbours that are no codes as one: they are the words of a text."""
    told: list[Code | InvalidCode] = []
    for each in parsed:
        last = told[-1] if told else None
        if isinstance(each, InvalidCode) and isinstance(last, InvalidCode):
            told[-1] = InvalidCode(f"{last.text} {each.text}", each.expected)
        else:
            told.append(each)
    return tuple(told)


def _parse(part: str, form: CodeForm) -> Code | InvalidCode:
    """Return the code that one part of the cell is, or why it is none.

    The one place that knows how a code, a range or a revenue code is written.
    """
    if form.revenue:
        part = _TO_SIGN.join(
            f"REV{each}" if _REVENUE.fullmatch(each) else each for each in part.split(_TO_SIGN)
        )
    if form.ranges and _TO_SIGN in part:
        return InvalidCode(part, "a single code: a range of codes is not read yet")
    return parse_code(part)
