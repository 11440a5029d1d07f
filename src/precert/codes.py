"""The grammar of procedure codes and modifiers: text in, a canonical `Code` or what is wrong.

Shapes (AMA CPT code set; CMS HCPCS Level II and CDT): five digits (CPT Category I), four digits
and a letter (`0001A` immunization administration, `1234F` Category II, `0001M` MAAA, `0331T`
Category III, `0001U` PLA), a letter and four digits (HCPCS Level II, with `D` for CDT). A modifier
has two characters (`RT`, `25`, `P1`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple, TypeGuard

from precert.model import Code

_CODE = re.compile(r"[0-9]{5}|[0-9]{4}[AFMTU]|[A-EGHJ-MP-V][0-9]{4}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_NEARLY = re.compile(r"[A-Z0-9]{4,6}")

_DIGIT_FOR_LETTER = str.maketrans("OQDILZSB", "00011258")
_LETTER_FOR_DIGIT = {"0": "O", "1": "L", "5": "S", "8": "B", "2": "Z"}
_CODE_LENGTH = 5


class CodeSet(StrEnum):
    """The code set a code belongs to, told by its shape."""

    CPT_I = "CPT Category I"
    CPT_II = "CPT Category II"
    CPT_III = "CPT Category III"
    CPT_PLA = "CPT PLA"
    CPT_MAAA = "CPT MAAA"
    CPT_IMMUNIZATION = "CPT immunization administration"
    HCPCS_II = "HCPCS Level II"
    CDT = "CDT"


_BY_LAST_LETTER = {
    "A": CodeSet.CPT_IMMUNIZATION,
    "F": CodeSet.CPT_II,
    "M": CodeSet.CPT_MAAA,
    "T": CodeSet.CPT_III,
    "U": CodeSet.CPT_PLA,
}


class InvalidCode(NamedTuple):
    """A text that is no code: what was read, what was expected, and the codes it may stand for."""

    text: str
    expected: str
    candidates: tuple[Code, ...] = ()

    def __str__(self) -> str:
        """Return one sentence: what was read, what was expected, what it may have been."""
        sentence = f"{self.text!r} is not a code: expected {self.expected}"
        if self.candidates:
            sentence += f"; did you mean {' or '.join(self.candidates)}?"
        return sentence


EXPECTED_CODE = (
    "five digits (27447), four digits and A, F, M, T or U (0331T), "
    "or a letter and four digits (E0601)"
)


def parse_code(text: str) -> Code | InvalidCode:
    """Return the canonical (upper case, no blanks around) code that `text` is, or why it is none.

    Nothing is corrected silently: `O331T` with the letter O is invalid and names `0331T` as what it
    may stand for.
    """
    canonical = text.strip().upper()
    if _CODE.fullmatch(canonical):
        return Code(canonical)
    return InvalidCode(text, EXPECTED_CODE, _candidates(canonical))


def is_code(parsed: Code | InvalidCode) -> TypeGuard[Code]:
    """Return whether `parse_code` found a code."""
    return isinstance(parsed, str)


def code_set(code: Code) -> CodeSet:
    """Return the code set that the shape of `code` belongs to."""
    if code.isdigit():
        return CodeSet.CPT_I
    if code[0] == "D":
        return CodeSet.CDT
    return _BY_LAST_LETTER.get(code[-1], CodeSet.HCPCS_II)


def parse_modifier(text: str) -> str | None:
    """Return the canonical two-character modifier that `text` is, or None."""
    canonical = text.strip().upper()
    return canonical if _MODIFIER.fullmatch(canonical) else None


def looks_like_code(text: str) -> bool:
    """Return whether `text` was meant as a code: one word of 4 to 6 characters, mostly digits."""
    canonical = text.strip().upper()
    digits = sum(character.isdigit() for character in canonical)
    return bool(_NEARLY.fullmatch(canonical)) and digits * 2 >= len(canonical)


def _candidates(canonical: str) -> tuple[Code, ...]:
    """Return the codes that differ from the text only by characters which look alike."""
    if len(canonical) != _CODE_LENGTH:
        return ()
    as_digits = canonical.translate(_DIGIT_FOR_LETTER)
    letter_first = _LETTER_FOR_DIGIT.get(canonical[0], canonical[0])
    readings = (
        as_digits,
        as_digits[:4] + canonical[4],
        canonical[0] + as_digits[1:],
        ("L" if canonical[0] == "I" else letter_first) + as_digits[1:],
    )
    valid = dict.fromkeys(reading for reading in readings if _CODE.fullmatch(reading))
    return tuple(Code(reading) for reading in valid)
