"""The lines of a text file, which end with LF, CRLF or CR; none is read beyond a length."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from precert.batch.sources.kinds import open_bytes
from precert.batch.sources.unreadable import told

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 131_072
"""Letters that a record may have; a quote that does not close is given up there."""


@contextmanager
def open_text(path: str) -> Iterator[io.TextIOWrapper]:
    """Open a text file for its lines, which end with LF, CRLF or CR and keep their ends."""
    with told(path), open_bytes(path) as file:
        yield io.TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="")


def lines_of(path: str, longest: int) -> Iterator[str]:
    """Yield the lines of the file without their ends; one that is too long is cut at `longest`.

    Raises UnreadableLines for a file that cannot be opened or decompressed.
    """
    with open_text(path) as file:
        while piece := file.readline(longest):
            _skip_rest(file, piece, longest)
            yield piece.rstrip("\r\n")


class TooLong(Exception):  # noqa: N818  (it says what is wrong)
    """The record is longer than any order line."""


class Feed:
    """The lines of a file for csv.reader, which says neither where a record began nor its text."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        """Take the file; `line` is the number of the line given last."""
        self._file = file
        self.line = 0
        self.begin()

    def begin(self) -> None:
        """Forget the record before."""
        self.pieces: list[str] = []
        self._letters = 0

    def __iter__(self) -> Feed:
        """Return the feed itself: it is read once."""
        return self

    def __next__(self) -> str:
        """Return the next line with its end. Raises TooLong."""
        piece = self._file.readline(LONGEST)
        if not piece:
            raise StopIteration
        self.line += 1
        self.pieces.append(piece)
        self._letters += len(piece)
        _skip_rest(self._file, piece, LONGEST)
        if self._letters >= LONGEST:
            raise TooLong
        return piece

    def text(self) -> str:
        """Return the record as it stands in the file."""
        return "".join(self.pieces)


def _skip_rest(file: io.TextIOWrapper, piece: str, longest: int) -> None:
    """Read on to the end of the line where the piece, of at most `longest` letters, is cut off."""
    while len(piece) == longest and piece[-1] not in "\r\n":
        piece = file.readline(longest)
