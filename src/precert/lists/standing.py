"""What is in force at a row: the program, the columns and the heading printed above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.lists.notes import NOTHING

if TYPE_CHECKING:
    from precert.lists.columns import Columns
    from precert.lists.entries import PrintedHeading
    from precert.lists.notes import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """A title begins a new one; a header replaces the columns, a heading the heading.

    `program` is None above the first title and after a line that ends a program, `columns` is None
    until the program's first header.
    """

    program: str | None = None
    columns: Columns | None = None
    heading: PrintedHeading | None = None
    heading_printed: str = ""
    heading_says: Reading = NOTHING
