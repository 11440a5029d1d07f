"""The columns of a rule's first and last day, and whether their days contradict the order of dates.

A day such as 2/3/2026 says nothing of the order in which it is printed. Where another cell of the
document is a day only in the other order, none of these is trusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.dates import is_in_any_order, is_in_other_order, read_bound
from precert.lists.markup import shown
from precert.lists.said import Reading

if TYPE_CHECKING:
    from precert.lists.columns import Cells
    from precert.lists.findings import Findings
    from precert.lists.layout_values import DateForm
    from precert.model import SourceRef

_FROM, _TO = "effective_from", "effective_to"


class DateReader:
    """Reads the dates of rows; `doubtful` are places whose dates may be of either order.

    `other_order` is the first place, and what it prints, of a day in the order that the list is not
    said to have.
    """

    def __init__(self, form: DateForm) -> None:
        self._form = form
        self.doubtful: dict[SourceRef, str] = {}
        self.other_order: tuple[SourceRef, str] | None = None

    def read_dates(self, cells: Cells, found: Findings) -> None:
        """Add the first and the last day of the row to what was found on it."""
        for field in (_FROM, _TO):
            printed = cells.fields.get(field, "")
            if printed:
                self._read(field, printed, found)
        starts, ends = found.effective_from, found.effective_to
        if starts is not None and ends is not None and ends < starts:
            found.effective_from = found.effective_to = None
            printed = f"{cells.fields.get(_FROM, starts)} to {cells.fields.get(_TO, ends)}"
            found.leave_unread(_TO, printed)
            found.report("PC302", column=_TO, text=shown(printed))

    def _read(self, field: str, printed: str, found: Findings) -> None:
        bound = read_bound(printed, self._form, ends=field == _TO)
        days = () if bound.day is None else (bound.day,)
        reading = Reading(effective_to=days) if field == _TO else Reading(effective_from=days)
        found.take(field, printed, reading, unread=not bound.is_read)
        if is_in_any_order(printed):
            self.doubtful.setdefault(found.ref, printed)
        if self.other_order is None and is_in_other_order(printed, self._form):
            self.other_order = found.ref, printed
