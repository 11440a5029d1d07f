"""What a Spark task makes of lines of text: records of CSV, objects of JSON Lines, or neither."""

from __future__ import annotations

import csv
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.batch.sources.text_lines import LONGEST, TooLong
from precert.batch.sources.text_records import NOT_UTF8, SHOWN, Record, reason_of, wrong_width
from precert.batch.spark.extra import pa
from precert.batch.spark.text import TEXT, VALID
from precert.batch.sql import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


BROKEN, BROKEN_TEXT = "_precert_broken", "_precert_broken_text"
"""Why a record has no columns, and its text; both null on every other line."""
_BATCH_LINES = 20_000

Line = tuple[int, int, str, bool]
"""File, number, text, and whether the text is UTF-8."""


class Layout(NamedTuple):
    """The header of a file: the line it stands on, its delimiter, and each column's place."""

    line: int
    delimiter: str
    places: tuple[int, ...]


class Delimited(NamedTuple):
    """The headers of the files, how many columns they have together, and how lines are read.

    `across`: a record may reach over several lines, which come in their order.
    """

    layouts: dict[int, Layout]
    width: int
    names: tuple[str, ...]
    across: bool


def read_delimited(told: Delimited, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the records of lines of CSV or TSV; the header and empty lines are none."""
    rows: list[tuple[Any, ...]] = []
    for row in _rows(told, _lines(batches)):
        rows.append(row)
        if len(rows) == _BATCH_LINES:
            yield _batch(rows, told.names)
            rows = []
    if rows:
        yield _batch(rows, told.names)


class _Feed:
    """Lines for csv.reader, which says neither where a record began nor its text."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.record: list[Line] = []

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.record.append(line)
        if sum(len(text) + 1 for *_, text, _ in self.record) > LONGEST:
            raise TooLong
        return line[2] + "\n"

    def text(self) -> str:
        return "\n".join(text for *_, text, _ in self.record)[:SHOWN]


def _rows(told: Delimited, lines: Iterator[Line]) -> Iterator[tuple[Any, ...]]:
    nothing: list[str | None] = [None] * told.width
    for file, of_file in groupby(lines, key=lambda line: line[0]):
        layout = told.layouts[file]
        body = (line for line in of_file if line[1] > layout.line)
        for record in _records(body, layout, across=told.across):
            if record.reason:
                yield (file, record.line, *nothing, record.reason, record.text)
            else:
                values = nothing.copy()
                for place, field in zip(layout.places, record.fields, strict=True):
                    values[place] = field or None
                yield (file, record.line, *values, None, None)


def _records(lines: Iterator[Line], layout: Layout, *, across: bool) -> Iterator[Record]:
    feeds = [_Feed(lines)] if across else (_Feed(iter([line])) for line in lines)
    width = len(layout.places)
    for feed in feeds:
        reader = csv.reader(feed, delimiter=layout.delimiter, strict=True)
        while True:
            feed.record = []
            reason, fields = "", []
            try:
                fields = next(reader)
            except StopIteration:
                break
            except (csv.Error, TooLong) as error:
                reason = reason_of(error, len(feed.record))
            if not reason and not fields:
                if width != 1:
                    continue  # an empty line
                fields = [""]
            if not reason and len(fields) != width:
                reason = wrong_width(len(fields), width)
            if not all(valid for *_, valid in feed.record):
                reason = NOT_UTF8
            yield Record(feed.record[0][1], fields, reason, feed.text() if reason else "")


def _lines(batches: Iterable[pa.RecordBatch]) -> Iterator[Line]:
    for batch in batches:
        columns = [batch.column(name).to_pylist() for name in (FILE, ROW, TEXT, VALID)]
        yield from zip(*columns, strict=True)


def _batch(rows: list[tuple[Any, ...]], names: tuple[str, ...]) -> pa.RecordBatch:
    types = [pa.int32(), pa.int64(), *[pa.string()] * (len(names) + 2)]
    columns = [
        pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), types, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, [FILE, ROW, *names, BROKEN, BROKEN_TEXT])
