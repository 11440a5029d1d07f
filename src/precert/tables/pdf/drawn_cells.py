"""What is drawn in the cells of a page's rows: fills and marks, which no reader understands."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.pdf.printed import PrintedRow
from precert.tables.signs import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.tables.pdf.printed import Printed
    from precert.tables.pdf.rulings import Drawn
    from precert.tables.pdf.shapes import Box
    from precert.tables.signs import Looks

_BESIDE = 2.0
"""A mark may stand so far out of the box around the words of its row."""
_INTO = 4.0
"""A fill that reaches less far into a row is that of its neighbour."""
_PART = 0.25
_ACROSS = 12.0
"""So it is with an empty cell: where nothing is ruled, a column begins where its texts do."""
_HALF = 0.5
_WIDEST = 150.0
_HIGHEST = 2.0
"""A mark of more heights of its row is a picture behind the table."""
_MARK = frozenset({"mark"})


def with_looks(printed: Sequence[Printed], drawn: Drawn) -> list[Printed]:
    """Return what a page prints, its rows with what is drawn in their cells.

    Columns reach from edge to edge; the first and the last to the ends of the page.
    """
    if not (drawn.fills or drawn.marks):
        return list(printed)
    cells = {at: _Cells(each) for at, each in enumerate(printed) if isinstance(each, PrintedRow)}
    rows = sorted(((printed[at].box, at) for at in cells), key=lambda row: row[0].top)
    highest = max((box.height for box, _ in rows), default=0.0)
    for fill, colour in drawn.fills:
        for box, at in _meeting(rows, fill, highest):
            into = min(fill.bottom, box.bottom) - max(fill.top, box.top)
            if into > min(_INTO, _PART * fill.height):
                cells[at].fill(fill, colour)
    for mark in drawn.marks:
        for box, at in _meeting(rows, mark, highest):
            middle_is_in_it = box.top - _BESIDE <= mark.middle <= box.bottom + _BESIDE
            if middle_is_in_it and mark.height <= _HIGHEST * box.height + 2 * _BESIDE:
                cells[at].mark(mark)
    return [
        replace(each, looks=tuple(cells[at].looks)) if isinstance(each, PrintedRow) else each
        for at, each in enumerate(printed)
    ]


def _meeting(
    rows: Sequence[tuple[Box, int]], shape: Box, highest: float
) -> Iterator[tuple[Box, int]]:
    """Yield the rows, sorted from top to bottom, that the shape may touch."""
    begin = bisect_left(rows, shape.top - highest - _BESIDE, key=lambda row: row[0].top)
    for number in range(begin, len(rows)):
        box, at = rows[number]
        if box.top > shape.bottom + _BESIDE:
            break
        yield box, at


def _center(box: Box) -> float:
    return (box.left + box.right) / 2


class _Cells:
    """The cells of a row from left to right, and how each looks."""

    def __init__(self, row: PrintedRow) -> None:
        edges = (float("-inf"), *row.edges, float("inf"))
        self._reaches = list(pairwise(edges))[: len(row.cells)]
        self._words = row.cells
        self.looks: list[tuple[Looks, Looks]] = [(NONE, NONE)] * len(row.cells)

    def fill(self, fill: Box, colour: str) -> None:
        """Take a fill of some of the cells: beneath the words of one, or in an empty one."""
        enough = min(_ACROSS, _HALF * (fill.right - fill.left))
        for at, ((left, right), words) in enumerate(zip(self._reaches, self._words, strict=False)):
            beneath = any(fill.left <= _center(word.box) <= fill.right for word in words)
            into = min(fill.right, right) - max(fill.left, left)
            if beneath if words else into > enough:
                own, inside = self.looks[at]
                self.looks[at] = own | {colour}, inside

    def mark(self, mark: Box) -> None:
        """Take a mark in the cell in which its middle stands."""
        middle = _center(mark)
        for at, (left, right) in enumerate(self._reaches):
            room = min(right - left + 2 * _BESIDE, _WIDEST)
            if left <= middle < right and mark.right - mark.left <= room:
                self.looks[at] = self.looks[at][0], _MARK
