"""Lines between ruled tables, parted at the headers among them; tables that stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.header_words import header_form
from precert.tables.pdf.anchors import prints_codes
from precert.tables.pdf.columns import emptiest, runs_of
from precert.tables.pdf.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.tables.pdf.header import Header, HeaderCell, HeaderFinder

Key = tuple[tuple[str, int], ...]
"""What a table is known by on all its pages: the words of its header, and their places."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow each other, beneath a header or not; `key` names the columns in force."""

    lines: list[Line]
    header: tuple[HeaderCell, ...] = ()
    header_lines: tuple[Line, ...] = ()
    key: Key | None = None
    beside: int = 0
    """Which of several tables it is that stand side by side under one header."""
    edges: tuple[float, ...] = ()
    """What parts these from each other."""


def stretches_of(lines: list[Line], finder: HeaderFinder) -> list[Stretch]:
    """Return the stretches of the lines: those above the first header, and each with its header."""
    if not lines:
        return []
    headers = finder.headers(lines)
    begins = [header.begin for header in headers]
    stretches = [Stretch(lines[: begins[0] if begins else len(lines)])]
    for header, end in zip(headers, [*begins, len(lines)][1:], strict=True):
        stretches += _beneath(header, lines, end)
    return [each for each in stretches if each.lines or each.header]


def _beneath(header: Header, lines: list[Line], end: int) -> list[Stretch]:
    """Return the table beneath a header, or the several that stand side by side."""
    below = lines[header.end : end]
    header_lines = lines[header.begin : header.end]
    cells = header.cells
    size = _period(cells)
    if size == len(cells):
        return [Stretch(below, cells, tuple(header_lines), _key(cells))]
    stretches = []
    runs = runs_of([*header_lines, *below])
    groups = [cells[at : at + size] for at in range(0, len(cells), size)]
    edges = [
        emptiest(runs, one[-1].box.left, max(one[-1].box.left, other[0].box.left))
        for one, other in pairwise(groups)
    ]
    for number, group in enumerate(groups):
        own = [_within(line, edges, number) for line in below]
        own_header = [_within(line, edges, number) for line in header_lines]
        stretches.append(
            Stretch(
                [line for line in own if line is not None],
                group,
                tuple(line for line in own_header if line is not None),
                _key(group),
                number,
                tuple(edges),
            )
        )
    return stretches


def _period(cells: Sequence[HeaderCell]) -> int:
    """Return after how many cells the header repeats itself, else their number."""
    words = [header_form(cell.text) for cell in cells]
    for size in range(2, len(words) // 2 + 1):
        if len(words) % size == 0 and words == words[:size] * (len(words) // size):
            return size
    return len(words)


def _within(line: Line, edges: Sequence[float], number: int) -> Line | None:
    """Return the part of the line between two edges; a text that passes one stays whole."""
    words = tuple(
        word
        for phrase in line.phrases()
        for word in phrase.words
        if sum(edge <= phrase.box.left + 1 for edge in edges) == number
    )
    return Line(words) if words else None


def _key(cells: Sequence[HeaderCell]) -> Key:
    return tuple((header_form(cell.text), round(cell.box.left)) for cell in cells)


def columns_in_force(stretch: Stretch, above: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretch as one of the table (or the several side by side) that stands above it.

    Where it prints no code it belongs to none, and stays as it is.
    """
    phrases = (part for line in stretch.lines for part in line.phrases())
    if not above or not any(prints_codes(phrase.text) for phrase in phrases):
        return [stretch]
    if len(above) == 1:
        return [Stretch(stretch.lines, key=above[0].key)]
    edges = above[0].edges
    parts = [[_within(line, edges, at) for line in stretch.lines] for at in range(len(above))]
    return [
        Stretch([line for line in part if line is not None], key=one.key)
        for part, one in zip(parts, above, strict=True)
    ]
