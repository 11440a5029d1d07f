"""What a row of a table is: a rule, a heading, or a row that says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.codes import is_code, looks_like_code, parse_code
from precert.diagnostics import diagnostic
from precert.lists.entries import PrintedHeading
from precert.lists.markup import is_blank, plain, shown
from precert.lists.notes import NoteReader
from precert.lists.rules import RuleReader

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.lists.columns import Cells
    from precert.lists.entries import Entry
    from precert.lists.layout import Layout
    from precert.lists.notes import Reading
    from precert.lists.standing import Standing
    from precert.model import Row

_BESIDE_A_HEADING = ("decision", "platform")


class RowReading(NamedTuple):
    """A row's rule, or its heading and what that says, or neither; and what is wrong with it."""

    diagnostics: tuple[Diagnostic, ...]
    entry: Entry | None = None
    heading: PrintedHeading | None = None
    heading_printed: str = ""
    heading_says: Reading | None = None


class RowReader:
    """Reads the rows of one document by a layout."""

    def __init__(self, layout: Layout) -> None:
        self._notes = NoteReader(layout)
        self._rules = RuleReader(layout, self._notes)

    def read_row(self, row: Row, standing: Standing) -> RowReading:
        """Return what the row is under the title, header and heading that are in force."""
        if standing.program is None:
            return RowReading((diagnostic("PC105", row.ref),))
        if standing.columns is None:
            return RowReading((diagnostic("PC204", row.ref),))
        cells = standing.columns.cells(row)
        wrong = _wrong_number(row, standing.columns.width, cells)
        printed = plain(cells.fields.get("code", ""))
        code = parse_code(printed)
        if is_code(code):
            entry, more = self._rules.read_rule(code, cells, standing, row.ref)
            return RowReading((*wrong, *more), entry=entry)
        if (column := _heading_column(cells)) is not None:
            return self._heading(row, cells, column, standing.program, wrong)
        reason = str(code) if printed else "the row prints no code"
        return RowReading((*wrong, diagnostic("PC303", row.ref, reason=reason)))

    def _heading(
        self, row: Row, cells: Cells, column: str, program: str, wrong: tuple[Diagnostic, ...]
    ) -> RowReading:
        printed = cells.fields[column]
        decision, platform = (plain(cells.fields.get(field, "")) for field in _BESIDE_A_HEADING)
        heading = PrintedHeading(row.ref, program, plain(printed), decision, platform)
        says = self._notes.search("heading", heading.text)
        if decision or platform:
            carried = shown(" / ".join(filter(None, (decision, platform))))
            wrong += (diagnostic("PC205", row.ref, heading=shown(heading.text), carried=carried),)
        if says.rest:
            text = shown(printed)
            wrong += (diagnostic("PC302", row.ref, column="heading", text=text),)
        return RowReading(wrong, None, heading, printed, says)


def _wrong_number(row: Row, width: int, cells: Cells) -> tuple[Diagnostic, ...]:
    """Return a diagnostic where the row lacks cells, or prints something under no header word."""
    if len(row.cells) >= width and not cells.surplus:
        return ()
    return (diagnostic("PC202", row.ref, cells=len(row.cells), expected=width),)


def _heading_column(cells: Cells) -> str | None:
    """Return the field that holds the row's heading; None where the row is no heading.

    A heading is the only text of its row, decision and platform aside, it stands in the column of
    the codes or of the descriptions, and was not meant as a code: in the column of the codes, every
    text with a digit in it was.
    """
    printed = [
        field
        for field, cell in cells.fields.items()
        if field not in _BESIDE_A_HEADING and not is_blank(cell)
    ]
    if cells.unknown or cells.surplus or printed not in (["code"], ["description"]):
        return None
    text = plain(cells.fields[printed[0]])
    meant = looks_like_code(text) or (printed == ["code"] and any(map(str.isdigit, text)))
    return None if meant else printed[0]
