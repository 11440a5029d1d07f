"""The walk through a document: what stands in which line, under what, and directly beneath what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.columns import read_header
from precert.lists.entries import LineKind
from precert.lists.legends import Legends, marks_explained
from precert.lists.lines import read_line
from precert.lists.markup import prints_code, shown
from precert.lists.programs import Programs
from precert.lists.row_above import RowAbove
from precert.lists.rows import RowReader
from precert.lists.sheets import SheetUse, use_of
from precert.lists.silent import without_silent_answers
from precert.lists.standing import Standing
from precert.lists.whole_document import hold_against
from precert.model import SourceRef

if TYPE_CHECKING:
    from datetime import date

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry, PrintedHeading
    from precert.lists.headings import HeadingReading
    from precert.lists.layout import Layout
    from precert.lists.lines import LineReading
    from precert.lists.notices import Notice
    from precert.lists.rows import RowReading
    from precert.model import Row, Table, TextLine

_OF_ONE_LINE = frozenset((LineKind.NOTICE, LineKind.LEGEND))


class Walk:
    """Takes the blocks of a document one by one; what was found lies in its attributes.

    A line or row that nothing explains may be the rest of the row above, a remark about what stands
    beneath it, or, right above a header, the title of another program. Each is held against it.
    """

    def __init__(self, layout: Layout, *, strips_blanks: bool) -> None:
        self.entries: list[Entry] = []
        self.headings: list[PrintedHeading] = []
        self.programs = Programs(layout)
        self.kinds: dict[SourceRef, LineKind] = {}
        self.diagnostics: list[Diagnostic] = []
        self.effective_from: list[tuple[date, SourceRef]] = []
        self.exhaustive: SourceRef | None = None
        self.exhaustive_within: str | None = None
        self.passed_over = 0
        self._explained: list[tuple[SourceRef, tuple[str, ...]]] = []
        self._half_read: set[SourceRef] = set()
        self._otherwise: dict[str, tuple[SourceRef, str]] = {}
        self._line_before = (SourceRef("", 0), LineKind.BLANK)
        self._notices: list[tuple[SourceRef, Notice]] = []
        self._layout = layout
        self._rows = RowReader(layout, strips_blanks=strips_blanks)
        self._standing = Standing(layout.program)
        self._sheet: str | None = None
        self._passes_over = False
        self._above = RowAbove()
        self._may_be_a_title = False

    def take_line(self, line: TextLine) -> None:
        """Take a line outside the tables: a title, furniture, or one that nothing explains."""
        if self._is_passed_over(line.ref):
            return
        reading = read_line(line.text, self._layout)
        self._hold_against_neighbour(line.ref, reading.kind)
        self.kinds[line.ref] = LineKind.DIAGNOSTIC
        if reading.kind is LineKind.DIAGNOSTIC:
            self.diagnostics.append(diagnostic("PC103", line.ref, text=shown(line.text)))
            self._above.goes_on(line.ref, line.text)
            self._may_explain(line.ref, line.text)
            self._standing = self._standing.with_remark(line.text)
            self._may_be_a_title = True
        self._say_of_line(line.ref, reading)

    def _hold_against_neighbour(self, ref: SourceRef, kind: LineKind) -> None:
        """Note a notice or a legend directly above or below a line that nothing explains.

        They may be lines of one sentence, whose other half turns round what was read.
        """
        before, self._line_before = self._line_before, (ref, kind)
        pair = {before[1], kind}
        if LineKind.DIAGNOSTIC in pair:
            self._half_read |= {at for at, each in (before, (ref, kind)) if each in _OF_ONE_LINE}

    def _say_of_line(self, ref: SourceRef, reading: LineReading) -> None:
        if reading.continues and reading.program in {None, self._standing.program}:
            self.kinds[ref] = reading.kind  # the page has turned, and the row above may go on
            return
        if reading.continued and not self.programs.holds(reading.program):
            self.diagnostics.append(diagnostic("PC124", ref, program=shown(reading.program or "")))
        self._mark(ref, reading.kind)
        if reading.notice is not None:
            notice = reading.notice._replace(program=self._standing.program)
            self._notices.append((ref, notice))
        self._explained.append((ref, reading.explains))
        if reading.kind is LineKind.EXHAUSTIVE:
            self._state_exhaustive(ref)
        if reading.effective_from is not None:
            self.effective_from.append((reading.effective_from, ref))
        if reading.ends_program:
            self._standing = Standing(reading.program)
        self.programs.take_line(ref, reading)

    def _state_exhaustive(self, ref: SourceRef) -> None:
        if self.exhaustive is None:
            self.exhaustive, self.exhaustive_within = ref, self._standing.program

    def take_table(self, table: Table) -> None:
        """Take a table: its header sets the columns; without one those in force go on."""
        if table.header is not None and not self._is_passed_over(table.header.ref):
            if self._may_be_a_title and self._layout.is_titled:
                self._standing = Standing()
            self._mark(table.header.ref, LineKind.HEADER)
            columns, wrong = read_header(table.header, self._layout)
            self._standing = replace(self._standing, columns=columns)
            self.diagnostics += wrong
        for row in table.rows:
            if self._is_passed_over(row.ref):
                self.passed_over += any(map(prints_code, row.cells))
            else:
                self._take_row(row)

    def _is_passed_over(self, ref: SourceRef) -> bool:
        """Return whether the place lies on a sheet to be ignored; a new sheet begins anew."""
        if ref.sheet != self._sheet:
            self._begin_sheet(ref)
        if self._passes_over:
            self.kinds[ref] = LineKind.IGNORED
        return self._passes_over

    def _begin_sheet(self, ref: SourceRef) -> None:
        """Begin anew: columns, heading and remark of the sheet before hold no longer.

        A sheet that the layout does not name may be of another list: where its name sounds like a
        rule, that is a remark about all its rows.
        """
        self._end_above()
        self._line_before = (ref, LineKind.BLANK)
        self._may_be_a_title = False
        self._sheet = ref.sheet
        sheet, sheets = ref.sheet or "", self._layout.sheets
        use = use_of(ref.sheet, sheets)
        self._passes_over = use is SheetUse.IGNORED
        self._standing = Standing(sheet if sheets.are_programs and sheet else self._layout.program)
        if use is SheetUse.UNNAMED:
            self.diagnostics.append(diagnostic("PC120", ref, sheet=shown(sheet)))
        if (use is SheetUse.UNNAMED or not sheets.read) and any(
            alert.pattern.search(sheet) for alert in self._layout.alerts["product"]
        ):
            self._standing = self._standing.with_remark(sheet)

    def _take_row(self, row: Row) -> None:
        self._line_before = (row.ref, LineKind.RULE)
        self.kinds[row.ref] = LineKind.DIAGNOSTIC
        printed = [cell for cell in row.cells if cell.strip()]
        if len(printed) == 1:  # a title or a notice that got into the table
            line = read_line(printed[0], self._layout)
            if line.kind is not LineKind.DIAGNOSTIC:
                self._say_of_line(row.ref, line)
                return
        reading = self._rows.read_row(row, self._standing)
        self.diagnostics += reading.diagnostics
        if self._standing.columns is not None:
            self.passed_over += any(map(prints_code, self._standing.columns.cells(row).ignored))
        if reading.carries:
            self._standing = replace(self._standing, carries=True)
        is_rule = bool(reading.entries)
        self.programs.take_row(reading.program, row.ref, is_rule=is_rule)
        if not reading.entries:
            self._may_explain(row.ref, "\t".join(row.cells))
        if reading.entries:
            self._mark(row.ref, LineKind.RULE)
            self.entries += reading.entries
            self._above = RowAbove(reading.entries, broken=reading.broken)
        elif reading.heading.heading is not None:
            self._take_heading(row, reading.heading, reading.heading.heading)
        elif reading.rest:
            self._take_rest(row, reading)
        else:
            self._end_above()
            self._may_be_a_title = False
            if reading.one_text:
                self._standing = self._standing.with_remark("\t".join(row.cells))

    def _take_heading(self, row: Row, reading: HeadingReading, heading: PrintedHeading) -> None:
        beneath_a_rule = bool(self._above.entries)
        if beneath_a_rule and reading.doubtful:
            self.diagnostics.append(diagnostic("PC207", row.ref, heading=shown(heading.text)))
            if reading.unread:
                self._above.goes_on(row.ref, heading.text)
        self._mark(row.ref, LineKind.HEADING)
        self.headings.append(heading)
        self._standing = replace(
            self._standing,
            heading=heading,
            heading_printed=reading.printed,
            heading_says=reading.says,
            carries=bool(heading.decision),
        )

    def _take_rest(self, row: Row, reading: RowReading) -> None:
        """Take a row without a code: the rest of the one above, or a header in unknown words."""
        if reading.names_columns and not self._above.broken:
            self._standing = replace(self._standing, columns=None)
        printed = "\t".join(row.cells)
        beneath_no_rule = not self._above.entries
        self._may_be_a_title = beneath_no_rule and reading.few_cells
        if beneath_no_rule and reading.one_text:
            self._standing = self._standing.with_remark(printed)
        self._above.goes_on(row.ref, printed)

    def _may_explain(self, ref: SourceRef, printed: str) -> None:
        """Note the footnote marks that a line explains which no legend of the layout reads."""
        for mark in marks_explained(printed, self._layout.footnotes):
            self._otherwise.setdefault(mark, (ref, printed))

    def _mark(self, ref: SourceRef, kind: LineKind) -> None:
        """Note what the line is; one that is explained is neither a rest nor a title.

        Where the page turns, the row above may go on, and a title may stand above its header.
        """
        self.kinds[ref] = kind
        if kind not in {LineKind.DIAGNOSTIC, LineKind.PAGE}:
            self._end_above()
            self._may_be_a_title &= kind is LineKind.BLANK

    def _end_above(self) -> None:
        """Leave the row above, the last one with rules: it was read, or not wholly."""
        if not self._above.entries:
            return
        if (ended := self._above.end()) is not None:
            self.entries[-len(self._above.entries) :], wrong = ended
            self.diagnostics.append(wrong)
        self._above = RowAbove()

    def finish(self) -> None:
        """Leave the document, and hold against the rules what the whole of it says."""
        self._end_above()
        explained = frozenset(
            mark for ref, marks in self._explained if ref not in self._half_read for mark in marks
        )
        legends = Legends(explained, self._otherwise)
        notices = [
            (ref, notice._replace(whole=ref not in self._half_read))
            for ref, notice in self._notices
        ]
        self.entries, wrong = hold_against(
            self.entries, self._layout, legends, notices, self._rows.dates
        )
        self.entries, silent = without_silent_answers(self.entries, self._rows.answers)
        self.diagnostics += [*wrong, *silent]
