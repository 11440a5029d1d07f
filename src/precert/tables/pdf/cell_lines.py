"""The lines of a table's cells, column by column, and what is typical of them in all the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.pdf.anchors import goes_on, prints_codes
from precert.tables.pdf.lines import IN_ONE_CELL, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.tables.pdf.columns import Columns
    from precert.tables.pdf.lines import Line
    from precert.tables.pdf.shapes import Word

_TIGHTEST = 0.9
_LOOSEST = 1.45
_USUAL = 1.2
_HEIGHT_OF_FONT = 1.17
"""Boxes of letters are higher than the size of their font by so much, about."""
_ONE_LEVEL = 0.25
_BLANK = 0.25
_NEARLY_ALL = 0.98


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of a cell; `anchor`: it prints a code, and a row hangs on it."""

    column: int
    line: Line
    anchor: bool = False

    @property
    def at(self) -> float:
        """Where it stands, from the top of the page."""
        return self.line.box.middle

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.line.box.right - self.line.box.left


Level = tuple[CellLine, ...]
"""The lines of several cells that stand at one height."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """The distance between lines of a cell, and how wide the text of each column can get."""

    leading: float
    widths: tuple[float, ...]

    def is_forced(self, above: CellLine, below: CellLine) -> bool:
        """Return whether the first word of the line below had no room in the line above."""
        word = below.line.words[0].box
        blank = _BLANK * word.height
        return above.width + blank + word.right - word.left > self.widths[above.column]


def levels_of(words: Iterable[Word], columns: Columns, leading: float = 0.0) -> list[Level]:
    """Return the lines of the cells by their height, from top to bottom."""
    by_column: list[list[Word]] = [[] for _ in range(columns.width)]
    for each in words:
        for word in columns.parted(each):
            by_column[columns.of(word)].append(word)
    found: list[CellLine] = []
    for column, its_words in enumerate(by_column):
        before = ""
        for line in lines_of(its_words, IN_ONE_CELL):
            anchor = column == columns.code and prints_codes(line.text) and not goes_on(before)
            before = line.text if column == columns.code else ""
            found.append(CellLine(column, line, anchor))
    found.sort(key=lambda each: (each.at, each.column))
    levels: list[list[CellLine]] = []
    for one in found:
        apart = _ONE_LEVEL * (leading or one.line.box.height)
        if levels and one.at - levels[-1][0].at <= apart:
            levels[-1].append(one)
        else:
            levels.append([one])
    return [tuple(level) for level in levels]


def spacing_of(pages: Sequence[list[Level]], columns: Columns) -> Spacing:
    """Return the spacing of a table that stands on these pages."""
    distances: Counter[float] = Counter()
    heights: list[float] = []
    lines: list[list[CellLine]] = [[] for _ in range(columns.width)]
    for levels in pages:
        last: dict[int, CellLine] = {}
        for one in (one for level in levels for one in level):
            heights.append(one.line.box.height)
            lines[one.column].append(one)
            if one.column in last:
                distances[round(one.at - last[one.column].at, 1)] += 1
            last[one.column] = one
    height = sorted(heights)[len(heights) // 2] / _HEIGHT_OF_FONT if heights else 1.0
    within = {
        apart: times
        for apart, times in distances.items()
        if height * _TIGHTEST <= apart <= height * _LOOSEST
    }
    leading = max(within, key=lambda apart: within[apart]) if within else height * _USUAL
    return Spacing(leading, _rooms(lines, columns))


def _rooms(lines: Sequence[Sequence[CellLine]], columns: Columns) -> tuple[float, ...]:
    """Return how wide a line of each column can get.

    That is how wide lines got, but for the few that are wider than their column; or, as far as its
    neighbour stands from it, less what is kept free between the columns that are fullest.
    """
    widest = [_widest([one.width for one in its if len(one.line.words) > 1]) for its in lines]
    lefts = [min((one.line.box.left for one in its), default=None) for its in lines]
    pitches = [
        edge - left if left is not None else 0.0
        for left, edge in zip(lefts, columns.edges, strict=False)
    ]
    free = min(
        (pitch - wide for pitch, wide in zip(pitches, widest, strict=False) if 0 < wide < pitch),
        default=float("inf"),
    )
    roomy = [max(wide, pitch - free) for pitch, wide in zip(pitches, widest, strict=False)]
    return (*roomy, widest[-1])


def _widest(widths: list[float]) -> float:
    return sorted(widths)[int(_NEARLY_ALL * (len(widths) - 1))] if widths else 0.0


def gap_after(levels: Sequence[Level]) -> list[float]:
    """Return how far each level but the last is from the next one."""
    return [
        min(one.at for one in below) - max(one.at for one in above)
        for above, below in pairwise(levels)
    ]
