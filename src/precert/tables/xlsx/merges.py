"""Merged cells: what is printed once over several rows is said in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Corner = tuple[int, int]
"""Row and column, from 0."""


class Merges:
    """The merges that reach over several rows, and what stands in those that were begun.

    Rows are given in their order. A merge over columns alone needs nothing: its text stands in its
    first cell, and the others are blank.
    """

    def __init__(self, ranges: Iterable[tuple[Corner, Corner]]) -> None:
        self._coming = sorted((one for one in ranges if one[0][0] < one[1][0]), reverse=True)
        self._begun: list[tuple[int, int, str]] = []

    def fill(self, row: int, first_column: int, cells: list[str]) -> None:
        """Write the texts of merges from above into the blank cells of a row that prints anything.

        A row that prints nothing of its own is a part of the row above it, and stays blank.
        """
        if not (self._coming or self._begun):
            return
        prints = any(cell.strip() for cell in cells)
        self._begun = [one for one in self._begun if one[0] >= row]
        for _, at, text in self._begun:
            if prints and not cells[at].strip():
                cells[at] = text
        while self._coming and self._coming[-1][0][0] <= row:
            (top, left), (bottom, _) = self._coming.pop()
            at = left - first_column
            if top == row and 0 <= at < len(cells) and cells[at].strip():
                self._begun.append((bottom, at, cells[at]))
