"""CSV and TSV files into the tables `lines` and `broken`: every record into exactly one of them.

DuckDB reads a regular file, and what it read is compared with an independent count. A file that is
not regular, or on which the two disagree, is read in Python and written anew for DuckDB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.sources.headers import header_of, united
from precert.batch.sources.text_copy import load_copy
from precert.batch.sources.text_engine import loaded_by_engine
from precert.batch.sources.text_facts import facts_of
from precert.batch.sql import FILE, ROW, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

    from precert.batch.sources.kinds import Kind


def load_text(con: DuckDBPyConnection, files: Sequence[str], kind: Kind) -> tuple[str, ...]:
    """Create `lines`, fill it and `broken` from the files, and return the names of the columns.

    Every column is VARCHAR and untouched; an empty field is NULL, as is a column that a file lacks.
    Raises UnreadableLines.
    """
    headers = [header_of(path, kind) for path in files]
    names = united(header.names for header in headers)
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in names)
    con.execute(f"CREATE TEMP TABLE lines ({FILE} INTEGER, {ROW} BIGINT, {columns})")
    for number, (path, header) in enumerate(zip(files, headers, strict=True)):
        facts = facts_of(path, header)
        if not facts.is_regular or not loaded_by_engine(con, number, path, header, facts):
            load_copy(con, number, path, header)
    return names
