"""Ruled tables: where drawn lines cross they make cells, and the words lie in these."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.pdf.lines import split_at
from precert.tables.pdf.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.tables.pdf.shapes import Ruling, Word

_REACH = 2.5
"""So far may a line end before the one that it meets."""
_NARROWEST = 3.0
"""Lines that lie closer together are one: a double line."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table: `downs` from left to right, `acrosses` from top to bottom.

    `owners` holds for each cell, by row and column, the first cell of the area that it belongs to:
    a cell whose inner lines are missing reaches over several.
    """

    downs: tuple[float, ...]
    acrosses: tuple[float, ...]
    owners: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def box(self) -> Box:
        """The box around the table."""
        return Box(self.downs[0], self.acrosses[0], self.downs[-1], self.acrosses[-1])

    @property
    def width(self) -> int:
        """The number of its columns."""
        return len(self.downs) - 1

    def row_box(self, row: int) -> Box:
        """Return the box of a row."""
        return Box(self.downs[0], self.acrosses[row], self.downs[-1], self.acrosses[row + 1])

    def inside(self, words: Iterable[Word]) -> tuple[list[Word], list[Word]]:
        """Return the words that begin within the table, and the others."""
        left, top, right, bottom = self.box
        inside: list[Word] = []
        outside: list[Word] = []
        for word in words:
            box = word.box
            here = left <= _start(box) <= right and top <= (box[1] + box[3]) / 2 <= bottom
            (inside if here else outside).append(word)
        return inside, outside

    def cells(self, words: Iterable[Word]) -> dict[tuple[int, int], list[Word]]:
        """Return the words by the first cell of the area that they stand in."""
        cells: dict[tuple[int, int], list[Word]] = {}
        for each in words:
            box = each.box
            row = _lane(self.acrosses, (box[1] + box[3]) / 2)
            column = _lane(self.downs, _start(box))
            owners = self.owners[row]
            if box[2] <= self.downs[column + 1]:
                cells.setdefault(owners[column], []).append(each)
                continue
            for word in self._parted(each, row):
                owner = owners[_lane(self.downs, _start(word.box))]
                cells.setdefault(owner, []).append(word)
        return cells

    def _parted(self, word: Word, row: int) -> tuple[Word, ...]:
        """Return the words of several cells that touch each other as one each."""
        owners = self.owners[row]
        for column in range(1, self.width):
            at = self.downs[column]
            if (
                word.box.left < at < word.box.right
                and owners[column] != owners[column - 1]
                and len(parts := split_at(word, at)) > 1
            ):
                return parts[0], *self._parted(parts[1], row)
        return (word,)


def _start(box: Box) -> float:
    """Return where a word begins, a little inside of it; what is too wide leaves its cell."""
    left, _, right, _ = box
    return left + 1 if right - left > 2 else (left + right) / 2  # noqa: PLR2004 - twice as wide


def _lane(edges: tuple[float, ...], at: float) -> int:
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def grids_of(across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Grid]:
    """Return the ruled tables of a page, of two columns or more, from top to bottom."""
    grids = []
    for downs, acrosses in _crossing(down, across):
        grid = _grid(downs, acrosses)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.left))


def _crossing(
    down: Sequence[Ruling], across: Sequence[Ruling]
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Return the lines in groups, each of those that meet each other, directly or not."""
    group = list(range(len(down) + len(across)))

    def first(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for number, one in enumerate(down):
        for other_number, other in enumerate(across, len(down)):
            if other.at > one.end + _REACH:
                break
            if _meet(one, other):
                group[first(other_number)] = first(number)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for number, ruling in enumerate((*down, *across)):
        groups.setdefault(first(number), ([], []))[number >= len(down)].append(ruling)
    return list(groups.values())


def _meet(one: Ruling, other: Ruling) -> bool:
    return (
        one.begin - _REACH <= other.at <= one.end + _REACH
        and other.begin - _REACH <= one.at <= other.end + _REACH
    )


def _grid(downs: list[Ruling], acrosses: list[Ruling]) -> Grid | None:
    """Return the table that the lines make; None for a frame or a pair of lines."""
    left_lines, top_lines = _lanes(downs), _lanes(acrosses)
    if len(left_lines) < 3 or len(top_lines) < 2:  # noqa: PLR2004 - two columns, one row
        return None
    xs = tuple(lane[0].at for lane in left_lines)
    ys = tuple(lane[0].at for lane in top_lines)
    owners: list[list[tuple[int, int]]] = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        owners.append([])
        for column, (left, right) in enumerate(pairwise(xs)):
            if row and not _passes(top_lines[row], (left + right) / 2):
                owner = owners[row - 1][column]
            elif column and not _passes(left_lines[column], (top + bottom) / 2):
                owner = owners[row][column - 1]
            else:
                owner = (row, column)
            owners[row].append(owner)
    parted = any(column for line in owners for _, column in line)
    return Grid(xs, ys, tuple(map(tuple, owners))) if parted else None


def _lanes(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Return the rulings in lanes: those that lie beside each other as one line that is drawn."""
    lanes: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if lanes and ruling.at - lanes[-1][0].at < _NARROWEST:
            lanes[-1].append(ruling)
        else:
            lanes.append([ruling])
    return lanes


def _passes(lane: list[Ruling], where: float) -> bool:
    return any(ruling.begin - _REACH <= where <= ruling.end + _REACH for ruling in lane)
