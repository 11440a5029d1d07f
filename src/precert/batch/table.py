"""Tables in memory: Arrow, Polars or pandas in, the same kind out, with the answers beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from precert.batch.asked import Asked
from precert.batch.columns import Columns, find_columns
from precert.batch.duckdb import answer_lines
from precert.batch.extras import import_extra
from precert.batch.frames import Frame
from precert.batch.rejects import as_told
from precert.batch.sql import BROKEN, FILE, ROW, create
from precert.batch.summary import summarize
from precert.errors import BadColumns
from precert.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from precert.batch.summary import Summary
    from precert.rulebook import AnyRulebook


class TableAnswers(NamedTuple):
    """What was answered: two tables of the kind that was given.

    `answers` are the answered lines in their order, with the columns of `ANSWER_COLUMNS` behind
    their own; `rejects` the others, with `reject_row` (from 0) and `reject_reason` before theirs,
    and in the place of what an earlier run said there.
    """

    answers: Any
    rejects: Any
    summary: Summary


def determine_table(  # noqa: PLR0913 - what can be told about a table
    table: Any,  # noqa: ANN401 - any table that speaks Arrow
    rulebook: AnyRulebook | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    whole: bool = True,
    prefix: str = "",
) -> TableAnswers:
    """Return the determinations of a table of order lines, as `determine` gives them.

    `table` is an Arrow table, a Polars or pandas frame, or anything else that speaks Arrow's C
    stream interface; the last comes back as an Arrow table. Its own columns are not copied where
    every line is answered. `columns` tells what its columns mean (`{"code": "CPT"}`) where their
    names do not; `date_format` how texts write dates (`us`, or a pattern such as `%d.%m.%Y`);
    `whole` that an order's lines are all of it where no column `complete` tells. Raises
    `BadColumns`, `BadOrder` for a date format, and `MissingExtra`.
    """
    duckdb = import_extra("duckdb", "answering a table", "batch")
    arrow = import_extra("pyarrow", "answering a table", "batch")
    with duckdb.connect() as con:
        frame = Frame(con, arrow, table)
        told, whole = as_told(frame.names, columns, whole=whole)
        book = rulebook or load_rulebook()
        found = find_columns(frame.names, told, [book])
        types = _register(con, frame, found)
        asked = Asked(con, book, found, types, frame.names, date_format, whole)
        answered = answer_lines(asked)
        answers = con.sql(answered.answers([f"l.{ROW}"], prefix)).to_arrow_table()
        rejects = con.sql(answered.rejects()).to_arrow_table().drop_columns(["file"])
        rejects = rejects.rename_columns(["reject_row", "reject_reason"])
        summary = summarize(answered)
    if answers.num_rows + rejects.num_rows != len(frame.rows):  # a bug of ours
        message = (
            f"{len(frame.rows)} lines, {answers.num_rows} answered, {rejects.num_rows} rejected"
        )
        raise RuntimeError(message)
    return TableAnswers(frame.answered(answers), frame.rejected(rejects), summary)


def _register(con: DuckDBPyConnection, frame: Frame, columns: Columns) -> dict[str, str]:
    """Make the frame the relation `lines` of the connection; return the types of its columns.

    Only the columns that mean something are given to DuckDB: it need not know the others' types.
    """
    names = list(dict.fromkeys(name for names in columns.values() for name in names))
    if len({name.lower() for name in names}) < len(names):
        read = f"columns that differ only in case ({', '.join(names)})"
        raise BadColumns(read=read, expected="other names for them")
    used = frame.columns(names)
    con.register("given", used.append_column(ROW, frame.rows))
    con.execute(f"CREATE VIEW lines AS SELECT 0 AS {FILE}, * FROM given")
    create(con, "broken", BROKEN)
    described = con.execute("DESCRIBE given").fetchall()
    return {name: kind for name, kind, *_ in described if name != ROW}
