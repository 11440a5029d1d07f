"""What a page prints in the end: rows and lines, from top to bottom, before they get their refs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from precert.tables.pdf.lines import cell_text
from precert.tables.pdf.shapes import Box, Word, around
from precert.tables.signs import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.tables.pdf.lines import Line
    from precert.tables.signs import Looks


@dataclass(frozen=True)
class PrintedLine:
    """A line outside the tables."""

    line: Line

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.line.box

    @property
    def text(self) -> str:
        """Its words, in `**` where all of them are bold."""
        return _marked(self.line.text, self.line.words)


@dataclass(frozen=True)
class PrintedRow:
    """A row of a table: the words of each cell.

    `code` is the column of the codes, where the table has one; `rooms` says how wide a line can get
    in each cell.
    """

    cells: tuple[tuple[Word, ...], ...]
    code: int | None
    rooms: tuple[float, ...]
    is_header: bool = False
    reaches: Box | None = None
    """The box of the row, where it is drawn."""
    rests: tuple[PrintedRow, ...] = ()
    """What goes on of it on the pages that follow."""
    edges: tuple[float, ...] = ()
    """Where each of its columns but the last ends."""
    looks: tuple[tuple[Looks, Looks], ...] = ()
    """How each cell is filled, and what is drawn in it; nothing where nothing is drawn."""

    @cached_property
    def box(self) -> Box:
        """The box of the row, or that around its words."""
        if self.reaches is not None:
            return self.reaches
        return around([word.box for cell in self.cells for word in cell])

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells; one that stands alone and is bold stands in `**`."""
        texts = tuple(cell_text(cell) if cell else "" for cell in self.cells)
        for rest in self.rests:
            texts = tuple(f"{a} {b}".strip() for a, b in zip(texts, rest.texts, strict=True))
        if sum(map(bool, texts)) != 1:
            return texts
        return tuple(_marked(text, cell) for text, cell in zip(texts, self.cells, strict=True))

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Its cells with their looks, those of its rests included."""
        cells = [Shown(text) for text in self.texts]
        for row in (self, *self.rests):
            for at, (own, inside) in enumerate(row.looks):
                text, its_own, its_inside = cells[at]
                cells[at] = Shown(text, its_own | own, its_inside | inside)
        return tuple(cells)

    @property
    def last_parts(self) -> tuple[tuple[Word, ...], ...]:
        """For each cell the words that stand on the last page on which it prints any."""
        cells = self.cells
        for rest in self.rests:
            cells = tuple(more or own for own, more in zip(cells, rest.cells, strict=True))
        return cells

    @property
    def prints_code(self) -> bool:
        """Whether it prints something in the column of the codes."""
        return self.code is not None and bool(self.cells[self.code])

    @property
    def bold(self) -> bool:
        """Whether all that it prints is bold."""
        return all(word.look.bold for cell in self.cells for word in cell)


Printed = PrintedLine | PrintedRow


def _marked(text: str, words: Sequence[Word]) -> str:
    return f"**{text}**" if text and all(word.look.bold for word in words) else text
