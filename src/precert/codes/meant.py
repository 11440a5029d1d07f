"""Whether a text was meant as a code or a range, readable or not."""

from __future__ import annotations

import re

from precert.codes.invalid import InvalidCode
from precert.codes.ranges import parse_code_or_range
from precert.codes.stands_for import as_printed

_NEARLY = re.compile(r"[A-Z0-9]{4,6}")
_LONGEST = 40
_FEWEST_DIGITS = 4


def looks_like_code(text: str) -> bool:
    """Return whether `text` was meant as a code or a range of codes.

    It was if it is one, if it may stand for one, or if it is one word of 4 to 6 characters, mostly
    digits. Three digits alone are not: they may be anything.
    """
    if len(text) > _LONGEST:
        return False
    printed = as_printed(text)
    digits = sum(character.isdigit() for character in printed)
    if _NEARLY.fullmatch(printed):
        return digits * 2 >= len(printed)
    parsed = parse_code_or_range(text)
    if isinstance(parsed, InvalidCode):
        return bool(parsed.candidates) and digits >= _FEWEST_DIGITS
    return True
