"""What is in force at a row: the program, the columns and the heading printed above it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from precert.lists.markup import digest
from precert.lists.said import NOTHING

if TYPE_CHECKING:
    from precert.lists.columns import Columns
    from precert.lists.entries import PrintedHeading
    from precert.lists.said import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """A title begins a new one; a header replaces the columns, a heading the heading.

    `program` is None above the first title and after a line that ends a program, `columns` is None
    until the program's first header. `remark` is the digest of the lines beneath the title that
    nothing explains: they may speak of every rule after them. `carries`: the heading, or a row
    without a code, prints an answer, which a blank beneath it may mean.
    """

    program: str | None = None
    columns: Columns | None = None
    heading: PrintedHeading | None = None
    heading_printed: str = ""
    heading_says: Reading = NOTHING
    remark: str = ""
    carries: bool = False

    def with_remark(self, printed: str) -> Standing:
        """Return what is in force after a line that nothing explains."""
        return replace(self, remark=digest(f"{self.remark}{printed}"))
