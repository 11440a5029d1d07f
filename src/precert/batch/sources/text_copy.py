"""A CSV or TSV file that DuckDB cannot be trusted with: read in Python, written anew, then loaded.

The copy quotes every field and ends every record with LF, so that there is nothing left to guess.
It lies in the folder for temporary files, readable by its owner alone, while the file is loaded.
"""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from precert.batch.sources.text_engine import insert_lines
from precert.batch.sources.text_lines import LONGEST
from precert.batch.sources.text_records import records
from precert.batch.sql import BROKEN, insert
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from precert.batch.sources.headers import Header
    from precert.batch.sources.text_records import Record

_BATCH = 10_000
# A letter has up to four bytes, a quote is doubled, and a field of none becomes two quotes.
_LONGEST_COPIED = 8 * LONGEST


class BrokenRows:
    """Collects rows for `broken` and puts them there in batches."""

    def __init__(self, con: DuckDBPyConnection, number: int) -> None:
        """Take the connection and the number of the file."""
        self._con, self._number = con, number
        self._rows: list[tuple[int, int, str, str]] = []

    def add(self, line: int, reason: str, text: str) -> None:
        """Take a record that cannot be read."""
        self._rows.append((self._number, line, reason, text))
        if len(self._rows) == _BATCH:
            self.flush()

    def flush(self) -> None:
        """Put into the table what was collected."""
        insert(self._con, "broken", BROKEN, self._rows)
        self._rows = []


def load_copy(con: DuckDBPyConnection, number: int, path: str, header: Header) -> None:
    """Load the file into `lines` and `broken`. Raises UnreadableLines."""
    with TemporaryDirectory(prefix="precert-") as folder:
        copy = Path(folder) / "copy.csv"
        written = _write(con, number, path, header.delimiter, copy)
        options = f"header = false, new_line = '\\n', max_line_size = {_LONGEST_COPIED}"
        as_written = header._replace(delimiter=",")
        loaded = insert_lines(con, number, str(copy), as_written, options)
    if loaded != written:
        reason = f"has {written} records, and {loaded} were loaded; save it as plain CSV (UTF-8)"
        raise UnreadableLines(path, reason)


def _write(con: DuckDBPyConnection, number: int, path: str, delimiter: str, copy: Path) -> int:
    broken, written = BrokenRows(con, number), 0
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for record in _after_header(path, delimiter):
            if record.reason:
                broken.add(record.line, record.reason, record.text)
            else:
                writer.writerow(record.fields)
                written += 1
    broken.flush()
    return written


def _after_header(path: str, delimiter: str) -> Iterator[Record]:
    read = records(path, delimiter)
    next(read)
    return read
