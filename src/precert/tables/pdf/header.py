"""Where the header of a table without drawn lines stands, and what its cells are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import is_code, parse_code
from precert.tables.header_words import header_form
from precert.tables.pdf.anchors import prints_codes
from precert.tables.pdf.lines import cell_text
from precert.tables.pdf.shapes import Box, Word, around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.tables.header_words import HeaderWords
    from precert.tables.pdf.lines import Line

_MOST_LINES = 12
_KNOWN = 0.6
_CELL_GAP = 0.45
_ANY_GAP = 0.1
_NEXT_LINE = 2.2
_IN_HEADER = 1.3
_MOST_PARTS = 10


class HeaderCell(NamedTuple):
    """A cell of a header; its text may have been printed on several lines."""

    text: str
    box: Box
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A header: the numbers of its first line and of the one after its last, and its cells."""

    begin: int
    end: int
    cells: tuple[HeaderCell, ...]


class HeaderFinder:
    """Finds the headers among the lines of a page, by the words of a layout or by their place."""

    def __init__(self, header_words: frozenset[str], words: HeaderWords) -> None:
        self._words = words
        self._vocabulary = {part for word in header_words for part in header_form(word).split()}

    def headers(self, lines: Sequence[Line]) -> list[Header]:
        """Return the headers in the order of their lines.

        Without any header words the lines right above the first row are taken, if they have the
        form of a header.
        """
        if not self._vocabulary:
            return _guessed(lines)
        found = (self._best(lines, begin, end) for begin, end in self._runs(lines))
        return [header for header in found if header is not None]

    def header_lines(self, lines: Sequence[Line]) -> set[int]:
        """Return the numbers of the lines that belong to a header."""
        return {at for each in self.headers(lines) for at in range(each.begin, each.end)}

    def _runs(self, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
        """Yield the stretches of lines whose words are mostly those of headers."""
        begin = None
        for at, line in enumerate(lines):
            near = at > 0 and _near(lines[at - 1], line)
            if begin is not None and not (near and self._may_be_header(line)):
                yield begin, at
                begin = None
            if begin is None and self._may_be_header(line):
                begin = at
        if begin is not None:
            yield begin, len(lines)

    def _may_be_header(self, line: Line) -> bool:
        parts = header_form(line.text).split()
        known = sum(part in self._vocabulary for part in parts)
        return 0 < len(parts) * _KNOWN <= known and not any(
            is_code(parse_code(word.text)) for word in line.words
        )

    def _best(self, lines: Sequence[Line], begin: int, end: int) -> Header | None:
        """Return the lines of the stretch that make the most header cells; None if none do."""
        best: tuple[tuple[int, int, int], Header] | None = None
        for first in range(begin, min(end, begin + _MOST_LINES)):
            for after in range(first + 1, min(end, first + _MOST_LINES) + 1):
                header = self._header(lines, first, after)
                held = sum(self._words.holds(cell.text) for cell in header.cells)
                rank = (held, held - len(header.cells), first - after)
                if self._words.are_in(tuple(cell.text for cell in header.cells)) and (
                    best is None or rank > best[0]
                ):
                    best = rank, header
        return best[1] if best else None

    def _header(self, lines: Sequence[Line], begin: int, end: int) -> Header:
        words = [word for line in lines[begin:end] for word in line.words]
        cells: list[HeaderCell] = []
        for cluster in _clusters(words, _CELL_GAP):
            cells += self._parted(cluster)
        return Header(begin, end, tuple(cells))

    def _parted(self, words: list[Word]) -> list[HeaderCell]:
        """Return the cell that the words make, or the known ones that stand close together."""
        whole = _cell(words)
        if self._words.holds(whole.text):
            return [whole]
        parts = _clusters(words, _ANY_GAP)
        if not 1 < len(parts) <= _MOST_PARTS:
            return [whole]
        split = self._known_parts(parts)
        return split or [whole]

    def _known_parts(self, parts: list[list[Word]]) -> list[HeaderCell] | None:
        if not parts:
            return []
        for size in range(len(parts), 0, -1):
            cell = _cell([word for part in parts[:size] for word in part])
            if self._words.holds(cell.text):
                rest = self._known_parts(parts[size:])
                if rest is not None:
                    return [cell, *rest]
        return None


def _cell(words: list[Word]) -> HeaderCell:
    return HeaderCell(cell_text(words), around([word.box for word in words]), tuple(words))


def _near(above: Line, line: Line, reach: float = _NEXT_LINE) -> bool:
    return line.box.middle - above.box.middle <= reach * max(above.box.height, line.box.height)


def _clusters(words: Sequence[Word], gap: float) -> list[list[Word]]:
    """Return the words in groups that are parted by a gap in all their lines."""
    clusters: list[list[Word]] = []
    right = 0.0
    for word in sorted(words, key=lambda each: each.box.left):
        if clusters and word.box.left - right <= gap * word.box.height:
            clusters[-1].append(word)
            right = max(right, word.box.right)
        else:
            clusters.append([word])
            right = word.box.right
    return clusters


def _guessed(lines: Sequence[Line]) -> list[Header]:
    """Return the lines right above the first row of codes, if they stand in several columns."""
    first = next((at for at, line in enumerate(lines) if _is_row(line)), 0)
    begin = first
    while (
        begin > 0
        and first - begin < _MOST_LINES
        and _near(lines[begin - 1], lines[begin], _NEXT_LINE if begin == first else _IN_HEADER)
    ):
        begin -= 1
    if all(len(line.phrases()) == 1 for line in lines[begin:first]):
        return []
    words = [word for line in lines[begin:first] for word in line.words]
    cells = tuple(_cell(cluster) for cluster in _clusters(words, _CELL_GAP))
    apart = all(one.box.right <= other.box.left for one, other in pairwise(cells))
    return [Header(begin, first, cells)] if len(cells) > 1 and apart else []


def _is_row(line: Line) -> bool:
    phrases = line.phrases()
    return len(phrases) > 1 and any(prints_codes(phrase.text) for phrase in phrases)
