"""The shapes of codes, and the code set that a shape belongs to.

- CPT (AMA): five digits (Category I); four digits and a letter: `0001A` immunization
  administration, `1234F` Category II, `0002M` MAAA (multianalyte assays), `0331T` Category III,
  `0001U` PLA (proprietary laboratory analyses).
- HCPCS Level II (CMS): a letter from A to V and four digits. F, I, N and O begin no code. W, X, Y
  and Z began the local codes of Level III, which ended in 2003. D begins CDT (the dental codes of
  the ADA). U has codes since 2020 (laboratory tests).
- Revenue codes (NUBC, UB-04 form locator 42): four digits, in the series 0xxx, 100x, 210x and 310x;
  written `REV0240` here, since four digits alone are also what is left of other codes.
- A modifier has two characters (`RT`, `25`, `P1`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from precert.model import Code

REVENUE = re.compile(r"0[0-9]{3}|(?:10|21|31)0[0-9]")
CODE = re.compile(rf"[0-9]{{5}}|[0-9]{{4}}[AFMTU]|[A-EGHJ-MP-V][0-9]{{4}}|REV(?:{REVENUE.pattern})")
MODIFIER = re.compile(r"[A-Z0-9]{2}")

_REVENUE_PREFIX = "REV"


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
    REVENUE = "revenue codes"


_BY_LAST_LETTER = {
    "A": CodeSet.CPT_IMMUNIZATION,
    "F": CodeSet.CPT_II,
    "M": CodeSet.CPT_MAAA,
    "T": CodeSet.CPT_III,
    "U": CodeSet.CPT_PLA,
}


def code_set(code: Code) -> CodeSet:
    """Return the code set that the shape of `code` belongs to."""
    if code.isdigit():
        return CodeSet.CPT_I
    if code[0] == "D":
        return CodeSet.CDT
    if code.startswith(_REVENUE_PREFIX):
        return CodeSet.REVENUE
    return _BY_LAST_LETTER.get(code[-1], CodeSet.HCPCS_II)
