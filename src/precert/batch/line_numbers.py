"""Where in its file a record begins: the number that a reject is reported with."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from precert.batch.sources.headers import header_of
from precert.batch.sources.text_facts import facts_of
from precert.batch.sources.text_records import records
from precert.batch.sql import FILE, create, insert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from precert.batch.sources import Source

_LINES = {"file": "INTEGER", "row": "BIGINT", "line": "BIGINT"}
_CHUNK = 50_000


def number_lines(source: Source, con: DuckDBPyConnection) -> None:
    """Create `record_lines`: file, row and line (from 1), where a row's number does not tell it.

    That is so for the rows of a CSV file with quoted line ends, empty lines or broken records, if
    `unanswered` names one of them: it is read again. Should that find another number of records
    than were loaded (the file was changed meanwhile), its records keep their numbers. Raises
    UnreadableLines.
    """
    create(con, "record_lines", _LINES)
    if not source.kind.is_delimited:
        return
    for (file,) in con.execute("SELECT DISTINCT file FROM unanswered").fetchall():
        if _row_tells(source, con, file):
            continue
        rows = _rows(source, file)
        while chunk := list(islice(rows, _CHUNK)):
            insert(con, "record_lines", _LINES, chunk)
        both = f"""
            SELECT (SELECT count(*) FROM record_lines WHERE file = {file}),
                (SELECT count(*) FROM lines WHERE {FILE} = {file})
        """
        ((found, loaded),) = con.execute(both).fetchall()
        if found != loaded:
            con.execute(f"DELETE FROM record_lines WHERE file = {file}")


def _row_tells(source: Source, con: DuckDBPyConnection, file: int) -> bool:
    """Return whether every record of a CSV file stands on the line after the one before."""
    path = source.files[file]
    facts = facts_of(path, header_of(path, source.kind))
    broken = con.execute(f"SELECT 1 FROM broken WHERE {FILE} = {file} LIMIT 1").fetchone()
    return facts.is_regular and not (facts.has_quoted_breaks or facts.blank or broken)


def _rows(source: Source, file: int) -> Iterator[tuple[int, int, int]]:
    path = source.files[file]
    read = records(path, header_of(path, source.kind).delimiter)
    next(read)  # the header
    readable = (record.line for record in read if not record.reason)
    return ((file, row, line) for row, line in enumerate(readable))
