"""A workbook of orders as the text that batch reads, each row on the line of its number."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from precert.diagnostics import Severity
from precert.documents import open_document
from precert.documents.formats import format_of
from precert.errors import UnreadableLines
from precert.model import Format, Table
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from precert.model import Row

_OPENING = 4096
_FEWEST = 3
"""A header names an order, a code and a date at least; what stands above it is a title."""


class OrderSheet(NamedTuple):
    """The sheet that was written as CSV; its rows above the header, which are no orders.

    `others` are the sheets with rows that were left out. `warnings` are what the reader of
    workbooks found, a sentence each with its place.
    """

    sheet: str
    others: tuple[str, ...]
    above: tuple[str, ...]
    warnings: tuple[str, ...]


def is_workbook(path: Path) -> bool:
    """Return whether the file is a workbook, by its first bytes."""
    with path.open("rb") as file:
        return format_of(path.name, file.read(_OPENING)) is Format.XLSX


def write_order_sheet(
    workbook: Path, target: Path, is_of_orders: Callable[[Sequence[str]], bool] | None = None
) -> OrderSheet:
    """Write the rows of a workbook's orders as CSV: the row of number n is line n of the text.

    The orders are the one sheet with a header (its first row of three cells or more) and a row
    beneath it, of several the one whose header `is_of_orders`; line breaks in cells become blanks.
    Dates are written as 2026-03-02. Raises `UnreadableLines` where no sheet, or more than one, has
    such rows, and for an error in the workbook; `UnreadableDocument` and `MissingExtra` as the
    reader of workbooks does.
    """
    document = open_document(workbook)
    contents = read_tables(document, frozenset())
    for found in contents.diagnostics:
        if found.severity is Severity.ERROR:
            raise UnreadableLines(workbook.name, f"{found.ref}: {found.sentence}")
    rows: dict[str, list[Row]] = {}
    for block in contents.blocks:
        if isinstance(block, Table):
            for row in (*([block.header] if block.header else ()), *block.rows):
                rows.setdefault(row.ref.sheet or "", []).append(row)
    begins = {sheet: _header(found) for sheet, found in rows.items()}
    orders = [sheet for sheet, at in begins.items() if at is not None and len(rows[sheet]) > at + 1]
    others: list[str] = []
    if len(orders) > 1 and is_of_orders is not None:
        fitting = [one for one in orders if is_of_orders(_cells(rows[one][begins[one] or 0]))]
        if len(fitting) == 1:
            orders, others = fitting, [one for one in orders if one not in fitting]
    if len(orders) != 1:
        read = f"orders in {', '.join(orders)}" if orders else "no sheet with a header and rows"
        reason = f"read {read}, expected one sheet: save the one with the orders by itself"
        raise UnreadableLines(workbook.name, reason)
    (sheet,) = orders
    at = begins[sheet] or 0
    _write(rows[sheet][at:], target)
    above = tuple(" ".join(filter(None, row.cells)) for row in rows[sheet][:at])
    warnings = tuple(f"{found.ref}: {found.sentence}" for found in contents.diagnostics)
    return OrderSheet(sheet, tuple(others), above, warnings)


def _cells(row: Row) -> list[str]:
    return [" ".join(cell.split()) for cell in row.cells if cell.strip()]


def _header(rows: Sequence[Row]) -> int | None:
    """Return the place of the header among the rows."""
    cells = (sum(bool(cell.strip()) for cell in row.cells) for row in rows)
    return next((at for at, count in enumerate(cells) if count >= _FEWEST), None)


def _write(rows: Sequence[Row], target: Path) -> None:
    width = max((at + 1 for at, cell in enumerate(rows[0].cells) if cell.strip()), default=0)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        line = 1
        for row in rows:
            file.write("\n" * (row.ref.line - line))  # a line without a record stays a line
            cells = [" ".join(cell.split()) for cell in row.cells]
            longest = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
            writer.writerow(cells[: max(width, longest)])
            line = row.ref.line + 1
