"""What a text that is no code may stand for: said to a person, and never put in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from precert.codes.shapes import CODE, REVENUE

if TYPE_CHECKING:
    from collections.abc import Iterable

DASH = r"[-\u2010-\u2015\u2212]"
"""A hyphen, a dash or the minus sign, as a pattern."""

BETWEEN = re.compile(rf"\s*{DASH}\s*|\s+(?:TO|THROUGH|THRU)\s+")
"""What parts the two ends of a range, as a pattern for a text in upper case."""

_MODIFIED = re.compile(rf"(?P<code>[0-9A-Z]{{5}})(?:\s*{DASH}\s*|\s+)(?P<modifier>[A-Z0-9]{{2}})")
_GAPS = re.compile(rf"{DASH}|\s")
_AROUND = " \t\r\n.,;:*+#'\"()[]†‡§®™"
_RAISED = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079]+\Z")  # a footnote, not a digit
_LOCAL = re.compile(r"[WXYZ][0-9]{4}")
_LOST_ZERO = re.compile(r"1[0-9]{3}|[0-9]{3}[AFMTU]")  # 01000-01999 and codes with a last letter

_DIGIT_FOR_LETTER = str.maketrans("OQDILZSB", "00011258")
_LETTER_FOR_DIGIT = {"0": "O", "1": "L", "5": "S", "8": "B", "2": "Z"}
_CODE_LENGTH = 5
_FEWEST_DIGITS = 3
_LONGEST = 40

StandsFor = tuple[str, tuple[str, ...]]
"""What is to be said of a text (a clause, or empty), and the codes that it may stand for."""


def stands_for(text: str) -> StandsFor:
    """Return what a text that is no code may stand for; only one reading at a time is tried."""
    canonical = text.strip().upper()
    if len(canonical) > _LONGEST:
        return "", ()
    alike = _lookalikes(canonical)
    if _LOCAL.fullmatch(canonical):
        return "W, X, Y and Z began local codes, which ended in 2003", alike
    if alike:
        return "", alike
    if canonical.isascii() and canonical.isalnum() and canonical[:-1].isdigit():
        return _digits(canonical)
    plain = as_printed(canonical)
    modified = _MODIFIED.fullmatch(plain)
    if modified and CODE.fullmatch(modified["code"]):
        return f"the modifier {modified['modifier']} follows it", (modified["code"],)
    return _joined(canonical, plain)


def as_printed(text: str) -> str:
    """Return the text in upper case as it looks: usual letters, digits and blanks, none invisible.

    Full-width letters and digits become those of ASCII; soft hyphens, zero-width blanks and byte
    order marks go.
    """
    shown = (character for character in normalize("NFKC", text) if category(character) != "Cf")
    return "".join(shown).strip().upper()


def _digits(digits: str) -> StandsFor:
    """Return what three or four digits, the last perhaps a letter, may be; nothing for others."""
    zeros = f"0{digits}".zfill(_CODE_LENGTH)
    if len(digits) == _FEWEST_DIGITS and digits.isdigit():
        why = "three digits may be a revenue code, a DRG, or a code that lost its zeros"
        return why, _valid((f"REV0{digits}", zeros))
    if REVENUE.fullmatch(digits):
        why = "four digits are a revenue code only where it is known that those stand there"
        lost = (zeros,) if _LOST_ZERO.fullmatch(digits) else ()
        return why, (f"REV{digits}", *lost)
    if _LOST_ZERO.fullmatch(digits):
        return "a zero before it may be lost", (zeros,)
    return "", ()


def _joined(canonical: str, plain: str) -> StandsFor:
    """Return the codes that the text may be without the signs, blanks and line ends in it."""
    ends = BETWEEN.split(plain)
    if len(ends) > 1 and all(map(CODE.fullmatch, ends)):
        return "it is a range of codes", ()
    bare = _GAPS.sub("", as_printed(_RAISED.sub("", canonical)).strip(_AROUND))
    if bare == canonical or sum(map(str.isdigit, bare)) < _FEWEST_DIGITS:
        return "", ()
    candidates = (bare,) if CODE.fullmatch(bare) else _lookalikes(bare)
    if not candidates:
        return "", ()
    if "\n" in plain or "\r" in plain:
        return "it stands on several lines", candidates
    return "signs, blanks or unusual characters stand in it or around it", candidates


def _lookalikes(canonical: str) -> tuple[str, ...]:
    """Return the codes that differ from the text only by characters which look alike."""
    if len(canonical) != _CODE_LENGTH:
        return ()
    as_digits = canonical.translate(_DIGIT_FOR_LETTER)
    letter_first = _LETTER_FOR_DIGIT.get(canonical[0], canonical[0])
    return _valid(
        (
            as_digits,
            as_digits[:4] + canonical[4],
            canonical[0] + as_digits[1:],
            ("L" if canonical[0] == "I" else letter_first) + as_digits[1:],
        )
    )


def _valid(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading for reading in readings if CODE.fullmatch(reading)))
