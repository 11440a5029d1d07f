"""One code or one modifier from a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from precert.codes.invalid import EXPECTED_CODE, InvalidCode
from precert.codes.shapes import CODE, MODIFIER, REVENUE
from precert.codes.stands_for import stands_for
from precert.model import Code

if TYPE_CHECKING:
    from precert.model import CodeRange

_PREFIXED = re.compile(r"REV\.? *(?P<digits>[0-9]{3,4})")


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
    if (prefixed := _PREFIXED.fullmatch(canonical)) is not None:
        digits = prefixed["digits"].zfill(4)
    else:
        digits = canonical if revenue else ""
    if REVENUE.fullmatch(digits):
        return Code(f"REV{digits}")
    why, candidates = stands_for(text)
    return InvalidCode(text, EXPECTED_CODE, candidates, why)


def is_code(parsed: Code | CodeRange | InvalidCode) -> TypeGuard[Code]:
    """Return whether parsing found a code."""
    return isinstance(parsed, str)


def parse_modifier(text: str) -> str | None:
    """Return the canonical two-character modifier that `text` is, or None."""
    canonical = text.strip().upper()
    return canonical if MODIFIER.fullmatch(canonical) else None
