"""Which sign separates the cells of a file: the one under which it reads most like tables.

`csv.Sniffer` looks at the beginning alone, and takes letters. Here the whole file is read with each
sign that spreadsheets write, and header words decide before anything else.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from precert.tables.records import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.model import Document
    from precert.tables.header_words import HeaderWords

PLURALS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
"""The signs that separate cells, with their names."""
_SELDOM_IN_TEXT = "\t|"
_CODE = re.compile(r"\s*[A-Za-z]?[0-9]{4,5}[A-Za-z]?\s*")
_SAYS_ITS_SIGN = re.compile(r'"?sep=([^"\w\s]|\t)"?', re.IGNORECASE)


class _Fit(NamedTuple):
    """How much a file reads like tables, the weightiest first.

    Rows of header words; whether most records have as many cells as the row above, and the sign is
    one that texts seldom hold; cells of such rows; cells that have the form of a code.
    """

    headers: int
    seldom: bool
    cells: int
    codes: int


def usual_delimiter(document: Document) -> str:
    """Return the sign that the file's name tells of: a tab or a comma."""
    tabs = PurePath(document.name).suffix.lower() in {".tsv", ".tab"}
    return "\t" if tabs else ","


def told_delimiter(line: str) -> str | None:
    """Return the sign that a line for Excel (`sep=;`) tells of; None for any other line."""
    told = _SAYS_ITS_SIGN.fullmatch(line.strip(" "))
    return told[1] if told else None


def find_delimiter(document: Document, header_words: HeaderWords) -> str:
    """Return the sign that separates the cells; the usual one where the file holds none."""
    usual = usual_delimiter(document)
    signs = [usual, *(sign for sign in PLURALS if sign != usual)]
    text = "\n".join(document.lines)
    present = [sign for sign in signs if sign == usual or sign in text]
    if present == [usual]:
        return usual
    return max(present, key=lambda sign: _fit(document.lines, sign, header_words))


def _fit(lines: Sequence[str], delimiter: str, header_words: HeaderWords) -> _Fit:
    headers = even = odd = cells = codes = above = 0
    for record in records(lines, delimiter):
        width = len(record.cells)
        if width > 1 and width == above:
            even += 1
            cells += width - 1
        elif any(record.cells):
            odd += 1
        if width > 1:
            headers += header_words.are_in(record.cells)
            codes += sum(_CODE.fullmatch(cell) is not None for cell in record.cells)
            above = width
    return _Fit(headers, even >= max(odd, 1) and delimiter in _SELDOM_IN_TEXT, cells, codes)
