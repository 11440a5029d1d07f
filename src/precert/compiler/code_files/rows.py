"""The rows of a code file, each with its line, whatever its format; and what its header names."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from precert.errors import UnreadableDocument
from precert.model import Format, Table
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from precert.model import Document

_PARTING, _QUOTING = "\t|", ",;"
"""Signs that part cells in which nothing is quoted, and those that may stand in quoted cells."""
_WORD = re.compile(r"[^\W_]+")
_FIRST_ROWS = 60
"""A header stands within so many rows; notices and disclaimers stand above it."""


class PrintedRow(NamedTuple):
    """One row: its line (in a workbook the row of its sheet), and its cells without blanks."""

    line: int
    cells: tuple[str, ...]


class Reading(NamedTuple):
    """The rows of a file, read in one way; `broken`: where that way ended, and why."""

    rows: Sequence[PrintedRow]
    broken: tuple[int, str] | None = None


class Found(NamedTuple):
    """The rows below a header, and by field the column that it names."""

    columns: Mapping[str, int]
    rows: Sequence[PrintedRow]

    def cells_of(self, row: PrintedRow) -> dict[str, str]:
        """Return the cells of a row by field; one that the row lacks is blank."""
        return {
            field: row.cells[at] if at < len(row.cells) else ""
            for field, at in self.columns.items()
        }


Fields = dict[str, frozenset[str]]
"""By field the header words that name it, as `words_of` gives them."""


def words_of(cell: str) -> str:
    """Return the words of a header cell, in which header words are compared: `TERM_DT` too."""
    return " ".join(_WORD.findall(cell.casefold()))


def find_table(
    document: Document, fields: Fields, needed: Iterable[str], header_words: Iterable[str]
) -> Found | None:
    """Return the rows below the first header that names all needed fields; None without one.

    `header_words` are all words that such a header may hold, known to us or not.
    """
    wanted = set(needed)
    for reading in _readings(document, header_words):
        for at, row in enumerate(reading.rows[:_FIRST_ROWS]):
            columns = _columns(row.cells, fields)
            if wanted <= columns.keys():
                _refuse_broken(document, reading)
                return Found(columns, reading.rows[at + 1 :])
    return None


def _readings(document: Document, header_words: Iterable[str]) -> Iterator[Reading]:
    """Yield the rows of a document, of text once for each sign that may part its cells."""
    if document.format is Format.XLSX:
        yield Reading(tuple(_of_tables(document, frozenset(header_words))))
        return
    for sign in _PARTING + _QUOTING:
        if any(sign in line for line in document.lines):
            yield _parted(document, sign) if sign in _PARTING else _quoted(document, sign)


def _parted(document: Document, sign: str) -> Reading:
    """Return the rows of lines; a spreadsheet's quotes around a cell go."""
    rows = []
    for number, line in enumerate(document.lines, 1):
        if line.strip():
            rows.append(PrintedRow(number, tuple(map(_without_quotes, line.split(sign)))))
    return Reading(rows)


def _without_quotes(cell: str) -> str:
    said = cell.strip()
    quoted = len(said) > 1 and said.startswith('"') and said.endswith('"')
    return said[1:-1].replace('""', '"').strip() if quoted else said


def _quoted(document: Document, sign: str) -> Reading:
    """Return the rows of comma-separated values (RFC 4180): a quoted cell may hold line ends."""
    lines = (f"{line}\n" for line in document.lines)
    reader = csv.reader(lines, delimiter=sign, strict=True)
    rows: list[PrintedRow] = []
    try:
        rows.extend(
            PrintedRow(reader.line_num, tuple(map(str.strip, cells)))
            for cells in reader
            if any(map(str.strip, cells))
        )
    except csv.Error as error:
        return Reading(rows, (reader.line_num, str(error)))
    return Reading(rows)


def _of_tables(document: Document, header_words: frozenset[str]) -> Iterator[PrintedRow]:
    for block in read_tables(document, header_words).blocks:
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                if row is not None:
                    yield PrintedRow(row.ref.line, tuple(map(str.strip, row.cells)))


def _columns(cells: Iterable[str], fields: Fields) -> dict[str, int]:
    """Return by field the first column that one of its words names."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        said = words_of(cell)
        for field, words in fields.items():
            if said in words:
                found.setdefault(field, at)
    return found


def _refuse_broken(document: Document, reading: Reading) -> None:
    """Raise UnreadableDocument where the reading ended before the file did."""
    if reading.broken is not None:
        line, why = reading.broken
        refuse(document, line, f"the record cannot be read ({why}); save the file again")


def refuse(document: Document, line: int, reason: str) -> NoReturn:
    """Raise UnreadableDocument at a line of the file."""
    place = f"{document.name}:{line}"
    raise UnreadableDocument(place, reason)
