"""What a sheet shows and no table says: hidden parts, struck and coloured cells, lost results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import Row, SourceRef, Table
from precert.tables.xlsx.places import column_letters, named, runs, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import TextLine
    from precert.tables.xlsx.sheet_rows import SheetRows
    from precert.tables.xlsx.sheet_xml import Cells


def remarks_of(sheet: SheetRows, blocks: Sequence[Table | TextLine]) -> Iterator[Diagnostic]:
    """Yield what the marks of a sheet say of the cells that print something."""
    rows = {row.ref.line - 1: row for row in _rows(blocks)}
    headers = {
        block.header.ref.line - 1 for block in blocks if isinstance(block, Table) and block.header
    }
    yield from _of_cells("PC214", sheet, _printing(sheet, sheet.marks.not_calculated, rows))
    yield from _hidden(sheet, rows)
    yield from _not_read(sheet, rows, headers)
    yield from _of_cells("PC220", sheet, _printing(sheet, sheet.marks.struck, rows))


def _rows(blocks: Sequence[Table | TextLine]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Table):
            yield from ([block.header] if block.header else [])
            yield from block.rows


def _printing(sheet: SheetRows, cells: Cells, rows: Mapping[int, Row]) -> Cells:
    """Return those of the cells that print something."""
    found: Cells = {}
    for row in cells.keys() & rows.keys():
        texts = rows[row].cells
        columns = [
            column
            for column in cells[row]
            if 0 <= (at := column - sheet.first_column) < len(texts) and texts[at].strip()
        ]
        if columns:
            found[row] = columns
    return dict(sorted(found.items()))


def _of_cells(code: str, sheet: SheetRows, cells: Cells) -> Iterator[Diagnostic]:
    if cells:
        first, *more = map(sheet.ref, cells)
        yield diagnostic(code, first, *more, cells=named(_names(cells)))


def _names(cells: Cells) -> list[str]:
    return [
        f"{column_letters(column)}{row + 1}" for row, columns in cells.items() for column in columns
    ]


def _hidden(sheet: SheetRows, rows: Mapping[int, Row]) -> Iterator[Diagnostic]:
    hidden = [row for row in sheet.marks.hidden_rows if row in rows]
    parts = [f"row {span(str(first + 1), str(last + 1))}" for first, last in runs(hidden)]
    for first, last in sheet.marks.hidden_columns:
        inside = max(first, sheet.first_column), min(last, sheet.last_column)
        if inside[0] <= inside[1]:
            parts.append(f"column {span(*map(column_letters, inside))}")
    if parts and rows:
        first_ref, *more = map(sheet.ref, hidden or [min(rows)])
        yield diagnostic("PC216", first_ref, *more, parts=named(parts))


def _not_read(sheet: SheetRows, rows: Mapping[int, Row], headers: set[int]) -> Iterator[Diagnostic]:
    """Yield once that there are colours and things beside the cells; headers and titles aside."""
    coloured = {
        row: columns
        for row, columns in _printing(sheet, sheet.marks.coloured, rows).items()
        if row not in headers and sum(bool(cell.strip()) for cell in rows[row].cells) > 1
    }
    what = [f"colours of the cells {named(_names(coloured))}"] if coloured else []
    what += sheet.marks.beside
    if what and rows:
        yield diagnostic("PC217", sheet.ref(min(coloured or rows)), what="; ".join(what))


def hidden_sheet(document: str, sheet: str) -> Diagnostic:
    """Return that a sheet is hidden."""
    return diagnostic("PC215", SourceRef(document, 1, sheet=sheet), sheet=sheet)


def looks_not_told(document: str, kind: str) -> Diagnostic:
    """Return that nothing but values is read of a workbook of this kind."""
    return diagnostic("PC119", SourceRef(document, 1), kind=kind)
