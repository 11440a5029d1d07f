"""Parquet files as the view `lines`: nothing is copied, the engine streams from the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.engine_errors import engine_error
from precert.batch.sources.engine_file import engine_path
from precert.batch.sources.headers import refuse
from precert.batch.sql import FILE, ROW, quoted
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

# DuckDB's own columns of a Parquet file: they number the files and the rows.
_TAKEN = ("file_index", "file_row_number")


def view_parquet(
    con: DuckDBPyConnection, files: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Create the view `lines` over the files, and return the names and types of its columns.

    A column that a file lacks is NULL there. Raises UnreadableLines for a file that is no Parquet,
    and for a column whose types in two files do not go together.
    """
    of_files = [_columns(con, path) for path in files]
    read = _read(files)
    try:
        described = con.execute(f"DESCRIBE FROM {read}").fetchall()
    except engine_error("Error") as error:
        reason = f"its columns and those of the other files do not go together ({_first(error)})"
        raise UnreadableLines(files[0], reason) from error
    types = {name: kind for name, kind, *_ in described}
    columns = ", ".join(map(quoted, types))
    con.execute(f"""
        CREATE TEMP VIEW lines AS
        SELECT CAST(file_index AS INTEGER) AS {FILE}, file_row_number AS {ROW}, {columns}
        FROM {read}
    """)
    united = {name.lower(): kind for name, kind in types.items()}
    for number, (path, own) in enumerate(zip(files, of_files, strict=True)):
        other = {name: kind for name, kind in own.items() if united[name.lower()] != kind}
        if other:
            _try(con, number, path, other)
    return tuple(types), tuple(types.values())


def _columns(con: DuckDBPyConnection, path: str) -> dict[str, str]:
    """Return the columns of a file and their types."""
    try:
        described = con.execute(f"DESCRIBE FROM {_read([path])}").fetchall()
    except engine_error("Error") as error:
        reason = f"cannot be read as Parquet ({_first(error)})"
        raise UnreadableLines(path, reason) from error
    columns = {name: kind for name, kind, *_ in described}
    refuse(path, list(columns))
    for name in columns:
        if name.lower() in _TAKEN:
            raise UnreadableLines(path, f"the column {name!r} has a name of DuckDB's; rename it")
    return columns


def _try(con: DuckDBPyConnection, number: int, path: str, other: dict[str, str]) -> None:
    """Read a row of a file whose types differ from the united ones: there DuckDB would fail."""
    for name, kind in other.items():
        row = f"SELECT {quoted(name)} FROM lines WHERE {FILE} = {number} LIMIT 1"
        try:
            con.execute(row).fetchall()
        except engine_error("Error") as error:
            reason = f"its column {name!r} is {kind}, and another file's is not ({_first(error)})"
            raise UnreadableLines(path, reason) from error


def _read(files: Sequence[str]) -> str:
    paths = ", ".join(map(engine_path, files))
    return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


def _first(error: Exception) -> str:
    return str(error).partition("\n")[0]
