"""A range of codes from a text: its ends and what must hold between them, no code by arithmetic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.codes.invalid import EXPECTED_RANGE, InvalidCode
from precert.codes.parsing import is_code, parse_code
from precert.codes.shapes import CODE
from precert.codes.stands_for import BETWEEN
from precert.model import Code, CodeRange
from precert.model.code import shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABBREVIATED = re.compile(r"[0-9]{1,4}[AFMTU]?")
_TWO = 2


def parse_range(text: str, *, revenue: bool = False) -> CodeRange | InvalidCode:
    """Return the range of codes that `text` is, or why it is none.

    Its ends are codes of one shape (letters in the same places, and the same), the lower one first,
    with a hyphen, a dash, `to` or `through` between them, and blanks as they come. An end that is
    cut short (`81200-99`) is invalid and names the range it may stand for. Four digits are revenue
    codes only with `revenue`, or where the first end says so (`REV 0240-0249`).
    """
    ends = _ends(text)
    if len(ends) != _TWO:
        return _invalid(text)
    first = parse_code(ends[0], revenue=revenue)
    prefixed = is_code(first) and first.startswith("REV")
    last = parse_code(ends[1], revenue=revenue or prefixed)
    if is_code(first) and is_code(last):
        return _checked(text, first, last)
    if is_code(first):
        return _cut_short(text, first, ends[1])
    as_revenue = [parse_code(end, revenue=True) for end in ends]
    if all(map(is_code, as_revenue)):
        why = "four digits are revenue codes only where it is known that those stand there"
        return _invalid(text, why, "-".join(map(str, as_revenue)))
    return _invalid(text)


def parse_code_or_range(text: str, *, revenue: bool = False) -> Code | CodeRange | InvalidCode:
    """Return the code or the range of codes that `text` is, or why it is neither."""
    code = parse_code(text, revenue=revenue)
    if not isinstance(code, InvalidCode) or len(_ends(text)) != _TWO:
        return code
    found = parse_range(text, revenue=revenue)
    if isinstance(found, CodeRange):
        return found
    if not found.candidates:
        return found if found.why else code
    candidates = dict.fromkeys((*code.candidates, *found.candidates))
    why = " or ".join(filter(None, dict.fromkeys((code.why, found.why))))
    return found._replace(candidates=tuple(candidates), why=why, what="a code or a range of codes")


def _ends(text: str) -> Sequence[str]:
    return BETWEEN.split(text.strip().upper())


def _checked(text: str, first: Code, last: Code) -> CodeRange | InvalidCode:
    if shape_of(first) != shape_of(last):
        return _invalid(text, "its ends are codes of two kinds")
    if first == last:
        return _invalid(text, "both of its ends are one code", first)
    if last < first:
        return _invalid(text, "it ends before it begins", f"{last}-{first}")
    return CodeRange(first, last)


def _cut_short(text: str, first: Code, end: str) -> InvalidCode:
    """Return why a range whose last end is no code is none: perhaps its beginning was left out."""
    completed = first[: -len(end)] + end
    if not (_ABBREVIATED.fullmatch(end) and len(end) < len(first) and CODE.fullmatch(completed)):
        return _invalid(text)
    found = _checked(text, first, Code(completed))
    if isinstance(found, CodeRange):
        return _invalid(text, "its last code is cut short", str(found))
    return _invalid(text)


def _invalid(text: str, why: str = "", *candidates: str) -> InvalidCode:
    return InvalidCode(text, EXPECTED_RANGE, candidates, why, "a range of codes")
