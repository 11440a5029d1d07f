"""Tab-separated tables: a line with tabs is a row, a row of header words begins a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code
from precert.model import Row, SourceRef, Table, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.model import Document

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_WORD = re.compile(r"\w+")
_MARKUP_ALLOWANCE = 4
"""A cell this many times longer than the longest header word is none, whatever markup it holds."""


def read_text(document: Document, header_words: frozenset[str]) -> tuple[Table | TextLine, ...]:
    """Return the tables of the document and the lines around them, in order; every line is in one.

    A line without a tab, or with nothing but blank cells, is a `TextLine` (blank: its text is
    empty) and ends the table. A row is a header when at least two of its non-blank cells and at
    least half of them are `header_words` (compared by their words, without case, markup and signs)
    and no cell is a code; it begins a new table. Rows with no header since the last `TextLine` are
    a table whose header is None.
    """
    return tuple(_blocks(document, _HeaderWords(header_words)))


def _blocks(document: Document, header_words: _HeaderWords) -> Iterator[Table | TextLine]:
    header: Row | None = None
    rows: list[Row] = []
    for number, line in enumerate(document.lines, 1):
        ref = SourceRef(document.name, number)
        cells = tuple(line.split("\t"))
        text = len(cells) == 1 or not line.strip()
        begins = not text and header_words.are_in(cells)
        if (text or begins) and (header or rows):
            yield Table(header, tuple(rows))
            header, rows = None, []
        if text:
            yield TextLine(ref, line if line.strip() else "")
        elif begins:
            header = Row(ref, cells)
        else:
            rows.append(Row(ref, cells))
    if header or rows:
        yield Table(header, tuple(rows))


class _HeaderWords:
    """The header words of a layout, and which texts were already compared with them."""

    def __init__(self, header_words: frozenset[str]) -> None:
        self._words = frozenset(_words(word) for word in header_words) - {""}
        self._longest = max(map(len, header_words), default=0) * _MARKUP_ALLOWANCE
        self._known: dict[str, bool] = {"": False}

    def are_in(self, cells: tuple[str, ...]) -> bool:
        """Return whether the cells are those of a header."""
        hits = sum(self._has(cell) for cell in cells)
        if hits <= 1:
            return False
        printed = sum(bool(cell.strip()) for cell in cells)
        return hits * 2 >= printed and not any(is_code(parse_code(cell)) for cell in cells)

    def _has(self, cell: str) -> bool:
        if len(cell) > self._longest:
            return False
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = _words(cell) in self._words
        return known


def _words(text: str) -> str:
    return " ".join(_WORD.findall(_TAG.sub(" ", text).casefold()))
