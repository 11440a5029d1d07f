"""The rows of a ruled table; where only its columns are ruled, its rows hang on their codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from precert.tables.pdf.anchors import is_anchor_word, prints_codes
from precert.tables.pdf.cell_lines import levels_of, spacing_of
from precert.tables.pdf.columns import Columns
from precert.tables.pdf.cut import cutter_of
from precert.tables.pdf.lines import IN_ONE_CELL, lines_of
from precert.tables.pdf.printed import PrintedRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.tables.pdf.cell_lines import Level
    from precert.tables.pdf.grid import Grid
    from precert.tables.pdf.shapes import Word

_Cells = list[tuple["Word", ...]]
_MOSTLY = 2 / 3
_LEVEL = 0.3
_LOOSE = 1.2
"""Codes of one cell stand no further apart than so many heights of a letter."""


@dataclass(frozen=True)
class Ruled:
    """A ruled table and the words in it."""

    grid: Grid
    words: tuple[Word, ...]

    @cached_property
    def printed_rows(self) -> list[PrintedRow]:
        """Its rows; a row in which nothing stands is none.

        A text that reaches over several columns stands in the first, one that reaches over several
        rows in each of them.
        """
        rows, code = self._rows, self._code
        rooms = self._rooms([cells for _, cells in rows])
        printed: list[PrintedRow] = []
        for row, cells in rows:
            if code is not None and _holds_several_rows(cells, code):
                printed += self._cut(cells, code, rooms)
            else:
                box = self.grid.row_box(row)
                edges = self.grid.downs[1:-1]
                printed.append(PrintedRow(tuple(cells), code, rooms, reaches=box, edges=edges))
        return printed

    @property
    def holds_several_rows(self) -> bool:
        """Return whether a drawn row holds several printed ones: only the columns are ruled."""
        return self._code is not None and any(
            _holds_several_rows(cells, self._code) for _, cells in self._rows
        )

    @cached_property
    def first_words(self) -> list[Word]:
        """The words of its first row."""
        return [word for cell in self._rows[0][1] for word in cell] if self._rows else []

    @cached_property
    def _code(self) -> int | None:
        return _code_column([cells for _, cells in self._rows])

    @cached_property
    def _rows(self) -> list[tuple[int, _Cells]]:
        found = self.grid.cells(self.words)
        rows = []
        for row, owners in enumerate(self.grid.owners):
            cells = [
                tuple(found.get(owner, ())) if owner[1] == column else ()
                for column, owner in enumerate(owners)
            ]
            own = any(cell and owner[0] == row for cell, owner in zip(cells, owners, strict=True))
            if own:
                rows.append((row, cells))
        return rows

    def _rooms(self, rows: list[_Cells]) -> tuple[float, ...]:
        """Return how wide a line can be in each column: its margins are alike."""
        rooms = []
        for column in range(self.grid.width):
            left, right = self.grid.downs[column], self.grid.downs[column + 1]
            begun = [word.box.left - left for cells in rows for word in cells[column]]
            rooms.append(right - left - 2 * max(0.0, min(begun, default=0.0)))
        return tuple(rooms)

    def _cut(self, cells: _Cells, code: int, rooms: tuple[float, ...]) -> list[PrintedRow]:
        columns = Columns(self.grid.downs[1:-1], code)
        levels = levels_of([word for cell in cells for word in cell], columns)
        cutter = cutter_of([(levels, ())], spacing_of([levels], columns))
        return [row_of(row, columns, rooms) for row in cutter.rows(levels, ())]


def row_of(levels: Iterable[Level], columns: Columns, rooms: tuple[float, ...]) -> PrintedRow:
    """Return the row that lines of cells make."""
    cells: list[list[Word]] = [[] for _ in range(columns.width)]
    for level in levels:
        for one in level:
            cells[one.column] += one.line.words
    return PrintedRow(tuple(map(tuple, cells)), columns.code, rooms, edges=columns.edges)


def _code_column(rows: list[_Cells]) -> int | None:
    """Return the column in which most lines begin with a code."""
    codes: Counter[int] = Counter()
    for cells in rows:
        for column, cell in enumerate(cells):
            if len(cell) == 1:
                codes[column] += is_anchor_word(cell[0].text)
            elif any(is_anchor_word(word.text) for word in cell):
                lines = lines_of(cell, IN_ONE_CELL)
                codes[column] += sum(is_anchor_word(line.words[0].text) for line in lines)
    column, times = codes.most_common(1)[0] if codes else (0, 0)
    return column if times else None


def _holds_several_rows(cells: _Cells, code: int) -> bool:
    """Return whether a cell of codes has several lines that are rows of their own.

    They are where they stand further apart than lines of a cell, or where most other cells have a
    line beside each.
    """
    if len(cells[code]) < 2:  # noqa: PLR2004 - two codes
        return False
    anchors = [line.box for line in lines_of(cells[code], IN_ONE_CELL) if prints_codes(line.text)]
    others = [cell for at, cell in enumerate(cells) if cell and at != code]
    if len(anchors) < 2 or not others:  # noqa: PLR2004 - as above
        return False
    pitch = (anchors[-1].middle - anchors[0].middle) / (len(anchors) - 1)
    beside = sum(
        all(
            any(abs(word.box.middle - box.middle) < _LEVEL * box.height for word in cell)
            for box in anchors
        )
        for cell in others
    )
    return pitch > _LOOSE * anchors[0].height or beside >= _MOSTLY * len(others)
