"""What a reader of a format found, row by row and line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.model import Table

if TYPE_CHECKING:
    from precert.model import Row, TextLine
    from precert.tables import Contents


def printed(contents: Contents) -> list[TextLine | Row]:
    """Return all lines and rows in their order."""
    found: list[TextLine | Row] = []
    for block in contents.blocks:
        if isinstance(block, Table):
            found += [*([block.header] if block.header else []), *block.rows]
        else:
            found.append(block)
    return found
