"""Finds the records that end with an empty field too many, which DuckDB drops without a word.

A line with a delimiter in one of its texts has its columns moved, and the last is often empty.
"""

from __future__ import annotations

import csv
import math

_ENDS = (b"\n", b"\r", b'""\n', b'""\r')


def ends_empty(chunk: bytes, delimiter: bytes) -> bool:
    """Whether a line of the chunk ends with an empty field."""
    return any(delimiter + end in chunk for end in _ENDS)


def has_one_too_many(chunk: bytes, delimiter: bytes, width: int) -> bool:
    """Whether such a line has more fields than `width`; every line of the chunk is a record."""
    ends = tuple(delimiter + end for end in (b"", b"\r", b'""', b'""\r'))
    ending = (line for line in chunk.split(b"\n") if line.endswith(ends))
    return any(_fields(line, delimiter) > width for line in ending)


def _fields(line: bytes, delimiter: bytes) -> float:
    """Return the number of fields in a line, infinity for one that is no record."""
    if b'"' not in line:
        return line.count(delimiter) + 1
    text = line.decode("latin-1").rstrip("\r")
    try:
        return len(next(csv.reader([text], delimiter=delimiter.decode(), strict=True)))
    except csv.Error:
        return math.inf
