"""What stands where on a page: ruled tables, and stretches of lines with or without a header."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from precert.tables.pdf.anchors import prints_codes
from precert.tables.pdf.grid import grids_of
from precert.tables.pdf.lines import Line, lines_of
from precert.tables.pdf.ruled import Ruled
from precert.tables.pdf.stretches import Stretch, columns_in_force, stretches_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.tables.header_words import HeaderWords
    from precert.tables.pdf.grid import Grid
    from precert.tables.pdf.header import HeaderFinder
    from precert.tables.pdf.pages import Page
    from precert.tables.pdf.shapes import Word

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
    grids = grids_of(page.drawn.across, page.drawn.down)
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
        outline.blocks += stretches_of(lines[begin:end], finder)
        outline.blocks.append(ruled)
        begin = end
    outline.blocks += stretches_of(lines[begin:], finder)


def go_on(outlines: Sequence[Outline]) -> None:
    """Give the stretches without a header that print codes the columns that are in force there."""
    above: list[Stretch] = []
    for outline in outlines:
        blocks: list[Block] = []
        for block in outline.blocks:
            if isinstance(block, Stretch) and block.header:
                above = [*(above if block.beside else []), block]
                blocks.append(block)
            elif isinstance(block, Stretch):
                blocks += columns_in_force(block, above)
            else:
                blocks.append(block)
        outline.blocks = blocks
