"""A published document as it was read: its hash, its numbered lines, its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class SourceRef(NamedTuple):
    """The place of a printed line: every rule, diagnostic and answer points to one.

    `document` is the file's name, `line` counts from 1, `page` is None for a format without pages.
    """

    document: str
    line: int
    page: int | None = None

    def __str__(self) -> str:
        """Return `document:line`, the form that editors and compilers make clickable."""
        return f"{self.document}:{self.line}"


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of one file, numbered from 1, and the sha256 (hex) of its bytes."""

    name: str
    sha256: str
    lines: tuple[str, ...]
    undecodable: tuple[int, ...] = ()
    """Numbers of the lines that hold bytes which are not UTF-8 (they were replaced by U+FFFD)."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line outside any table: a title, a notice, a pointer, or a blank line (`text` is empty)."""

    ref: SourceRef
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells as printed."""

    ref: SourceRef
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows beneath it; `header` is None where rows stand without one."""

    header: Row | None
    rows: tuple[Row, ...]
