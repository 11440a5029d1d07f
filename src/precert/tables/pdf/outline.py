"""What stands where on a page: ruled tables, and stretches of lines with or without a header."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.header_words import header_form
from precert.tables.pdf.anchors import prints_codes
from precert.tables.pdf.columns import emptiest, runs_of
from precert.tables.pdf.grid import Grid, grids_of
from precert.tables.pdf.lines import Line, lines_of
from precert.tables.pdf.ruled import Ruled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.tables.header_words import HeaderWords
    from precert.tables.pdf.header import Header, HeaderCell, HeaderFinder
    from precert.tables.pdf.pages import Page
    from precert.tables.pdf.shapes import Word

MOST_MEETINGS = 2_000_000
"""So many pairs of drawn lines are looked at, at most, on one page."""

Key = tuple[tuple[str, int], ...]
"""What the columns of a table are known by on all its pages: its header's words and their places."""


@dataclass(slots=True)
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


Block = Ruled | Stretch


@dataclass(slots=True)
class Outline:
    """The parts of a page from top to bottom, its running lines, and words that lie sideways."""

    page: Page
    loose: bool = False
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    running: list[Line] = field(default_factory=list)
    numbers: list[Line] = field(default_factory=list)
    sideways: list[Line] = field(default_factory=list)
    ruled: list[Ruled] = field(default_factory=list)


def lines_and_grids(
    page: Page, finder: HeaderFinder, words: HeaderWords, *, loose: bool
) -> Outline:
    """Return the ruled tables of the page and the lines outside of them.

    A table of which only the columns are ruled is read by its words where its header is found, and
    where that was so on a page before: `loose`.
    """
    outline = Outline(page, loose=loose)
    drawn = page.drawn
    meetings = len(drawn.across) * len(drawn.down)
    grids = grids_of(drawn.across, drawn.down) if meetings <= MOST_MEETINGS else []
    rest = page.words
    for grid in sorted(grids, key=_area):
        inside, outside = grid.inside(rest)
        ruled = Ruled(grid, tuple(inside))
        if not inside or _only_a_header(ruled, outside, words):
            continue
        if _is_loose(ruled, finder, words, loose=outline.loose):
            outline.loose |= ruled.holds_several_rows
            continue
        outline.ruled.append(ruled)
        rest = outside
    outline.sideways = [Line((word,)) for word in rest if not word.letters]
    outline.lines = lines_of(word for word in rest if word.letters)
    return outline


def _area(grid: Grid) -> float:
    box = grid.box
    return (box.right - box.left) * box.height


def _is_loose(ruled: Ruled, finder: HeaderFinder, words: HeaderWords, *, loose: bool) -> bool:
    """Return whether only the columns of the table are ruled, and its header is known."""
    if ruled.holds_several_rows:
        return loose or bool(finder.headers(lines_of(ruled.words)))
    first = ruled.printed_rows[0]
    if not first.prints_code or words.are_in(first.texts):
        return False
    return bool(finder.headers(lines_of(ruled.first_words)))


def _only_a_header(ruled: Ruled, outside: list[Word], words: HeaderWords) -> bool:
    """Return whether only the header of a table is ruled, and its rows stand beneath without."""
    rows = ruled.printed_rows
    bottom = ruled.grid.box.bottom
    return bool(
        rows
        and words.are_in(rows[-1].texts)
        and any(word.box.top >= bottom - 1 and prints_codes(word.text) for word in outside)
    )


def part(outline: Outline, finder: HeaderFinder, running: set[int], numbers: set[int]) -> None:
    """Find the blocks of the page; running lines and page numbers, told by number, are in none."""
    outline.running = [outline.lines[at] for at in sorted(running)]
    outline.numbers = [outline.lines[at] for at in sorted(numbers)]
    lines = [line for at, line in enumerate(outline.lines) if at not in running | numbers]
    begin = 0
    for ruled in sorted(outline.ruled, key=lambda each: (each.grid.box.top, each.grid.box.left)):
        end = begin
        while end < len(lines) and lines[end].box.middle < ruled.grid.box.top:
            end += 1
        outline.blocks += _stretches(lines[begin:end], finder)
        outline.blocks.append(ruled)
        begin = end
    outline.blocks += _stretches(lines[begin:], finder)


def _stretches(lines: list[Line], finder: HeaderFinder) -> list[Stretch]:
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


def go_on(outlines: Sequence[Outline]) -> None:
    """Give the stretches without a header that print codes the columns that are in force there."""
    above: list[Stretch] = []
    for outline in outlines:
        blocks: list[Block] = []
        for block in outline.blocks:
            if isinstance(block, Stretch) and block.header:
                above = [*(above if block.beside else []), block]
                blocks.append(block)
            elif isinstance(block, Stretch) and above and _prints_codes(block):
                blocks += _beneath_no_header(block, above)
            else:
                blocks.append(block)
        outline.blocks = blocks


def _prints_codes(stretch: Stretch) -> bool:
    return any(prints_codes(part.text) for line in stretch.lines for part in line.phrases())


def _beneath_no_header(stretch: Stretch, above: list[Stretch]) -> list[Stretch]:
    if len(above) == 1:
        stretch.key = above[0].key
        return [stretch]
    edges = above[0].edges
    parts = [[_within(line, edges, at) for line in stretch.lines] for at in range(len(above))]
    return [
        Stretch([line for line in part if line is not None], key=one.key)
        for part, one in zip(parts, above, strict=True)
    ]


def _period(cells: Sequence[HeaderCell]) -> int:
    """Return after how many cells the header repeats itself, else their number."""
    words = [header_form(cell.text) for cell in cells]
    for size in range(2, len(words) // 2 + 1):
        if len(words) % size == 0 and words == words[:size] * (len(words) // size):
            return size
    return len(words)


def _within(line: Line, edges: Sequence[float], number: int) -> Line | None:
    """Return the part of the line between two edges; a text that passes one stays with its start."""
    words = tuple(
        word
        for phrase in line.phrases()
        for word in phrase.words
        if sum(edge <= phrase.box.left + 1 for edge in edges) == number
    )
    return Line(words) if words else None


def _key(cells: Sequence[HeaderCell]) -> Key:
    return tuple((header_form(cell.text), round(cell.box.left)) for cell in cells)
