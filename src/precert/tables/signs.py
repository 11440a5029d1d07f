"""Cells without a text that may show a sign all the same: by a look that is theirs alone.

A blank may mean something, where a layout says so. A cell that prints nothing and shows a green
square is no blank: what it says was not read. Looks that only set a table are told from signs by
their neighbours: a whole column has them, or a whole row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from precert.diagnostics import diagnostic
from precert.model import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import TextLine

SIGN = "<sign>"
"""Stands in a cell without a text that may show a sign: no layout takes it for a blank."""

_CODE = re.compile(r"[0-9]{3}")
_FEWEST = 2
"""So many rows, at least, show that a look is that of the column."""

Looks = frozenset[str]
NONE: Looks = frozenset()


class Shown(NamedTuple):
    """A cell's text and its looks: those of the cell itself, and of what it holds."""

    text: str = ""
    own: Looks = NONE
    inside: Looks = NONE

    @property
    def is_blank(self) -> bool:
        """Whether the cell prints no text."""
        return not self.text.strip()


BLANK = Shown()


def signs_in(rows: Sequence[Sequence[Shown]]) -> Iterator[tuple[int, int]]:
    """Yield where a blank cell may show a sign, as numbers of its row and its column.

    Rows as wide as each other are compared, of those that hold a code. A look of the cell is no
    sign where all cells of its column have it, printing or not, or all of its row that print
    something. What a cell holds is no sign where all cells of the column hold it, and one prints.
    """
    by_width: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if any(_CODE.search(cell.text) for cell in row):
            by_width[len(row)].append(number)
    found: list[tuple[int, int]] = []
    for alike in by_width.values():
        columns = [_of_column(cells) for cells in zip(*(rows[at] for at in alike), strict=True)]
        for at in alike:
            of_row = _shared(cell.own for cell in rows[at] if not cell.is_blank)
            for column, (cell, (own, inside)) in enumerate(zip(rows[at], columns, strict=True)):
                if cell.is_blank and (cell.own - own - of_row or cell.inside - inside):
                    found.append((at, column))
    yield from sorted(found)


def put_signs(
    printed: list[Row | TextLine], shown: Mapping[int, Sequence[Shown]]
) -> list[Diagnostic]:
    """Put a sign into the blank cells of rows that may show one, and return that there are any.

    `shown` are the cells of rows by their number in `printed`, which is changed.
    """
    numbers = list(shown)
    columns: dict[int, set[int]] = defaultdict(set)
    for at, column in signs_in(list(shown.values())):
        columns[numbers[at]].add(column)
    for number, signed in columns.items():
        row = printed[number]
        if isinstance(row, Row):
            cells = (SIGN if at in signed else text for at, text in enumerate(row.cells))
            printed[number] = replace(row, cells=tuple(cells))
    if not columns:
        return []
    places = [printed[number].ref for number in columns]
    return [diagnostic("PC221", *places, cells=sum(map(len, columns.values())))]


def _of_column(cells: Sequence[Shown]) -> tuple[Looks, Looks]:
    if len(cells) < _FEWEST:
        return NONE, NONE
    prints = not all(cell.is_blank for cell in cells)
    own = _shared(cell.own for cell in cells)
    return own, _shared(cell.inside for cell in cells) if prints else NONE


def _shared(looks: Iterable[Looks]) -> Looks:
    each = list(looks)
    return each[0].intersection(*each[1:]) if each else NONE
