"""Counts the lines of a text file without parsing it: a second opinion on what a parser found.

A parser that loses the rest of a file at a stray quote reports nothing. Counting line ends and
quotes cannot lose anything, and it runs at the speed of the disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from precert.batch.sources.empty_ends import ends_empty, has_one_too_many
from precert.batch.sources.kinds import open_bytes
from precert.batch.sources.unreadable import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.batch.sources.headers import Header

_CHUNK = 4 << 20
_ALL_BUT_QUOTE_AND_BREAK = bytes(byte for byte in range(256) if byte not in b'"\n')
# A blank between a quote and what ends or begins the field, or between two quotes of one field:
# parsers differ on whether it belongs to the field. D stands for the delimiter.
_BLANK_BESIDE_QUOTE = rb'(?:^|[D\n]) +"|" +[D\r\n]|[^D\n]" +"'


@dataclass
class TextFacts:
    """What was counted in a text file.

    `lines` are the lines that end outside quotes, `blank` those of them that are empty.
    `is_regular`: line ends of one sort, no quote beside a blank, no empty line where it matters, no
    record with more fields than the header of which the last is empty.
    """

    delimiter: bytes = b""  # none in JSON Lines, whose quotes mean nothing here
    width: int = 1
    lines: int = 0
    blank: int = 0
    has_quotes: bool = False
    has_quoted_breaks: bool = False
    is_regular: bool = True
    _crlf: int = field(default=0, repr=False)
    _lf: int = field(default=0, repr=False)
    _inside: bool = field(default=False, repr=False)  # the chunk begins within quotes

    def count(self, chunk: bytes) -> None:
        """Take the next whole lines of the file."""
        first = self.lines == 0
        self._count_breaks(chunk)
        outside = (
            self._outside(chunk) if self._inside or (self.delimiter and b'"' in chunk) else chunk
        )
        if first and outside.startswith((b"\n", b"\r")):
            self.is_regular = False  # an empty line before the header
        self.lines += outside.count(b"\n")
        if b"\n\n" in outside or b"\n\r\n" in outside or outside.startswith((b"\n", b"\r\n")):
            lines = outside.split(b"\n")[:-1]
            self.blank += sum(line in {b"", b"\r"} for line in lines)

        if self.delimiter and ends_empty(chunk, self.delimiter):
            # With quoted line ends, lines are no records; Python reads them.
            hidden = self.has_quoted_breaks or has_one_too_many(chunk, self.delimiter, self.width)
            self.is_regular &= not hidden

    def end(self) -> None:
        """Judge what only the whole file tells."""
        if self._inside:
            self.is_regular = False  # the rest of the file stands in quotes that never close
        if self._crlf and (self._crlf != self._lf or self.blank):
            # DuckDB takes the two halves of CRLF for a line of its own when a buffer ends
            # between them, and the line is blank.
            self.is_regular = False

    def _count_breaks(self, chunk: bytes) -> None:
        breaks = chunk.count(b"\n")
        crlf = chunk.count(b"\r\n") if b"\r" in chunk else 0
        self._lf, self._crlf = self._lf + breaks, self._crlf + crlf
        if b"\r" in chunk and chunk.count(b"\r") != crlf:
            self.is_regular = False  # a CR alone: a line end to some, a letter to others

    def _outside(self, chunk: bytes) -> bytes:
        """Return what stands outside quotes, one quote in place of each quoted text."""
        self.has_quotes = True
        beside = b' "' in chunk or b'" ' in chunk
        pattern = _BLANK_BESIDE_QUOTE.replace(b"D", re.escape(self.delimiter))
        if beside and re.search(pattern, chunk):
            self.is_regular = False
        marks = chunk.translate(None, _ALL_BUT_QUOTE_AND_BREAK)
        if not self._inside and b'"' not in marks.replace(b'""', b""):
            return chunk  # an even number of quotes between all line ends
        self.has_quoted_breaks = True
        parts = chunk.split(b'"')
        outside = parts[1::2] if self._inside else parts[::2]
        if not self._inside:
            outside[0] = b"\n" + outside[0]  # the line before has ended
        ends = (self.delimiter, b"\n")
        begins = (*ends, b"\r")
        if not all(part.startswith(begins) and part.endswith(ends) for part in outside if part):
            self.is_regular = False  # a quote within an unquoted field: it opens nothing
        joined = b'"'.join(outside)
        joined = b'"' + joined if self._inside else joined[1:]
        self._inside ^= len(parts) % 2 == 0
        return joined


def facts_of(path: str, header: Header | None = None) -> TextFacts:
    """Return what is counted in the file; without a header, a quote is a letter like any other.

    A quote that never closes makes the counts wrong; the parser's own count then disagrees.
    Raises UnreadableLines for a file that cannot be read.
    """
    facts = (
        TextFacts() if header is None else TextFacts(header.delimiter.encode(), len(header.names))
    )
    for chunk, whole in _chunks(path):
        facts.is_regular &= whole
        facts.count(chunk)
    facts.end()
    return facts


def _chunks(path: str) -> Iterator[tuple[bytes, bool]]:
    """Yield the file in pieces of whole lines; False beside a piece of an endless line."""
    with told(path), open_bytes(path) as file:
        if file.read(3) != b"\xef\xbb\xbf":
            file.seek(0)
        while chunk := file.read(_CHUNK):
            rest = b"" if chunk.endswith(b"\n") else file.readline(_CHUNK)
            piece = chunk + rest
            if piece.endswith(b"\n"):
                yield piece, True
            else:  # the last line of the file, or a line without an end
                yield piece + b"\n", len(rest) < _CHUNK
