"""Empty cells with a fill that the rest of their column and row lacks: what it says is not read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import Row
from precert.tables.signs import SIGN, Shown, signs_in
from precert.tables.xlsx.places import column_letters, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import TextLine
    from precert.tables.xlsx.sheet_rows import SheetRows


def with_signs(
    sheet: SheetRows, printed: Sequence[Row | TextLine]
) -> tuple[tuple[Row | TextLine, ...], list[Diagnostic]]:
    """Return the rows of a sheet, with a sign in the empty cells that may show one; and that.

    Colours by a condition are not known: a workbook holds their rules, and not what they give.
    """
    if not sheet.marks.filled:
        return tuple(printed), []
    rows = [row for row in printed if isinstance(row, Row)]
    cells = {row.ref: list(row.cells) for row in rows}
    names: list[str] = []
    signed = {}
    for at, column in signs_in([_shown(sheet, row) for row in rows]):
        row = rows[at]
        cells[row.ref][column] = SIGN
        signed[row.ref] = replace(row, cells=tuple(cells[row.ref]))
        names.append(f"{column_letters(sheet.first_column + column)}{row.ref.line}")
    if not signed:
        return tuple(printed), []
    wrong = diagnostic("PC221", *signed, cells=named(names))
    return tuple(signed.get(each.ref, each) for each in printed), [wrong]


def _shown(sheet: SheetRows, row: Row) -> list[Shown]:
    fills = sheet.marks.filled.get(row.ref.line - 1, {})
    return [
        Shown(text, frozenset({fills[column]}) if column in fills else frozenset())
        for column, text in enumerate(row.cells, sheet.first_column)
    ]
