"""Spark frames out: a folder of part files, which has its name only when it is whole."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from precert.batch.spark.extra import functions, sql
from precert.batch.spark.frame import column, json_string
from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import Column, DataFrame

    from precert.batch.sources.kinds import Kind
    from precert.batch.spark.files import Files
    from precert.batch.spark.found import Found

_DELIMITERS = {"csv": ",", "tsv": "\t"}
_AS_TEXT = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "nullValue": "",
    "emptyValue": '""',
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}
_NESTED = ("struct", "map", "array", "variant")


class Drafts:
    """Folders under hidden names, put in their places together."""

    def __init__(self, files: Files, targets: Sequence[str]) -> None:
        """Take the targets in the order in which they are put in place."""
        self._files = files
        self._drafts = {target: files.draft(target) for target in targets}

    def __getitem__(self, target: str) -> str:
        """Return the hidden name of a target."""
        return self._drafts[target]

    def put(self) -> None:
        """Give every draft its name. Raises `Unwritable`."""
        for target, draft in self._drafts.items():
            self._files.put(draft, target)

    def remove(self) -> None:
        """Delete what is left of the drafts."""
        for draft in self._drafts.values():
            self._files.remove(draft)


@contextmanager
def drafts(
    files: Files, targets: Sequence[str], inputs: Sequence[Found], *, force: bool
) -> Iterator[Drafts]:
    """Yield the drafts of the targets, and delete what is left of them at the end.

    Raises `Unwritable` for a target that is there, unless forced, and for one that holds an input.
    """
    addresses = [found.address for found in inputs]
    for target in targets:
        address = files.address(target)
        if any(f"{name}/".startswith(f"{address}/") for name in addresses):
            raise Unwritable(target, "is read as an input; name another")
        if files.exists(target) and not force:
            raise Unwritable(target, "is there already; name another, or say --force")
    pending = Drafts(files, targets)
    try:
        yield pending
    finally:
        pending.remove()


def write_frame(frame: DataFrame, path: str, kind: Kind, json_columns: frozenset[str]) -> int:
    """Write the frame as a folder of part files of that kind, and return how many rows it got.

    A null is an empty field in CSV and TSV, `null` in JSON Lines; a column of JSON stays JSON
    there and is its text elsewhere.
    """
    observed = sql.Observation()
    frame = frame.observe(observed, functions.count(functions.lit(1)).alias("written"))
    compression = "gzip" if kind.gzipped else "none"
    if kind.format == "jsonl":
        _objects(frame, json_columns).write.option("compression", compression).text(path)
        return int(observed.get["written"])
    listed = [
        _passed(frame, name, kind, is_json=name in json_columns).alias(name)
        for name in frame.columns
    ]
    writer = frame.select(*listed).write
    if kind.format == "parquet":
        writer.option("compression", "zstd").parquet(path)
    else:
        options = _AS_TEXT | {"sep": _DELIMITERS[kind.format], "compression": compression}
        writer.options(**options).csv(path)
    return int(observed.get["written"])


def _passed(frame: DataFrame, name: str, kind: Kind, *, is_json: bool) -> Column:
    value = column(name)
    if is_json:  # a string without its quotes, a number as printed
        return functions.when(value.startswith('"'), json_string(value)).otherwise(value)
    if kind.format == "parquet":
        return value
    if frame.schema[name].dataType.typeName() in _NESTED:
        return functions.to_json(value)
    return value.cast("string")


def _objects(frame: DataFrame, json_columns: frozenset[str]) -> DataFrame:
    """Return the rows as JSON objects, one text each; JSON goes through as it was printed."""
    members = []
    for name in frame.columns:
        value = column(name)
        if name not in json_columns:
            written = functions.to_json(functions.struct(value.alias("v")))
            value = functions.when(value.isNotNull(), written)
            value = functions.regexp_extract(value, r"(?s)^\{\"v\":(.*)\}$", 1)
        null = functions.lit("null")
        key = functions.lit(json.dumps(name, ensure_ascii=False) + ":")
        members.append(functions.concat(key, functions.coalesce(value, null)))
    joined = functions.concat(
        functions.lit("{"), functions.concat_ws(",", *members), functions.lit("}")
    )
    return frame.select(joined.alias("value"))
