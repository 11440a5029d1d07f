"""Where one row ends and the next begins: lines of cells in, rows out.

Where rows stand further apart than the lines of a cell, the gaps part them. Where they do not,
each row hangs on its code: the lines are cut so that the cells of a row begin with it, end with it
or are centred on it, whichever explains the table best, and a line that cannot be the rest of a
cell (its first word had room in the line above) is a row by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.pdf.cell_lines import gap_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.tables.pdf.cell_lines import CellLine, Level, Spacing

_FURTHER = 1.05
_FURTHER_POINTS = 0.2
_BY_GAPS = 0.8
_LONGEST = 60
_MOST_COMPARED = 60

_UNFORCED = 1.0
_LOOSE = 0.5
_OTHER_WEIGHT = 1.0
_HEADING = 0.8
_BOLD_HEADING = 0.2
_SEVERAL_CELLS = 0.9
_TOLERANCE = 0.25


class Alignment(Enum):
    """How the cells of a row stand to each other."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


Rows = list[list["Level"]]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts the lines of one table, on all its pages, in the same way."""

    spacing: Spacing
    by_gaps: bool
    by_rules: bool
    alignment: Alignment

    def rows(self, levels: Sequence[Level], rules: Sequence[float]) -> Rows:
        """Return the rows that the levels make; `rules` are heights of drawn lines across them."""
        rows: Rows = []
        for part in _between_rules(levels, rules):
            if self.by_rules and rules and _anchors(part) <= 1:
                rows.append(part)
                continue
            for segment in _at_gaps(part, self.spacing.leading):
                if self.by_gaps and _anchors(segment) <= 1:
                    rows.append(segment)
                else:
                    rows += _cheapest(segment, self.spacing, self.alignment)[1]
        return rows


def cutter_of(pages: Sequence[tuple[list[Level], Sequence[float]]], spacing: Spacing) -> Cutter:
    """Return what cuts a table that stands on these pages, each with the drawn lines across it."""
    parts = [part for levels, rules in pages for part in _between_rules(levels, rules)]
    segments = [segment for part in parts for segment in _at_gaps(part, spacing.leading)]
    by_gaps = _one_anchor_each(segments)
    by_rules = any(rules for _, rules in pages) and _one_anchor_each(parts)
    alignment = Alignment.TOP
    if tight := [each for each in segments if not (by_gaps or by_rules) or _anchors(each) > 1]:
        some = tight[:_MOST_COMPARED]
        alignment = min(
            Alignment,
            key=lambda each: sum(_cheapest(segment, spacing, each)[0] for segment in some),
        )
    return Cutter(spacing, by_gaps, by_rules, alignment)


def _anchors(levels: Iterable[Level]) -> int:
    return sum(one.anchor for level in levels for one in level)


def _one_anchor_each(segments: Iterable[Sequence[Level]]) -> bool:
    anchored = [anchors for segment in segments if (anchors := _anchors(segment))]
    return sum(anchors == 1 for anchors in anchored) >= _BY_GAPS * len(anchored)


def _between_rules(levels: Sequence[Level], rules: Sequence[float]) -> Rows:
    parts: Rows = []
    passed = -1
    for level in levels:
        above = sum(rule < level[0].at for rule in rules)
        if above != passed:
            parts.append([])
            passed = above
        parts[-1].append(level)
    return parts


def _at_gaps(levels: Sequence[Level], leading: float) -> Rows:
    """Return the levels in stretches that stand further apart than lines of a cell do."""
    if not levels:
        return []
    segments: Rows = [[levels[0]]]
    for gap, level in zip(gap_after(levels), levels[1:], strict=True):
        if gap > leading * _FURTHER + _FURTHER_POINTS:
            segments.append([])
        segments[-1].append(level)
    return segments


def _cheapest(
    levels: Sequence[Level], spacing: Spacing, alignment: Alignment
) -> tuple[float, Rows]:
    """Return the rows of least cost, and that cost: how little they look like rows."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(levels) + 1):
        choices = []
        anchors = 0
        for begin in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            anchors += sum(one.anchor for one in levels[begin])
            if anchors > 1 and end - begin > 1:
                break
            cost = _cost(levels[begin:end], spacing, alignment)
            choices.append((best[begin][0] + cost, begin))
        best.append(min(choices))
    rows: Rows = []
    end = len(levels)
    while end:
        begin = best[end][1]
        rows.append(list(levels[begin:end]))
        end = begin
    return best[-1][0], rows[::-1]


def _cost(levels: Sequence[Level], spacing: Spacing, alignment: Alignment) -> float:
    """Return how little the levels look like one row."""
    cells: dict[int, list[CellLine]] = {}
    anchor: CellLine | None = None
    for level in levels:
        for one in level:
            cells.setdefault(one.column, []).append(one)
            anchor = one if one.anchor else anchor
    cost = sum(_cost_of_breaks(lines, spacing) for lines in cells.values())
    places = [_place(lines, alignment) for lines in cells.values()]
    if anchor is None:
        bold = all(one.line.bold for lines in cells.values() for one in lines)
        cost += (_BOLD_HEADING if bold else _HEADING) + _SEVERAL_CELLS * (len(cells) - 1)
        misfits = [max(places) - min(places)]
    else:
        misfits = [abs(place - anchor.at) for place in places]
    return (
        cost
        + sum(apart for apart in misfits if apart > _TOLERANCE * spacing.leading) / spacing.leading
    )


def _place(lines: list[CellLine], alignment: Alignment) -> float:
    if alignment is Alignment.TOP:
        return lines[0].at
    if alignment is Alignment.BOTTOM:
        return lines[-1].at
    return (lines[0].at + lines[-1].at) / 2


def _cost_of_breaks(lines: list[CellLine], spacing: Spacing) -> float:
    """Return how little the lines look like those of one cell."""
    cost = 0.0
    for above, below in pairwise(lines):
        if below.at - above.at > spacing.leading * _FURTHER + _FURTHER_POINTS:
            cost += _LOOSE
        if not spacing.is_forced(above, below):
            cost += _UNFORCED
        if above.line.bold != below.line.bold:
            cost += _OTHER_WEIGHT
    return cost
