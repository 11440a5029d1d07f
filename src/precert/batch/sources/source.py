"""Files in, a relation of lines out: what every stage behind it reads, whatever the files were."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.batch.sources.found_files import find_files
from precert.batch.sources.json_source import load_json
from precert.batch.sources.parquet_source import view_parquet
from precert.batch.sources.text_source import load_text
from precert.batch.sql import BROKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

    from precert.batch.sources.kinds import Kind


class Source(NamedTuple):
    """The files, and the names and DuckDB types of the user's columns, in order."""

    files: tuple[str, ...]
    names: tuple[str, ...]
    types: tuple[str, ...]
    kind: Kind

    @property
    def first_line(self) -> int:
        """The line of the first record of a file where every record is on a line of its own."""
        return 2 if self.kind.is_delimited else 1


def open_source(con: DuckDBPyConnection, paths: Sequence[str]) -> Source:
    """Return what the paths lead to, and create the relations `lines` and `broken` in `con`.

    `lines` holds `_precert_file` (index into the files), `_precert_row` (from 0, in the order of
    the file) and the user's columns; `broken` one row for every record that cannot be read: file,
    line (from 1), reason and text. Raises UnreadableLines for a file without any readable record.
    """
    files, kind = find_files(paths)
    _clear(con)
    columns = ", ".join(f"{name} {type_}" for name, type_ in BROKEN.items())
    con.execute(f"CREATE TEMP TABLE broken ({columns})")
    if kind.format == "parquet":
        names, types = view_parquet(con, files)
    elif kind.format == "jsonl":
        names = load_json(con, files)
        types = ("JSON",) * len(names)
    else:
        names = load_text(con, files, kind)
        types = ("VARCHAR",) * len(names)
    return Source(files, names, types, kind)


def _clear(con: DuckDBPyConnection) -> None:
    """Drop what a source opened before has left."""
    con.execute("DROP TABLE IF EXISTS broken")
    was_view = con.execute("FROM duckdb_views() WHERE temporary AND view_name = 'lines'").fetchone()
    con.execute(f"DROP {'VIEW' if was_view else 'TABLE'} IF EXISTS lines")
