"""The lines without an answer, each with its file, line number and reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.columns import Role
from precert.batch.line_numbers import number_lines
from precert.batch.sinks import pass_through
from precert.batch.sql import FILE, ROW, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duckdb import DuckDBPyConnection

    from precert.batch.duckdb import Answered
    from precert.batch.sources import Source
    from precert.batch.sources.kinds import Kind

OWN = ("reject_file", "reject_line", "reject_reason", "reject_text")
"""What the rejects file says of a line beside the line's own columns.

`reject_text` is the text of a record that could not be read as one, and so has no columns.
"""
FIRST = 5
"""How many rejects a run tells."""


class Reject(NamedTuple):
    """Where a line without an answer stands, and why it has none."""

    file: str
    line: int
    reason: str


def as_told(
    names: Iterable[str], columns: Mapping[str, str] | None, *, whole: bool
) -> tuple[dict[str, str], bool]:
    """Return what is told about a table: its columns, and whether an order's lines are all of it.

    In a table of an earlier run's rejects they are not, whatever it says: others were answered.
    """
    told = dict(columns or {})
    if OWN[2] not in names:
        return told, whole
    return {**told, Role.COMPLETE: ""}, False


def rejects_beside(output: str) -> str:
    """Return where the rejects go if nothing is told: `answers.rejects.csv`."""
    folder, slash, name = output.rstrip("/").rpartition("/")
    stem = re.sub(r"\.(parquet|(csv|tsv|jsonl|ndjson)(\.gz)?)$", "", name, flags=re.IGNORECASE)
    return f"{folder}{slash}{stem}.rejects.csv"


def create_rejects(answered: Answered, source: Source, count: int) -> int:
    """Create `rejects` (file, row, line, reason, text) and return how many there are.

    `count` lines were answered. A line that is neither answered nor rejected is a bug of ours:
    raises RuntimeError.
    """
    con = answered.asked.con
    lines = _count(con, "lines")
    if count == lines:
        con.execute("CREATE TABLE unanswered (file INTEGER, row BIGINT, reason VARCHAR)")
    else:
        con.execute(f"CREATE TABLE unanswered AS {answered.rejects()}")
    found = _count(con, "unanswered")
    if count + found != lines:
        message = f"{lines} lines, but {count} answered and {found} rejected"
        raise RuntimeError(message)
    number_lines(source, con)
    con.execute(f"""
        CREATE TABLE rejects AS
        SELECT file, row, coalesce(r.line, row + {source.first_line}) AS line, reason,
            NULL::VARCHAR AS text
        FROM unanswered LEFT JOIN record_lines r USING (file, row)
        UNION ALL SELECT {FILE}, NULL, line, reason, text FROM broken
    """)
    return found + _count(con, "broken")


def rejects_query(source: Source, kind: Kind) -> str:
    """Return the query for the rejects file: what `OWN` names, around the line's own columns.

    Own columns of those names are left out: so a file of rejects can be mended and read again.
    """
    kept = [at for at, name in enumerate(source.names) if name.lower() not in OWN]
    passed = pass_through(source, kind)
    lines = _select(source, [passed[at] for at in kept])
    broken = _select(source, [f"NULL AS {quoted(source.names[at])}" for at in kept])
    return f"""
        SELECT * EXCLUDE ({FILE}) FROM (
            {lines} FROM lines l JOIN rejects r ON r.row = l.{ROW} AND r.file = l.{FILE}
            UNION ALL {broken} FROM rejects r WHERE r.row IS NULL
        ) ORDER BY {FILE}, {OWN[1]}
    """


def _select(source: Source, own: list[str]) -> str:
    file, line, reason, text = OWN
    name = f"[{', '.join(map(literal, source.files))}][r.file + 1] AS {file}"
    around = [f"r.file AS {FILE}", name, f"r.line AS {line}", f"r.reason AS {reason}"]
    return f"SELECT {', '.join([*around, *own, f'r.text AS {text}'])}"


def first_rejects(con: DuckDBPyConnection, source: Source) -> tuple[Reject, ...]:
    """Return the first of the rejects, as they stand in their file."""
    query = f"SELECT file, line, reason FROM rejects ORDER BY file, line LIMIT {FIRST}"
    rows = con.execute(query).fetchall()
    return tuple(Reject(source.files[file], line, reason) for file, line, reason in rows)


def _count(con: DuckDBPyConnection, table: str) -> int:
    ((count,),) = con.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(count)
