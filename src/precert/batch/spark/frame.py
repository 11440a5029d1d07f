"""A Spark frame of order lines: shuffled so that no order is split, answered by the tasks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from precert.batch.answers import ANSWER_COLUMNS
from precert.batch.asked import Asked
from precert.batch.columns import Role, find_columns
from precert.batch.dates import date_reader
from precert.batch.duckdb import Answered
from precert.batch.spark.extra import duckdb, functions, types
from precert.batch.spark.worker import KEY, Job, answer_batches
from precert.batch.sql import FILE, ROW
from precert.errors import BadColumns
from precert.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import StructType

    from precert.rulebook import AnyRulebook


def determine_frame(  # noqa: PLR0913 - what can be told about a table
    frame: DataFrame,
    rulebook: AnyRulebook | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    whole: bool = True,
    prefix: str = "",
    broken: Sequence[str] = (),
    json: frozenset[str] = frozenset(),
    reason: str = "reject_reason",
) -> DataFrame:
    """Return the frame's lines with the columns of `ANSWER_COLUMNS` behind their own.

    A last column, `reason`, tells why a line has no answer, and is null where it has one. The
    answers are those of `determine_table`, which tells what the arguments mean. The lines of an
    order stand in the order of the columns `_precert_file` and `_precert_row` where the frame has
    both, else in that of the frame; they come back shuffled. `broken` are the texts of records that
    may hold further lines of any order, `json` the columns that hold JSON. Nothing is read until
    Spark is asked for the result. Raises `BadColumns`, and `BadOrder` for a date format.
    """
    own = [name for name in frame.columns if name not in {FILE, ROW}]
    book = rulebook or load_rulebook()
    found = find_columns(own, columns or {}, [book])
    job = Job(book, found, json, date_format, whole, prefix, tuple(broken), reason)
    _check(frame, own, job)
    placed = {FILE, ROW}.issubset(frame.columns)
    if not placed:
        frame = frame.withColumn(ROW, functions.monotonically_increasing_id())
    (order_id,) = found[Role.ORDER_ID]
    keyed = frame.withColumn(KEY, _key(column(order_id), json=order_id in json))
    shuffled = keyed.repartition(functions.col(KEY)).sortWithinPartitions(
        KEY, *([FILE, ROW] if placed else [ROW])
    )
    # Spark hands columns to a task by name, and cannot where a name holds a dot or a backtick.
    plain = shuffled.toDF(*(f"_{place}" for place in range(len(shuffled.columns))))
    schema = _schema(frame, job)
    job = job._replace(names=tuple(shuffled.columns))
    answered = plain.mapInArrow(partial(answer_batches, job), _numbered(schema))
    answered = answered.toDF(*schema.names)
    return answered if placed else answered.drop(ROW)


def column(name: str) -> Column:
    """Return the column of that name, whatever letters stand in it."""
    return functions.col("`" + name.replace("`", "``") + "`")


def json_string(text: Column) -> Column:
    """Return what a JSON string says, without its quotes."""
    held = functions.concat(functions.lit('{"v":'), text, functions.lit("}"))
    return functions.get_json_object(held, "$.v")


def _key(order_id: Column, *, json: bool) -> Column:
    """Return a text that all lines of an order share: coarser than the engine's own notion.

    Lines without an order would all meet in one task; each has a key of its own instead.
    """
    text = order_id.cast("string")
    if json:  # "A1" and "\u00411" are one
        text = functions.when(text.startswith('"'), json_string(text)).otherwise(text)
    bare = functions.regexp_replace(text, r"[\s\p{Z}\p{C}]", "")
    if json:  # 7, 7.0 and "7.0" may be one
        bare = functions.coalesce(bare.try_cast("double").cast("string"), bare)
    alone = functions.concat(functions.lit("\x00"), functions.monotonically_increasing_id())
    return functions.when(functions.trim(text) != "", bare).otherwise(alone)


def _check(frame: DataFrame, own: list[str], job: Job) -> None:
    """Refuse here, before any task runs, what the engine would refuse there."""
    twice = sorted({name for name in own if own.count(name) > 1})
    if twice:
        raise BadColumns(
            read=f"the column {', '.join(twice)} more than once", expected="each name once"
        )
    if job.reason in own or KEY in own:
        raise BadColumns(
            read=f"a column {job.reason}", expected="another name; precert adds this one"
        )
    date_reader(job.date_format)
    with duckdb.connect() as con:
        con.register("given", frame.limit(0).toArrow())
        types = {name: kind for name, kind, *_ in con.execute("DESCRIBE given").fetchall()}
        types |= dict.fromkeys(job.json, "JSON")
        asked = Asked(con, job.rulebook, job.columns, types, own)
    Answered(asked).answers([], job.prefix)


def _schema(frame: DataFrame, job: Job) -> StructType:
    line_id = job.columns.get(Role.LINE_ID)
    primary = frame.schema[line_id[0]].dataType if line_id else types.LongType()
    added = [
        types.StructField(
            job.prefix + name, primary if name == "primary_line" else types.StringType()
        )
        for name in ANSWER_COLUMNS
    ]
    own = list(frame.schema.fields)
    return types.StructType([*own, *added, types.StructField(job.reason, types.StringType())])


def _numbered(schema: StructType) -> StructType:
    fields = enumerate(schema.fields)
    return types.StructType([types.StructField(f"_{n}", field.dataType) for n, field in fields])
