"""Delimited files (CSV, TSV): a record is a row, one of header words begins a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.errors import UnreadableDocument
from precert.model import Row, SourceRef, TextLine
from precert.tables.blocks import blocks_of
from precert.tables.contents import Contents
from precert.tables.delimiters import PLURALS, find_delimiter, told_delimiter, usual_delimiter
from precert.tables.encodings import encoding_diagnostics
from precert.tables.header_words import HeaderWords
from precert.tables.limits import within_limits
from precert.tables.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.model import Document
    from precert.tables.records import Record

_LONGEST_LINE = 1_000_000
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
"""How files for Excel write a cell whose zeros at the left are to stay: `="00100"`."""


def read_delimited(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the tables of the document and the lines around them; every record is in one.

    A record of one cell is a `TextLine`, one of blank cells an empty `TextLine`. A row's place is
    its first line, however many its quoted cells take; it has as many cells as are printed. A line
    that only tells Excel the sign between the cells (`sep=;`) prints nothing.

    Reported are an encoding other than UTF-8 (PC110), quotation marks that do not pair up (PC111)
    and, once, a sign other than the usual one, or cells of several lines (PC112). Raises
    UnreadableDocument for lines or rows so long that they can be none of a list.
    """
    _refuse_long_lines(document)
    reading = _Reading(document, HeaderWords(header_words))
    blocks = tuple(blocks_of(reading.printed(), reading.header_words))
    return Contents(blocks, (*encoding_diagnostics(document), *reading.wrong, *reading.form()))


class _Reading:
    """Reads the records of one document; `wrong` and `form` are told once it has been read."""

    def __init__(self, document: Document, header_words: HeaderWords) -> None:
        self.header_words = header_words
        self.wrong: list[Diagnostic] = []
        self._document = document
        told = told_delimiter(document.lines[0])
        self._begins = 0 if told is None else 1
        self._delimiter = told or find_delimiter(document, header_words)
        self._rows = self._of_several_lines = 0

    def printed(self) -> Iterator[Row | TextLine]:
        """Yield each record as a row or a line."""
        name = self._document.name
        if self._begins:
            yield TextLine(SourceRef(name, 1), "")
        for record in records(self._document.lines[self._begins :], self._delimiter):
            ref = SourceRef(name, record.line + self._begins)
            if record.unpaired:
                self.wrong.append(diagnostic("PC111", ref))
            self._of_several_lines += record.lines > 1
            self._rows += len(record.cells) > 1
            yield _printed(ref, record)

    def form(self) -> tuple[Diagnostic, ...]:
        """Return PC112, at the first line, where the file is not of the plainest form."""
        unusual = self._rows and self._delimiter != usual_delimiter(self._document)
        if not (unusual or self._of_several_lines):
            return ()
        ref = SourceRef(self._document.name, 1)
        sign = PLURALS.get(self._delimiter, repr(self._delimiter))
        return (diagnostic("PC112", ref, delimiter=sign, records=self._of_several_lines),)


def _printed(ref: SourceRef, record: Record) -> Row | TextLine:
    if not any(cell.strip() for cell in record.cells):
        return TextLine(ref, "")
    if len(record.cells) == 1:
        return TextLine(ref, record.cells[0])
    cells = within_limits(ref, record.cells)
    return Row(ref, tuple(map(_shown, cells)))


def _shown(cell: str) -> str:
    kept = _KEPT_AS_TEXT.fullmatch(cell) if cell.startswith('="') else None
    return kept[1] if kept else cell


def _refuse_long_lines(document: Document) -> None:
    """Raise UnreadableDocument for a line that is no row, whatever separates its cells."""
    for number, line in enumerate(document.lines, 1):
        if len(line) > _LONGEST_LINE:
            reason = (
                f"line {number} has {len(line):,} signs, expected {_LONGEST_LINE:,} at most; "
                "save the list again with each row on a line of its own"
            )
            raise UnreadableDocument(document.name, reason)
