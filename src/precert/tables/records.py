"""Delimited lines in, records out: a record has several lines where a quoted cell goes over them.

Quotation marks are read as spreadsheets write them: a cell that begins with one ends with one, and
two stand for one in between. A mark that nothing closes must not swallow the lines beneath it: its
line is then read by itself, and the record says so.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import is_code, parse_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_MOST_LINES = 200
"""A quoted cell of more lines was not closed."""
_MOST_UNPAIRED = 50
"""After so many marks that nothing closes, no quoted cell of the file goes over a line's end."""
_COLUMNS_OF_A_TABLE = 3


class Record(NamedTuple):
    """The cells of one record, and the number of its first line (from 1); it has `lines` lines.

    `unpaired`: a cell begins with a quotation mark that does not close it; the mark is kept.
    """

    line: int
    cells: tuple[str, ...]
    lines: int = 1
    unpaired: bool = False


def records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Yield the records of the lines; each line is in exactly one."""
    at, width, unpaired = 0, 0, 0
    while at < len(lines):
        if '"' not in lines[at]:
            record = Record(at + 1, tuple(lines[at].split(delimiter)))
        else:
            most = _MOST_LINES if unpaired < _MOST_UNPAIRED else 1
            record = _quoted(lines, at, delimiter, most, width) or _by_itself(lines, at, delimiter)
            unpaired += record.unpaired
        yield record
        width = len(record.cells) if len(record.cells) > 1 else width
        at += record.lines


def _quoted(lines: Sequence[str], at: int, delimiter: str, most: int, width: int) -> Record | None:
    """Return the record that begins at a line; None where its quotation marks do not pair up.

    `width` is the number of cells of the record above.
    """
    taken = (f"{lines[number]}\n" for number in range(at, min(at + most, len(lines))))
    reader = csv.reader(taken, delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:  # what follows a closing mark, the end of the lines, a cell that is too long
        return None
    more = lines[at + 1 : at + reader.line_num]
    if any(_is_a_row(line, delimiter, width) for line in more):
        return None
    return Record(at + 1, tuple(cells), reader.line_num)


def _is_a_row(line: str, delimiter: str, width: int) -> bool:
    """Return whether a line within a quoted cell is itself a row, like the one above the record.

    It then has one code, before any quotation mark: the mark that should close the cell is missing,
    and one further down has closed it by chance.
    """
    cells = line.split(delimiter)
    if len(cells) != width or width < _COLUMNS_OF_A_TABLE:
        return False
    coded = [number for number, cell in enumerate(cells) if is_code(parse_code(cell))]
    marked = (number for number, cell in enumerate(cells) if '"' in cell)
    return len(coded) == 1 and coded[0] < next(marked, width)


def _by_itself(lines: Sequence[str], at: int, delimiter: str) -> Record:
    """Return a line as a record, whatever its marks: where one closes nowhere, the rest is a cell.

    What stands behind an open mark cannot be cut into cells: it would move into wrong columns.
    """
    line = lines[at]
    cells: list[str] = []
    begin, unpaired = 0, False
    while begin <= len(line):
        quoted = _QUOTED.match(line, begin)
        if quoted and line[quoted.end() : quoted.end() + 1] in ("", delimiter):
            end = quoted.end()
            cells.append(quoted[1].replace('""', '"'))
        else:
            end = _end_of_cell(line, begin, delimiter)
            unpaired |= line.startswith('"', begin)
            cells.append(line[begin:end])
        begin = end + 1
    return Record(at + 1, tuple(cells), unpaired=unpaired)


def _end_of_cell(line: str, begin: int, delimiter: str) -> int:
    end = line.find(delimiter, begin)
    if end < 0:
        return len(line)
    is_open = line.startswith('"', begin) and line.count('"', begin, end) % 2 == 1
    return len(line) if is_open else end
