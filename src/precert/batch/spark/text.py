"""Text files as frames of numbered lines.

Spark reads a file in pieces, and a task does not know how many lines stand before its own. So the
lines of each piece are counted first, which also tells the header of a file, and whether a quoted
text in it may hold a line end: only such a file must be read in one piece.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.batch.spark.extra import functions
from precert.batch.spark.files import address_column
from precert.batch.sql import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame, SparkSession

    from precert.batch.spark.found import Found

TEXT, VALID = "_precert_text", "_precert_valid"
DELIMITERS = ",;|\t"
_ADDRESS, _START, _COUNTED = "_precert_address", "_precert_start", "_precert_counted"
_BEFORE = "_precert_before"


class TextFile(NamedTuple):
    """What was counted in a file: its lines, the first that is not empty and its number.

    `may_open` are the delimiters with which a line of the file may end within quotes.
    """

    lines: int
    first: str
    first_line: int
    may_open: str


def numbered_lines(spark: SparkSession, files: Sequence[Found]) -> tuple[DataFrame, list[TextFile]]:
    """Return the lines (`_precert_file`, `_precert_row` from 1, text, whether it was UTF-8).

    Beside them stands what was counted in each file. The lines end with LF, CRLF or CR.
    """
    value, counted = functions.col("value"), functions.col(_COUNTED)
    lines = spark.read.text([found.path for found in files]).select(
        "value",
        address_column().alias(_ADDRESS),
        functions.col("_metadata.file_block_start").alias(_START),
        functions.monotonically_increasing_id().alias(_COUNTED),
    )
    written = value != ""
    pieces = lines.groupBy(_ADDRESS, _START).agg(
        functions.count(functions.lit(1)),
        functions.min(counted),
        functions.min(functions.when(written, counted)),
        functions.make_valid_utf8(functions.min_by(value, functions.when(written, counted))),
        *(functions.count_if(_may_open(value, delimiter)) for delimiter in DELIMITERS),
    )
    numbers = {found.address: number for number, found in enumerate(files)}
    before, read = _placed([tuple(row) for row in pieces.collect()], numbers)
    schema = f"{_ADDRESS} string, {_START} bigint, {FILE} int, {_BEFORE} bigint"
    places = functions.broadcast(spark.createDataFrame(before, schema))
    missing = functions.raise_error(functions.lit("a file was changed while it was read"))
    row = functions.coalesce(counted + functions.col(_BEFORE), missing.cast("bigint"))
    numbered = lines.join(places, [_ADDRESS, _START], "left").select(
        FILE,
        row.alias(ROW),
        functions.make_valid_utf8(value).alias(TEXT),
        functions.is_valid_utf8(value).alias(VALID),
    )
    return numbered, [read[number] for number in range(len(files))]


def _placed(
    pieces: list[tuple[Any, ...]], numbers: dict[str, int]
) -> tuple[list[tuple[str, int, int, int]], dict[int, TextFile]]:
    """Return what to add to a count in each piece, and what was counted in each file."""
    before: list[tuple[str, int, int, int]] = []
    read: defaultdict[int, TextFile] = defaultdict(lambda: TextFile(0, "", 0, ""))
    for address, start, lines, least, least_written, first, *opens in sorted(pieces):
        number = numbers[address]
        file = read[number]
        before.append((address, start, number, file.lines + 1 - least))
        if first is not None and not file.first_line:
            line = file.lines + 1 + least_written - least
            file = file._replace(first=first.removeprefix("\ufeff"), first_line=line)
        may_open = "".join(each for each, opened in zip(DELIMITERS, opens, strict=True) if opened)
        read[number] = file._replace(lines=file.lines + lines, may_open=file.may_open + may_open)
    return before, read


def _may_open(value: Column, delimiter: str) -> Column:
    """Return whether the line may end within quotes; false only where it certainly does not."""
    sign = "\\" + delimiter if delimiter == "|" else delimiter
    bare = functions.concat(
        functions.lit(delimiter),
        functions.replace(value, functions.lit('""'), functions.lit("")),
    )
    closed = functions.regexp_replace(bare, f'{sign}"[^"]*"(?={sign}|$)', sign)
    return functions.when(value.contains('"'), closed.contains('"'))
