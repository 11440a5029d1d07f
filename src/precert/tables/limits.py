"""What no row of a list is: a file beyond these limits is refused, not read for hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.errors import UnreadableDocument

if TYPE_CHECKING:
    from precert.model import SourceRef

MOST_CELLS = 1000
"""Cells of a row that print something, and blank ones before them."""


def within_limits(ref: SourceRef, cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells, without blank ones at the end beyond the limit.

    Raises UnreadableDocument where the row has more cells than any list has columns.
    """
    if len(cells) <= MOST_CELLS:
        return cells
    if any(cell.strip() for cell in cells[MOST_CELLS:]):
        reason = (
            f"{ref.place} is a row of {len(cells):,} cells, expected {MOST_CELLS:,} at most; "
            "save the list again with one row for each code"
        )
        raise UnreadableDocument(ref.document, reason)
    return cells[:MOST_CELLS]
