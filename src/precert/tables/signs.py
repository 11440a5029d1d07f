"""Cells without a text that may show a sign all the same: by a look that is theirs alone.

A blank may mean something, where a layout says so. A cell that prints nothing and shows a green
square is no blank: what it says was not read. Looks that only set a table are told from signs by
their neighbours: a whole column has them, or a whole row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def _of_column(cells: Sequence[Shown]) -> tuple[Looks, Looks]:
    if len(cells) < _FEWEST:
        return NONE, NONE
    prints = not all(cell.is_blank for cell in cells)
    own = _shared(cell.own for cell in cells)
    return own, _shared(cell.inside for cell in cells) if prints else NONE


def _shared(looks: Iterable[Looks]) -> Looks:
    each = list(looks)
    return each[0].intersection(*each[1:]) if each else NONE
