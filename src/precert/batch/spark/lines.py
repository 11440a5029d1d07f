"""The lines of a run on Spark: told apart from broken records, answered, written and counted."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.contextual import MOST_BROKEN
from precert.batch.rejects import FIRST, OWN, Reject
from precert.batch.sources.text_records import SHOWN
from precert.batch.spark.extra import functions, pyspark, sql
from precert.batch.spark.frame import column
from precert.batch.spark.records import BROKEN, BROKEN_TEXT
from precert.batch.sql import FILE, ROW
from precert.batch.summary import count_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

    from precert.batch.spark.source import SparkSource
    from precert.batch.summary import Summary

REASON = "_precert_reason"
"""The column of answered lines that tells why one has no answer."""
PLACE = ("file", "ordinal")
"""The columns that say where an answered line stood, behind those of the answer."""
_CUT = " " * SHOWN  # a text that may hold any order: then none counts as whole


class Records(NamedTuple):
    """The records of the files: `lines`, `broken` (None of Parquet), and their `total`.

    `texts` are those of the broken, or one that stands for too many of them.
    """

    lines: DataFrame
    broken: DataFrame | None
    total: int
    texts: tuple[str, ...]


@contextmanager
def told_apart(source: SparkSource) -> Iterator[Records]:
    """Yield the records of the source; reads all of it once, Parquet's only for their number."""
    if BROKEN not in source.records.columns:
        yield Records(source.records, None, source.records.count(), ())
        return
    observed = sql.Observation()
    reason = functions.col(BROKEN)
    counted = source.records.observe(observed, functions.count(functions.lit(1)).alias("records"))
    broken = counted.filter(reason.isNotNull()).select(FILE, ROW, BROKEN, BROKEN_TEXT)
    with kept(broken) as broken:
        count = broken.count()
        texts = [row[0] for row in broken.select(BROKEN_TEXT).limit(MOST_BROKEN).collect()]
        lines = source.records.filter(reason.isNull()).drop(BROKEN, BROKEN_TEXT)
        told = tuple(texts) if count <= MOST_BROKEN else (_CUT,)
        yield Records(lines, broken, int(observed.get["records"]), told)


@contextmanager
def kept(frame: DataFrame) -> Iterator[DataFrame]:
    """Yield the frame, kept on the disks of the executors so that it is computed once."""
    level = pyspark.StorageLevel.DISK_ONLY
    frame = frame.persist(level)
    try:
        yield frame
    finally:
        frame.unpersist()


def with_answer(answered: DataFrame, source: SparkSource, prefix: str) -> DataFrame:
    """Return the lines that have an answer: their own columns, the answer's, and their place.

    Spark shuffles lines: the last columns, file and ordinal, are the order that they stood in.
    """
    lines = answered.filter(functions.col(REASON).isNull()).drop(REASON)
    file, ordinal = (prefix + name for name in PLACE)
    placed = _with_file(lines, source, file).withColumn(ordinal, functions.col(ROW))
    own = [name for name in answered.columns if name not in {FILE, ROW, REASON}]
    return placed.select(*[column(name) for name in (*own, file, ordinal)])


def rejects_frame(answered: DataFrame, records: Records, source: SparkSource) -> DataFrame:
    """Return what has no answer: file, line, reason, the line's own columns, or the broken text.

    Own columns named as those of the rejects are left out: so rejects can be mended and read again.
    """
    file, line, reason, text = OWN
    own = [column(name) for name in source.names if name.lower() not in OWN]
    nothing = functions.lit(None).cast("string").alias(text)
    without = answered.filter(functions.col(REASON).isNotNull())
    rejects = without.select(
        FILE, functions.col(ROW).alias(line), functions.col(REASON).alias(reason), *own, nothing
    )
    if records.broken is not None:
        names = (FILE, line, reason, text)
        rejects = rejects.unionByName(records.broken.toDF(*names), allowMissingColumns=True)
    named = _with_file(rejects, source, file)
    others = [name for name in rejects.columns if name != FILE]
    return named.select(*[column(name) for name in (file, *others)])


def _with_file(frame: DataFrame, source: SparkSource, name: str) -> DataFrame:
    """Return the frame with a column of that name for the file that a line stands in."""
    numbers = [(number, found.name) for number, found in enumerate(source.files)]
    files = frame.sparkSession.createDataFrame(numbers, f"{FILE} int, _precert_name string")
    joined = frame.join(functions.broadcast(files), FILE, "left")
    return joined.withColumn(name, functions.col("_precert_name"))


def first_rejects(rejects: DataFrame) -> tuple[Reject, ...]:
    """Return the first of the rejects, by file and line."""
    first = rejects.select(*OWN[:3]).orderBy(*OWN[:2]).limit(FIRST).collect()
    return tuple(Reject(*row) for row in first)


def summarize_frame(answered: DataFrame, prefix: str) -> Summary:
    """Return the counts of the answered lines."""
    names = [
        column(prefix + name) for name in ("outcome", "platform", "route", "programs", "case_plan")
    ]
    rows = answered.filter(functions.col(REASON).isNull()).groupBy(*names).count().collect()
    return count_up((row[:-1], row[-1]) for row in rows)
