"""Rows and lines in, blocks out: a row of header words begins a table, a line between ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.model import Row, Table, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.tables.header_words import HeaderWords


def blocks_of(
    printed: Iterable[Row | TextLine], header_words: HeaderWords
) -> Iterator[Table | TextLine]:
    """Yield the tables and the lines around them, in order; every line and row is in one of them.

    A `TextLine` ends the table. A row that is a header begins a new one. Rows with no header since
    the last `TextLine` are a table whose header is None.
    """
    header: Row | None = None
    rows: list[Row] = []
    for each in printed:
        begins = isinstance(each, Row) and header_words.are_in(each.cells)
        if (begins or isinstance(each, TextLine)) and (header or rows):
            yield Table(header, tuple(rows))
            header, rows = None, []
        if isinstance(each, TextLine):
            yield each
        elif begins:
            header = each
        else:
            rows.append(each)
    if header or rows:
        yield Table(header, tuple(rows))
