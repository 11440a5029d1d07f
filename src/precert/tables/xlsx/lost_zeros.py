"""Numbers among codes of five characters that have fewer digits: a leading zero may be lost.

A spreadsheet that opens `00640` as a number keeps 640, and no format tells what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code
from precert.diagnostics import diagnostic
from precert.model import Row
from precert.tables.xlsx.places import column_letters, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import TextLine
    from precert.tables.xlsx.sheet_rows import SheetRows


def lost_zeros(sheet: SheetRows, printed: Sequence[Row | TextLine]) -> Iterator[Diagnostic]:
    """Yield, for each column of codes, that it holds numbers which are shorter than a code.

    A column is one of codes where they are at least as many as the short numbers in it. `printed`
    are all rows of the sheet, in their order.
    """
    for column, rows in sheet.short_numbers.items():
        at = column - sheet.first_column
        cells = [row.cells[at] for row in printed if isinstance(row, Row)]
        codes = sum(is_code(parse_code(cell)) for cell in cells)
        others = sum(bool(cell.strip()) for cell in cells) - codes - len(rows)
        if codes < max(len(rows), others):
            continue
        texts = [f"{column_letters(column)}{row + 1}" for row in rows]
        first, *more = map(sheet.ref, rows)
        yield diagnostic("PC210", first, *more, count=len(rows), cells=named(texts))
