"""Files in, a Spark frame of order lines out: what Spark can reach, read as the embedded engine."""

from __future__ import annotations

import csv
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.batch.sources.headers import refuse, united
from precert.batch.spark.extra import functions, types
from precert.batch.spark.files import address_column
from precert.batch.spark.json_lines import FIRST, KEY, key_batches, value_batches
from precert.batch.spark.records import BROKEN, BROKEN_TEXT, Delimited, Layout, read_delimited
from precert.batch.spark.text import DELIMITERS, numbered_lines
from precert.batch.sql import FILE, ROW
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, SparkSession

    from precert.batch.sources.kinds import Kind
    from precert.batch.spark.found import Found
    from precert.batch.spark.text import TextFile

_MOST_KEYS = 2_000
_OURS = {FILE, ROW, BROKEN, BROKEN_TEXT}


class SparkSource(NamedTuple):
    """The files, and a frame of their records.

    The frame holds file (a number in `files`), row (the line where the record begins, from 1; of
    Parquet the number of the row) and the user's columns; where files are text also `BROKEN`, why a
    record is no line, and `BROKEN_TEXT`. `json` are the columns that hold JSON as printed.
    """

    files: tuple[Found, ...]
    records: DataFrame
    json: frozenset[str]

    @property
    def names(self) -> list[str]:
        """The user's columns."""
        return [name for name in self.records.columns if name not in _OURS]


def open_spark_source(spark: SparkSession, files: Sequence[Found], kind: Kind) -> SparkSource:
    """Return the records of the files, which are of that kind. Raises `UnreadableLines`."""
    if kind.format == "parquet":
        return SparkSource(tuple(files), _parquet(spark, files), frozenset())
    if kind.format == "jsonl":
        records, names = _json(spark, files)
        return SparkSource(tuple(files), records, frozenset(names))
    return SparkSource(tuple(files), _delimited(spark, files), frozenset())


def _parquet(spark: SparkSession, files: Sequence[Found]) -> DataFrame:
    read = spark.read.option("mergeSchema", "true").parquet(*[found.path for found in files])
    refuse(files[0].name, read.columns)
    numbers = [(found.address, number) for number, found in enumerate(files)]
    places = spark.createDataFrame(numbers, f"_precert_address string, {FILE} int")
    located = read.select(
        "*",
        address_column().alias("_precert_address"),
        (functions.col("_metadata.row_index") + 1).alias(ROW),
    )
    return located.join(functions.broadcast(places), "_precert_address", "left").drop(
        "_precert_address"
    )


def _delimited(spark: SparkSession, files: Sequence[Found]) -> DataFrame:
    lines, counted = numbered_lines(spark, files)
    headers = [_header(found, read) for found, read in zip(files, counted, strict=True)]
    names = united(header for _, header in headers)
    place_of = {name.lower(): place for place, name in enumerate(names)}
    layouts = {
        number: Layout(
            counted[number].first_line, delimiter, tuple(place_of[name.lower()] for name in header)
        )
        for number, (delimiter, header) in enumerate(headers)
    }
    across = [
        number for number, layout in layouts.items() if layout.delimiter in counted[number].may_open
    ]
    told = Delimited(layouts, len(names), names, across=False)
    schema = _schema(names)
    is_across = functions.col(FILE).isin(across)
    records = lines.filter(~is_across).mapInArrow(partial(read_delimited, told), schema)
    if across:  # such a file is read by one task, from its first line to its last
        whole = lines.filter(is_across).repartition(FILE).sortWithinPartitions(FILE, ROW)
        told = told._replace(across=True)
        records = records.union(whole.mapInArrow(partial(read_delimited, told), schema))
    return records


def _header(found: Found, counted: TextFile) -> tuple[str, tuple[str, ...]]:
    """Return the delimiter and the names of the columns; the one that gives the most of them."""
    reasons = []
    best: tuple[str, tuple[str, ...]] = ("", ())
    for delimiter in "\t" if ".tsv" in found.name.lower()[-7:] else DELIMITERS:
        try:
            fields = tuple(next(csv.reader([counted.first], delimiter=delimiter, strict=True)))
        except (csv.Error, StopIteration) as error:
            reasons.append(str(error))
            continue
        best = max(best, (delimiter, fields), key=lambda read: len(read[1]))
    if not counted.first:
        reason = "is empty, expected a header line with the names of the columns"
        raise UnreadableLines(found.name, reason)
    if "\ufffd" in counted.first or "\x00" in counted.first:
        raise UnreadableLines(found.name, "its header is not UTF-8; save it as CSV UTF-8")
    if not best[1]:
        reason = f"the header in line {counted.first_line} cannot be read: {reasons[0]}"
        raise UnreadableLines(found.name, f"{reason}; it must be one line")
    refuse(found.name, best[1])
    return best


def _json(spark: SparkSession, files: Sequence[Found]) -> tuple[DataFrame, tuple[str, ...]]:
    lines, _ = numbered_lines(spark, files)
    keys = lines.mapInArrow(key_batches, f"{KEY} string, {FIRST} string")
    first_seen = keys.groupBy(KEY).agg(functions.min(FIRST)).limit(_MOST_KEYS + 1).collect()
    names = tuple(key for key, _ in sorted(first_seen, key=lambda row: str(row[1])))
    if not 0 < len(names) <= _MOST_KEYS:
        shown = f"more than {_MOST_KEYS} keys" if names else "no object with a key"
        reason = f"its lines hold {shown}; expected an object with the same keys on each"
        raise UnreadableLines(files[0].name, reason)
    refuse(files[0].name, names)
    return lines.mapInArrow(partial(value_batches, names), _schema(names)), names


def _schema(names: Sequence[str]) -> Any:  # noqa: ANN401 - a StructType of pyspark
    text = types.StringType()
    fields = [
        types.StructField(FILE, types.IntegerType()),
        types.StructField(ROW, types.LongType()),
    ]
    fields += [types.StructField(name, text) for name in (*names, BROKEN, BROKEN_TEXT)]
    return types.StructType(fields)
