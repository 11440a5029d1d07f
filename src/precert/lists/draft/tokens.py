"""The codes in a cell of a document that nobody knows yet, and in what form they stand there."""

from __future__ import annotations

from typing import NamedTuple

from precert.lists.code_cells import read_code_cell
from precert.lists.footnotes import plain_with_marks
from precert.lists.layout_values import CodeForm, Footnotes
from precert.model import CodeRange

_ANY_FORM = CodeForm(several=True, ranges=True)
_NO_MARK_KNOWN = Footnotes(column="code")


class CodeTokens(NamedTuple):
    """What stands in a cell of codes: how many codes, how many of them ranges, and which marks."""

    codes: int
    ranges: int
    marks: tuple[str, ...]


def code_tokens(cell: str) -> CodeTokens | None:
    """Return the form of a cell that holds codes alone; None for any other."""
    read = read_code_cell(plain_with_marks(cell), _ANY_FORM, _NO_MARK_KNOWN)
    if read.wrong or not read.codes:
        return None
    ranges = sum(isinstance(code, CodeRange) for code in read.codes)
    return CodeTokens(len(read.codes), ranges, read.unknown)
