"""How far the cells of a sheet that hold something lie apart: a reader keeps all between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.tables.xlsx.places import cell_place
from precert.tables.xlsx.xml_parts import local, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.tables.xlsx.package import Package

LARGEST_AREA = 20_000_000
"""Cells from the first to the last that holds something, the blank ones between them counted."""

_CONTENT = {"v", "is", "f"}


class _Filled:
    """Takes the elements of a sheet; what was seen are the cells with something in them."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self._cell = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if element == "c":
            self._cell = attributes.get("r", "")
        elif element in _CONTENT and self._cell:
            row, column = cell_place(self._cell)
            self.rows.add(row)
            self.columns.add(column)

    def end(self, name: str) -> None:
        """Nothing begins that had to end."""


def refuse_if_spread(package: Package, part: str) -> None:
    """Raise UnreadableDocument for a sheet of which almost all is blank between far cells.

    Cells that do not say where they stand follow each other, and need no look.
    """
    filled = _Filled()
    parse_part(package, part, filled, ends=False)
    if not filled.rows:
        return
    rows, columns = (max(some) - min(some) + 1 for some in (filled.rows, filled.columns))
    if rows * columns > LARGEST_AREA:
        reason = (
            f"{part} spreads over {rows:,} rows and {columns:,} columns, almost all of them blank; "
            "delete what stands far outside the list, and save it again"
        )
        raise package.unreadable(reason)
