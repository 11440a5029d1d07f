"""The lines of a table's cells, column by column, and what is typical of them in the whole table."""

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

_LOOSEST = 1.45
_USUAL = 1.2
_HEIGHT_OF_FONT = 1.17
"""Boxes of letters are higher than the size of their font by so much, about."""
_ONE_LEVEL = 0.25
_BLANK = 0.25


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


def spacing_of(pages: Sequence[list[Level]], width: int) -> Spacing:
    """Return the spacing of a table that stands on these pages in so many columns."""
    distances: Counter[float] = Counter()
    heights: list[float] = []
    widths = [0.0] * width
    for levels in pages:
        last: dict[int, CellLine] = {}
        for cell_line in (one for level in levels for one in level):
            column = cell_line.column
            heights.append(cell_line.line.box.height)
            if len(cell_line.line.words) > 1 or not widths[column]:
                widths[column] = max(widths[column], cell_line.width)
            if column in last:
                distances[round(cell_line.at - last[column].at, 1)] += 1
            last[column] = cell_line
    height = sorted(heights)[len(heights) // 2] / _HEIGHT_OF_FONT if heights else 1.0
    within = {
        apart: times
        for apart, times in distances.items()
        if height * 0.9 <= apart <= height * _LOOSEST
    }
    leading = max(within, key=lambda apart: within[apart]) if within else height * _USUAL
    return Spacing(leading, tuple(widths))


def gap_after(levels: Sequence[Level]) -> list[float]:
    """Return how far each level but the last is from the next one."""
    return [below[0].at - above[-1].at for above, below in pairwise(levels)]
