"""A published document as it was read: its hash, its numbered lines, its tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class SourceRef(NamedTuple):
    """The place of a printed line: every rule, diagnostic and answer points to one.

    `document` is the file's name. `line` counts from 1: the file's line in a format of lines (where
    a row takes several, the first), the line of its page in a PDF, the row of its sheet in a
    workbook. `page` and `sheet` are None for a format without them. `area` tells more where the
    format has more: the box on the page ("72.0,310.5,540.0,322.5": left, top, right, bottom in
    points from the page's upper left corner), the cells of the sheet ("A12:G12"), the place in an
    HTML page ("table 2, row 5").
    """

    document: str
    line: int
    page: int | None = None
    sheet: str | None = None
    area: str | None = None

    def __str__(self) -> str:
        """Return `document:line`, which editors make clickable; page or sheet before the line."""
        if self.page is not None:
            return f"{self.document}:page {self.page}:{self.line}"
        if self.sheet is not None:
            return f"{self.document}:{self.sheet}:{self.line}"
        return f"{self.document}:{self.line}"

    @property
    def place(self) -> str:
        """The place within its document, in words: `line 7`, `page 3, line 7`, `PA, row 7`."""
        if self.page is not None:
            return f"page {self.page}, line {self.line}"
        if self.sheet is not None:
            return f"sheet {self.sheet}, row {self.line}"
        return f"line {self.line}"

    @property
    def order(self) -> tuple[str, int, str, int]:
        """What places are sorted by: document, page, sheet, line."""
        return self.document, self.page or 0, self.sheet or "", self.line


class Format(StrEnum):
    """The kind of file a document is; it says which reader finds its tables."""

    TEXT = "text"
    """Lines; those with tabs are rows."""
    CSV = "csv"
    """Delimited records, whatever the delimiter: a row may take several lines."""
    HTML = "html"
    XLSX = "xlsx"
    """A workbook, in any of the formats that its reader reads."""
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """One file: the sha256 (hex) of its bytes, and its lines, numbered from 1, where it is text.

    A workbook and a PDF have no lines; their reader takes `content`, the bytes of the file, which a
    document of lines does not keep.
    """

    name: str
    sha256: str
    lines: tuple[str, ...]
    undecodable: tuple[int, ...] = ()
    """Numbers of the lines with bytes that are not of its encoding (replaced by U+FFFD)."""
    format: Format = Format.TEXT
    encoding: str = "utf-8"
    """The encoding that the lines were read in; for a file of bytes it says nothing."""
    content: bytes = b""


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
