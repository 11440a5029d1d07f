"""What a row of a table is: a rule, a heading, or a row that says what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import looks_like_code
from precert.diagnostics import diagnostic
from precert.lists.answers import decide
from precert.lists.code_cells import read_code_cell
from precert.lists.columns import read_header
from precert.lists.dates import read_bound
from precert.lists.footnotes import plain_with_marks
from precert.lists.headings import NO_HEADING, heading_column, read_heading
from precert.lists.markup import is_blank, plain, spoken
from precert.lists.notes import NoteReader
from precert.lists.rules import RuleReader

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.lists.code_cells import CodeCell
    from precert.lists.columns import Cells
    from precert.lists.entries import Entry
    from precert.lists.headings import HeadingReading
    from precert.lists.layout import Layout
    from precert.lists.standing import Standing
    from precert.model import Row

_WORDS_OF_A_HEADER = 3
"""So many cells are printed, at least, in a row that may be a header in words nobody knows."""


class RowReading(NamedTuple):
    """A row's rules, or its heading, or neither; and what is wrong with it.

    `broken`: the row evidently goes on in the next line. `rest`: it prints no code, and may itself
    be the rest of the row above it; `one_text`: what it prints may be a heading or a remark,
    with `few_cells` the title of a program.
    `names_columns`: it may be a header in words that nobody knows, after which the columns in force
    hold no longer. `program` is the one that the row belongs to, by its own cell or by the title.
    """

    diagnostics: tuple[Diagnostic, ...]
    entries: tuple[Entry, ...] = ()
    heading: HeadingReading = NO_HEADING
    broken: bool = False
    rest: bool = False
    one_text: bool = False
    few_cells: bool = False
    names_columns: bool = False
    program: str | None = None
    carries: bool = False


class RowReader:
    """Reads the rows of one document by a layout; `strips_blanks`: it lacks blanks at their end."""

    def __init__(self, layout: Layout, *, strips_blanks: bool) -> None:
        self._layout = layout
        self._notes = NoteReader(layout)
        self._rules = RuleReader(layout, self._notes)
        self.dates = self._rules.dates
        self.answers = self._rules.answers
        self._strips_blanks = strips_blanks
        self._said_that_it_strips = False

    def read_row(self, row: Row, standing: Standing) -> RowReading:
        """Return what the row is under the title, header and heading that are in force."""
        in_column = "program" in self._layout.columns.values()
        if standing.program is None and not in_column:
            return RowReading((diagnostic("PC105", row.ref),))
        if standing.columns is None:
            one_text, program = _printed(row) == 1, standing.program
            return RowReading((diagnostic("PC204", row.ref),), one_text=one_text, program=program)
        cells = standing.columns.cells(row)
        if named := plain(cells.fields.get("program", "")):
            standing = replace(standing, program=named)
        return self._read_cells(row, cells, standing)._replace(program=standing.program)

    def _read_cells(self, row: Row, cells: Cells, standing: Standing) -> RowReading:
        wrong = self._wrong_number(row, cells)
        cut = cells.lacks and not self._strips_blanks
        printed = plain(cells.fields.get("code", ""))
        codes = self._read_codes(cells.fields.get("code", ""), printed)
        if codes.groups:
            if standing.program is None:
                return RowReading((*wrong, diagnostic("PC105", row.ref)))
            reading = self._rules.read_rules(codes, cells, standing, row, cut=cut)
            wrong += reading.diagnostics
            return RowReading(wrong, reading.entries, broken=reading.broken)
        if (column := heading_column(cells)) is not None:
            heading = read_heading(self._notes, row, cells, column, standing, cut=cut)
            return RowReading((*wrong, *heading.diagnostics), heading=heading)
        if printed and self._may_name_columns(row):
            unknown = read_header(row, self._layout)[1]
            return RowReading(unknown, rest=True, names_columns=True)
        reason = "; ".join(codes.wrong) if printed else "the row prints no code"
        meant = any(map(str.isdigit, printed)) and not cut
        wrong += (diagnostic("PC303", row.ref, reason=reason),)
        cells_printed = _printed(row)
        few = cells_printed < _WORDS_OF_A_HEADER
        one_text, carries = cells_printed == 1, self._carries(cells)
        return RowReading(wrong, rest=not meant, one_text=one_text, few_cells=few, carries=carries)

    def _carries(self, cells: Cells) -> bool:
        """Return whether the row prints something in a column that holds answers alone."""
        answering = ("decision", *self._layout.marks.columns)
        return any(not is_blank(cells.fields.get(field, "")) for field in answering)

    def _read_codes(self, printed: str, text: str) -> CodeCell:
        notes = self._layout.footnotes
        if notes.column == "code":
            return read_code_cell(plain_with_marks(printed), self._layout.code_form, notes)
        return read_code_cell(text, self._layout.code_form)

    def _wrong_number(self, row: Row, cells: Cells) -> tuple[Diagnostic, ...]:
        """Return a diagnostic where the row lacks cells, or prints something under no header word.

        Where the document lacks the blanks at the end of its rows, that is said once.
        """
        if not cells.surplus:
            if not cells.lacks or (self._strips_blanks and self._said_that_it_strips):
                return ()
            self._said_that_it_strips = True
        return (diagnostic("PC202", row.ref, cells=len(row.cells), expected=cells.width),)

    def _may_name_columns(self, row: Row) -> bool:
        """Return whether the row has cells enough for a header, and none that a rule would have."""
        return _printed(row) >= _WORDS_OF_A_HEADER and not any(map(self._is_of_a_rule, row.cells))

    def _is_of_a_rule(self, cell: str) -> bool:
        marks = self._layout.marks
        return (
            plain(cell).casefold() in marks.set | marks.clear
            or read_bound(cell, self._layout.date_form, ends=False).day is not None
            or decide(cell, self._layout) is not None
            or self._layout.platforms.get(spoken(cell)) is not None
            or looks_like_code(plain(cell))
        )


def _printed(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row.cells)
