"""What a Spark task does: it gathers whole orders and answers them with the embedded engine.

Everything that the answer to a line depends on stands in its order, so that it does not matter
which orders are answered together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.batch.answers import ANSWER_COLUMNS
from precert.batch.asked import Asked
from precert.batch.columns import Columns, Role
from precert.batch.duckdb import answer_lines
from precert.batch.spark.extra import compute, duckdb, pa
from precert.batch.sql import BROKEN, FILE, ROW, create, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

    from precert.rulebook import AnyRulebook

KEY = "_precert_key"
"""The column that lines of one order share; the lines of a task are sorted by it."""
CHUNK_LINES = 500_000
_CHUNK_BYTES = 256 << 20  # of wide lines fewer are answered at once
_BATCH_LINES = 20_000  # handed back to Spark at once


class Job(NamedTuple):
    """What a task is told beside the lines.

    `json` are the columns that hold JSON text, `broken` the texts of records that are no lines,
    `reason` names the column that tells why a line has no answer, `names` those of the batches.
    """

    rulebook: AnyRulebook
    columns: Columns
    json: frozenset[str]
    date_format: str | None
    whole: bool
    prefix: str
    broken: tuple[str, ...]
    reason: str
    names: tuple[str, ...] = ()
    chunk_lines: int = CHUNK_LINES


def answer_batches(job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the lines, without `KEY`, with their answers and the reason of those without one."""
    named = (batch.rename_columns(list(job.names)) for batch in batches)
    for chunk in _whole_orders(named, job.chunk_lines):
        lines = pa.Table.from_batches(chunk).combine_chunks()
        answered = _answered(job, lines.drop_columns([KEY]))
        numbers = [f"_{place}" for place in range(answered.num_columns)]
        yield from answered.rename_columns(numbers).to_batches(_BATCH_LINES)


def _whole_orders(
    batches: Iterable[pa.RecordBatch], chunk_lines: int
) -> Iterator[list[pa.RecordBatch]]:
    """Yield the batches in chunks of about so many lines, cut only between two keys."""
    chunk: list[pa.RecordBatch] = []
    for batch in batches:
        if _is_full(chunk, chunk_lines):
            first = _lines_of_key(batch, chunk[-1].column(KEY)[-1].as_py())
            if first < batch.num_rows:  # another order begins in this batch
                yield [*chunk, batch.slice(0, first)]
                chunk, batch = [], batch.slice(first)  # noqa: PLW2901 - the rest of it
        if batch.num_rows:
            chunk.append(batch)
    if chunk:
        yield chunk


def _is_full(chunk: list[pa.RecordBatch], chunk_lines: int) -> bool:
    lines = sum(batch.num_rows for batch in chunk)
    letters: int = sum(batch.nbytes for batch in chunk)
    return lines >= chunk_lines or letters >= _CHUNK_BYTES


def _lines_of_key(batch: pa.RecordBatch, key: str) -> int:
    """Return how many lines at the head of the sorted batch have the key."""
    return compute.sum(compute.equal(batch.column(KEY), key)).as_py() or 0


def _answered(job: Job, lines: pa.Table) -> pa.Table:
    with duckdb.connect() as con:
        con.execute("SET threads = 1")  # Spark runs a task for each core
        asked = _ask(con, job, lines)
        answered = answer_lines(asked)
        texts = [
            f"{quoted(job.prefix + name)}::VARCHAR AS {quoted(job.prefix + name)}"
            for name in ANSWER_COLUMNS
            if name != "primary_line"
        ]
        answers = con.sql(f"""
            SELECT * REPLACE ({", ".join(texts)})
            FROM ({answered.answers([f"l.{ROW} AS row"], job.prefix)})
            UNION ALL BY NAME SELECT row, reason AS {quoted(job.reason)} FROM ({answered.rejects()})
            ORDER BY row
        """).to_arrow_table()
    if answers.column("row").to_pylist() != list(range(lines.num_rows)):
        message = f"of {lines.num_rows} lines not each has one answer or one reason"
        raise RuntimeError(message)
    return _beside(job, lines, answers.drop_columns(["row"]))


def _ask(con: DuckDBPyConnection, job: Job, lines: pa.Table) -> Asked:
    """Make the lines, which are in their order, the relation `lines` of the connection."""
    names = list(dict.fromkeys(name for found in job.columns.values() for name in found))
    rows = con.sql(f"SELECT range AS row FROM range({lines.num_rows})").to_arrow_table()
    con.register("given", lines.select(names).append_column(ROW, rows.column(0)))
    described = con.execute("DESCRIBE given").fetchall()
    types = {name: kind for name, kind, *_ in described if name != ROW}
    types |= dict.fromkeys(job.json.intersection(names), "JSON")
    json = [f"{quoted(name)}::JSON AS {quoted(name)}" for name in names if name in job.json]
    own = f"* REPLACE ({', '.join(json)})" if json else "*"
    con.execute(f"CREATE VIEW lines AS SELECT 0 AS {FILE}, {own} FROM given")
    create(con, "broken", BROKEN, [(0, 0, "", text) for text in job.broken])
    return Asked(con, job.rulebook, job.columns, types, names, job.date_format, job.whole)


def _beside(job: Job, lines: pa.Table, answers: pa.Table) -> pa.Table:
    """Return the lines with the columns of the answers behind their own, as Spark expects them."""
    line_id = job.columns.get(Role.LINE_ID)
    primary = lines.schema.field(line_id[0]).type if line_id else pa.int64()
    for name in (*(job.prefix + name for name in ANSWER_COLUMNS), job.reason):
        kind = primary if name == f"{job.prefix}primary_line" else pa.string()
        lines = lines.append_column(name, answers.column(name).cast(kind))
    return lines
