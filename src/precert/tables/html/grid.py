"""Cells that span rows and columns, put into the columns of their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.tables.limits import MOST_CELLS
from precert.tables.signs import BLANK, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_ROWS = 1000
_MOST_ADDED = 1_000_000
"""Cells that the spans of a whole page add; no list has so many."""


class Span(NamedTuple):
    """A cell as the page gives it: what it shows, and over how many columns and rows it goes.

    0 rows are all that are left of the group.
    """

    shown: Shown = BLANK
    columns: int = 1
    rows: int = 1


class Allowance:
    """How many cells the spans of a page may still add; `cut` once a span was cut short."""

    def __init__(self) -> None:
        self._left = _MOST_ADDED
        self.cut = False

    def adds(self) -> bool:
        """Return whether one more cell may be added."""
        self._left -= 1
        self.cut |= self._left < 0
        return self._left >= 0

    def at_most(self, wanted: int, most: int) -> int:
        """Return how far a cell goes."""
        self.cut |= wanted > most
        return max(1, min(wanted, most))


class Grid:
    """The columns of one table, row by row."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._from_above: dict[int, tuple[int, Shown]] = {}

    def row(self, spans: Iterable[Span]) -> tuple[Shown, ...]:
        """Return the cells of the next row.

        A cell over several rows says what it says in each of them: its text is repeated. One over
        several columns is printed in the first, and the others are blank: a title over the whole
        width is one text, not seven, and a header word over two columns does not tell them apart,
        so that what stands beneath the second has no header word, which is reported. A cell without
        a text looks in all its columns as it does in the first.
        """
        above, self._from_above = self._from_above, {}
        cells: list[Shown] = []
        for span in spans:
            self._take_over(cells, above)
            at = len(cells)
            cells.append(span.shown)
            more = span.shown if span.shown.is_blank else BLANK
            end = at + self._allowance.at_most(span.columns, MOST_CELLS - at)
            while len(cells) < end and self._add(more, cells, above):
                pass
            rows = self._allowance.at_most(span.rows or _MOST_ROWS, _MOST_ROWS)
            if rows > 1:
                self._from_above[at] = (rows - 1, span.shown)
                self._from_above |= dict.fromkeys(range(at + 1, len(cells)), (rows - 1, more))
        while above and self._add(BLANK, cells, above):
            pass
        return tuple(cells)

    def skip_row(self) -> None:
        """Take a row that is not put into columns; cells from above go past it."""
        self.row(())

    def end_group(self) -> None:
        """End a group of rows: no cell goes over its end."""
        self._from_above = {}

    def _add(self, blank: Shown, cells: list[Shown], above: dict[int, tuple[int, Shown]]) -> bool:
        """Add the cells from above that go on in the next columns, or else the blank one."""
        if not self._take_over(cells, above):
            if not self._allowance.adds():
                return False
            cells.append(blank)
        return True

    def _take_over(self, cells: list[Shown], above: dict[int, tuple[int, Shown]]) -> bool:
        """Add the cells that go on from the row above into the next columns, if there are any."""
        begins = len(cells)
        while (at := len(cells)) in above:
            rows, shown = above.pop(at)
            if not self._allowance.adds():
                above.clear()
                break
            cells.append(shown)
            if rows > 1:
                self._from_above[at] = (rows - 1, shown)
        return len(cells) > begins
