"""Rows as comma-separated values that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from precert.rulebook.cells import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BLANK_FIRST = ("\t", "\r", "\n")  # a spreadsheet looks behind them


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the text of a CSV file; a cell that begins like a formula is written behind a `'`."""
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return sink.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BLANK_FIRST) else TEXT.form(cell)
