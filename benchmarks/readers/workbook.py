"""The reader of workbooks against openpyxl: `python -m benchmarks.readers.workbook`.

The workbook is made anew: a list of so many rows in seven columns, texts as lists have them, a
coloured header, codes of digits as numbers. openpyxl gives the values of its cells in read-only
mode and nothing else; ours gives rows with their places and what the sheet shows beside its values.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

from precert.documents import document_of
from precert.tables import read_tables
from precert.tables.apart import read_apart
from precert.tables.xlsx import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.model import Document

ROWS, RUNS = 100_000, 5
HEADER = ("Category", "Code", "Description", "Required?", "Platform", "Note", "Effective")
WORDS = frozenset(HEADER)


def main() -> None:
    """Make the workbook, time each reader in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=RUNS)
    told = parser.parse_args()
    missing = [name for name in ("openpyxl", "xlsxwriter") if not find_spec(name)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; pip install --group dev --group bench")
    document = made(told.rows)
    print(f"{told.rows:,} rows of {len(HEADER)} cells, {len(document.content) / 1e6:.1f} MB")
    small = made(1)
    timed(
        told.runs,
        told.rows,
        {
            "openpyxl, read-only, values alone": lambda: by_openpyxl(document),
            "read_workbook, in this process": lambda: read_workbook(document, WORDS),
            "read_tables, in a process of its own": lambda: read_tables(document, WORDS),
        },
    )
    timed(told.runs, 1, {"a workbook of one row, apart": lambda: read_apart("xlsx", small, WORDS)})


def made(rows: int) -> Document:
    """Return a workbook of so many rows."""
    import xlsxwriter  # noqa: PLC0415 - main says so where it is missing

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.write_row(0, 0, HEADER, book.add_format({"bg_color": "#DDEEFF", "bold": True}))
        for row in range(rows):
            code = f"E{row % 10_000:04}" if row % 3 else 20_000 + row % 70_000
            decision = "Yes" if row % 4 else "No"
            note = f"Purchase only in case {row % 90}" if row % 5 == 0 else ""
            cells = (f"Category {row % 40}", code, f"Invented item {row % 9_000} of a list")
            sheet.write_row(row + 1, 0, (*cells, decision, "Northwind", note, "1/1/2026"))
    return document_of("list.xlsx", file.getvalue())


def by_openpyxl(document: Document) -> int:
    """Return how many cells have a value, of all rows of the first sheet."""
    import openpyxl  # noqa: PLC0415 - as above

    book = openpyxl.load_workbook(io.BytesIO(document.content), read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    return sum(value is not None for row in rows for value in row)


def timed(runs: int, rows: int, readers: dict[str, Callable[[], object]]) -> None:
    """Print the median of the runs of each reader, taken in turn; a first run is not counted.

    Of a busy machine the processor time, that of the processes started included, says more than
    the wall clock.
    """
    walls: dict[str, list[float]] = {name: [] for name in readers}
    processor: dict[str, list[float]] = {name: [] for name in readers}
    for run in range(runs + 1):
        for name, read in readers.items():
            used, start = sum(os.times()[:4]), time.perf_counter()
            read()
            if run:
                walls[name].append(time.perf_counter() - start)
                processor[name].append(sum(os.times()[:4]) - used)
    for name, taken in walls.items():
        wall, used = statistics.median(taken), statistics.median(processor[name])
        spread = max(taken) / min(taken)
        print(
            f"  {name:<38} {wall:7.3f} s (spread {spread:.2f})  processor {used:7.3f} s"
            f"  {rows / wall:9,.0f} rows/s"
        )


if __name__ == "__main__":
    main()
