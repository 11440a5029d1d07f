"""What is found on a row beside its cells: what stands above it, and what is broken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import IGNORED
from precert.lists.markup import breaks_off, shown
from precert.model import Unread

if TYPE_CHECKING:
    from precert.lists.code_cells import CodeCell
    from precert.lists.columns import Cells
    from precert.lists.findings import Findings
    from precert.lists.standing import Standing
    from precert.model import Requirement, Row


def add_what_stands_above(standing: Standing, requirement: Requirement, found: Findings) -> None:
    """Add what the heading says, and that a remark stands above; both were reported there."""
    if standing.remark:
        found.add((Unread("remark", standing.remark),))
    says = standing.heading_says.under(requirement)
    if says.rest:
        found.add(says.conditions)
        found.leave_unread("heading", standing.heading_printed)
    elif says.found:
        found.take("heading", standing.heading_printed, says, unread=False)


def report_codes(codes: CodeCell, printed: str, found: Findings) -> None:
    """Leave the cell of the codes unread where something in it is no code, or an unknown mark."""
    for reason in codes.wrong:
        found.report("PC303", reason=reason)
    if codes.unknown:
        found.report("PC302", column="code", text=shown(printed))
    if codes.wrong or codes.unknown:
        found.leave_unread("code", printed)


def report_broken(cells: Cells, row: Row, found: Findings, *, cut: bool) -> bool:
    """Leave unread what of the row is broken off; return whether it goes on in the next line."""
    if cut:
        found.leave_unread("row", "\t".join(row.cells))
    if cells.surplus:
        found.leave_unread("row", "\t".join(cells.surplus))
    printed = (*cells.fields.items(), *((IGNORED, cell) for cell in cells.ignored))
    opened = tuple((field, cell) for field, cell in printed if breaks_off(cell))
    for field, cell in opened:
        found.leave_unread(field, cell)
        found.report("PC302", column=field, text=shown(cell))
    return cut or bool(opened)
