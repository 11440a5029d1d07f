"""What a file of order lines looks like before it is answered: its columns, and its first lines."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.columns import Columns, guess_columns
from precert.batch.engine_errors import enough_memory
from precert.batch.extras import import_extra
from precert.batch.files import MEMORY, engine_settings
from precert.batch.sources import open_source
from precert.batch.sql import ROW, quoted, text_of

if TYPE_CHECKING:
    from precert.rulebook import AnyRulebook

ROWS = 5
"""How many lines a preview shows."""


class Preview(NamedTuple):
    """The names of a file's columns, its first lines as texts, and what its columns may mean.

    `lines` counts those that can be read as records, `broken` the records that cannot, of which
    `first_broken` says the line and what is wrong with it. A role that no column's name tells, or
    that several may have, is not in `columns`.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: int
    broken: int
    first_broken: str
    columns: Columns


def preview(path: str, rulebook: AnyRulebook, spill: str | None = None) -> Preview:
    """Return what a file looks like; `spill` is as in `determine_files`.

    Raises `UnreadableLines` for a file that cannot be read at all.
    """
    duckdb = import_extra("duckdb", "a worklist", "batch")
    with (
        enough_memory(MEMORY),
        TemporaryDirectory(prefix="precert-", dir=spill) as spilled,
        duckdb.connect(config=engine_settings(None, None, spilled)) as con,
    ):
        source = open_source(con, [path])
        texts = ", ".join(
            f"{text_of(name, type_)} AS {quoted(name)}"
            for name, type_ in zip(source.names, source.types, strict=True)
        )
        rows = con.execute(f"SELECT {texts} FROM lines l ORDER BY {ROW} LIMIT {ROWS}").fetchall()
        ((lines, broken),) = con.execute(
            "SELECT (SELECT count(*) FROM lines), (SELECT count(*) FROM broken)"
        ).fetchall()
        found = con.execute("SELECT line, reason FROM broken ORDER BY line LIMIT 1").fetchone()
    first = f"line {found[0]}: {found[1]}" if found else ""
    shown = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
    return Preview(
        source.names, shown, lines, broken, first, guess_columns(source.names, [rulebook])
    )
