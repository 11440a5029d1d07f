"""One code or one modifier from a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from precert.codes.invalid import EXPECTED_CODE, InvalidCode
from precert.codes.shapes import CODE, MODIFIER, REVENUE
from precert.model import Code

if TYPE_CHECKING:
    from precert.model import CodeRange

_REVENUE_PREFIX = "REV"
_WITHOUT_ITS_ZERO = 3


def parse_code(text: str, *, revenue: bool = False) -> Code | InvalidCode:
    """Return the canonical (upper case, no blanks around) code that `text` is, or why it is none.

    Nothing is corrected silently: `O331T` with the letter O is invalid and names `0331T` as what it
    may stand for. `REV 0240`, `REV0240` and `rev 240` are the revenue code `REV0240`; four digits
    alone are one only with `revenue`, where it is known that revenue codes stand there. Three
    digits alone are never a code.
    """
    canonical = text.strip().upper()
    if CODE.fullmatch(canonical):
        return Code(canonical)
    digits = canonical if revenue else ""
    if canonical.startswith(_REVENUE_PREFIX):
        digits = canonical.removeprefix(_REVENUE_PREFIX).removeprefix(".").lstrip(" ")
        digits = f"0{digits}" if len(digits) == _WITHOUT_ITS_ZERO else digits
    if REVENUE.fullmatch(digits):
        return Code(f"{_REVENUE_PREFIX}{digits}")
    from precert.codes.stands_for import stands_for  # noqa: PLC0415 - only for what is no code

    why, candidates = stands_for(text)
    return InvalidCode(text, EXPECTED_CODE, candidates, why)


def is_code(parsed: Code | CodeRange | InvalidCode) -> TypeGuard[Code]:
    """Return whether parsing found a code."""
    return isinstance(parsed, str)


def parse_modifier(text: str) -> str | None:
    """Return the canonical two-character modifier that `text` is, or None."""
    canonical = text.strip().upper()
    return canonical if MODIFIER.fullmatch(canonical) else None
