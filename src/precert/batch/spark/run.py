"""Order lines with Spark: Spark reads, shuffles and writes, the embedded engine answers.

No order is split over tasks. Its lines stand in the order of their files and of the lines in them.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from precert.batch.columns import Role, find_columns
from precert.batch.files import Run
from precert.batch.rejects import as_told, rejects_beside
from precert.batch.sources.kinds import KNOWN_SUFFIXES, kind_of
from precert.batch.spark.errors import readable
from precert.batch.spark.files import Files
from precert.batch.spark.frame import determine_frame
from precert.batch.spark.lines import (
    REASON,
    first_rejects,
    kept,
    rejects_frame,
    summarize_frame,
    told_apart,
    with_answer,
)
from precert.batch.spark.session import same_splits, session
from precert.batch.spark.sink import drafts, write_frame
from precert.batch.spark.source import open_spark_source
from precert.errors import Unwritable
from precert.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyspark.sql import SparkSession

    from precert.batch.columns import Columns
    from precert.batch.sources.kinds import Kind
    from precert.rulebook import AnyRulebook


def determine_spark(  # noqa: PLR0913 - what can be told about a run
    spark_or_master: SparkSession | str | None,
    inputs: Sequence[str],
    output: str,
    rulebook: AnyRulebook | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    whole: bool = True,
    prefix: str = "",
    rejects: str | None = None,
    force: bool = False,
    summary: bool = False,
    started: Callable[[Columns, bool], None] | None = None,
) -> Run:
    """Write the answered lines of the inputs as the folder `output`, the others as rejects.

    The arguments are those of `determine_files`, with folders of part files in the place of files,
    and names as Spark takes them (`hdfs://`, `s3a://`). `spark_or_master` is a session, which is
    left running, or the master of one of our own (this machine where nothing is told). The lines
    come out shuffled. Both folders appear when they are whole. Raises `CallerError`,
    `UnreadableError`, and RuntimeError where a line is lost, which is a bug of ours.
    """
    target, refused = output, rejects or rejects_beside(output)
    kinds = {path: _kind(path) for path in (target, refused)}
    book = rulebook or load_rulebook()
    with ExitStack() as stack:
        spark = stack.enter_context(session(spark_or_master))
        stack.enter_context(same_splits(spark))
        files = Files(spark)
        lines, kind = files.find(inputs)
        stack.enter_context(readable(lines))
        pending = stack.enter_context(drafts(files, [refused, target], lines, force=force))
        source = open_spark_source(spark, lines, kind)
        told, whole = as_told(source.names, columns, whole=whole)
        found = find_columns(source.names, told, [book])
        if started is not None:
            started(found, whole)
        records = stack.enter_context(told_apart(source))
        frame = determine_frame(
            records.lines,
            book,
            columns=told,
            date_format=date_format,
            whole=whole,
            prefix=prefix,
            broken=records.texts,
            json=source.json,
            reason=REASON,
        )
        answered = stack.enter_context(kept(frame))
        rejected = rejects_frame(answered, records, source)
        json = source.json
        if json and Role.LINE_ID in found:
            json |= {f"{prefix}primary_line"}
        written = write_frame(
            with_answer(answered, source, prefix), pending[target], kinds[target], json
        )
        lost = write_frame(rejected, pending[refused], kinds[refused], json)
        if written + lost != records.total:
            message = f"{records.total} lines, but {written} answered and {lost} rejected"
            raise RuntimeError(message)
        run = Run(
            records.total,
            written,
            lost,
            found,
            target,
            refused,
            first_rejects(rejected),
            (),  # the stages are Spark's own to tell
            summarize_frame(answered, prefix) if summary else None,
            book.digest,
        )
        pending.put()
    return run


def _kind(path: str) -> Kind:
    kind = kind_of(path.rstrip("/"))
    if kind is None:
        raise Unwritable(path, f"is of no known kind, expected {KNOWN_SUFFIXES}")
    return kind
