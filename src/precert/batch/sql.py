"""Pieces of SQL that several stages write: names, texts of columns, small tables from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

FILE, ROW = "_precert_file", "_precert_row"
"""The columns of the relation `lines` that say where a line stands: file and row, from 0."""


BROKEN = {FILE: "INTEGER", "line": "BIGINT", "reason": "VARCHAR", "text": "VARCHAR"}
"""The columns of the relation `broken`: the records that are no lines."""

CODE, DAY, LINE_FACTS, ORDER_FACTS = (
    f"l._precert_{name}" for name in ("code", "day", "line_facts", "order_facts")
)
CONTEXT, ANSWER = "l._precert_context", "l._precert_answer"
"""What joined lines `l` have beside their columns: structs, null where nothing was found."""


def place(file: str, row: str) -> str:
    """Return the expression for one number that says where a line stands."""
    return f"(({file}::BIGINT << 40) | {row})"


def quoted(name: str) -> str:
    """Return the name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return the text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def stripped(text: str) -> str:
    """Return the expression for a text without what Python's `strip` takes off, of any script."""
    return f"regexp_replace({text}, '^[\\s\\pZ]+|[\\s\\pZ]+$', '', 'g')"


def look_up(lines: str, table: str, keys: Mapping[str, str], column: str) -> str:
    """Return the lines `l` of a relation of lines `l`, with the row of a table that is theirs.

    `keys` are the table's columns, and the expressions over a line that they equal (null too). The
    row is a struct, in a column of that name. DuckDB joins a subquery of one row without moving a
    line, if it compares plain columns; any other join moves some, where two keys share a place in
    its hash table.
    """
    name = column.removeprefix("l.")
    plain = {f"{name}_{key}": expression for key, expression in keys.items()}
    made = ", ".join(f"{expression} AS {key}" for key, expression in plain.items())
    same = " AND ".join(
        f"t.{key} IS NOT DISTINCT FROM l.{mine}" for key, mine in zip(keys, plain, strict=True)
    )
    found = f"(SELECT t FROM {table} t WHERE {same}) AS {name}"
    return f"""
        (SELECT l.* EXCLUDE ({", ".join(plain)}), {found}
         FROM (SELECT l.*, {made} FROM {lines}) l) l
    """


def text_of(name: str, duck_type: str) -> str:
    """Return the expression for the text of a column: of a JSON value, what it says unquoted."""
    column = f"l.{quoted(name)}"
    if duck_type == "JSON":
        return json_text(column)
    return column if duck_type == "VARCHAR" else f"CAST({column} AS VARCHAR)"


def json_text(column: str) -> str:
    """Return the expression for the text of a JSON value: a string unquoted, a number as printed.

    `->>` alone would print 0.10 as 0.1.
    """
    as_printed = f"CAST({column} AS VARCHAR)"
    return f"if(starts_with({as_printed}, '\"'), {column} ->> '$', {as_printed})"


def create(
    con: DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[object]] = (),
) -> None:
    """Create a table of these columns (name to type) anew, and put the rows into it."""
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    con.execute(f"CREATE OR REPLACE TABLE {table} ({declared})")
    insert(con, table, columns, rows)


def insert(
    con: DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Put rows into a table: column by column, a hundred times as fast as row by row."""
    by_column = list(zip(*rows, strict=True))
    if by_column:
        values = ", ".join(f"unnest(CAST(? AS {kind}[]))" for kind in columns.values())
        con.execute(f"INSERT INTO {table} SELECT {values}", [list(values) for values in by_column])
