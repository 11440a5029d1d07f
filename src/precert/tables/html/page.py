"""A page while it is read: its open tables, and the rows and lines that it has printed so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import Row, SourceRef, TextLine
from precert.tables.html.grid import Allowance, Grid, Span
from precert.tables.html.marks import PLAIN, Marks
from precert.tables.html.stretch import Stretch
from precert.tables.limits import within_limits
from precert.tables.signs import put_signs

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.tables.html.looks import CellLooks
    from precert.tables.html.stretch import PrintedText
    from precert.tables.signs import Shown


@dataclass(slots=True)
class _Cell:
    stretch: Stretch
    looks: CellLooks
    columns: int
    rows: int
    is_header: bool


@dataclass(slots=True)
class _Row:
    line: int
    area: str
    marks: Marks
    cells: list[_Cell] = field(default_factory=list)
    open_cell: _Cell | None = None
    parts: int = 0
    """How many rows it was broken into; 0 while it is whole."""


@dataclass(slots=True)
class _Table:
    number: int
    line: int
    marks: Marks
    grid: Grid
    group: Marks = PLAIN
    rows: int = 0
    nested: int = 0
    row: _Row | None = None

    @property
    def area(self) -> str:
        return f"table {self.number}"


class Page:
    """Takes tables, rows, cells and text in the order of the page, whatever ends are missing.

    What begins where it cannot (a row in a cell, a cell in a cell) ends what is open; a row outside
    of any table begins one.

    A table within a cell is read as a table of its own, where it stands. The row around it is
    broken there: what it printed before and what it prints after are rows of their own, or, where
    that is one cell, lines, since the table around then only puts things into their place.
    """

    def __init__(self, document: str, lines: int) -> None:
        self.printed: list[Row | TextLine] = []
        self.wrong: list[Diagnostic] = []
        self._document, self._last_line = document, lines
        self._between = Stretch()
        self._tables: list[_Table] = []
        self._allowance = Allowance()
        self._count_of_tables = self._count_of_texts = 0
        self._first_hidden: SourceRef | None = None
        self._count_of_hidden = 0
        self._shown: dict[int, tuple[Shown, ...]] = {}

    @property
    def looks(self) -> CellLooks | None:
        """The looks of the open cell, if there is one."""
        row = self._tables[-1].row if self._tables else None
        return row.open_cell.looks if row and row.open_cell else None

    @property
    def text(self) -> Stretch:
        """The stretch that text belongs to now: that of the open cell, or the one around tables."""
        row = self._tables[-1].row if self._tables else None
        return row.open_cell.stretch if row and row.open_cell else self._between

    def open_table(self, line: int, marks: Marks) -> None:
        """Begin a table, in the open cell if there is one."""
        shown = self.text.marks.and_of(marks)._replace(bold=False)
        self._print_lines(self._between.take())
        if self._tables:
            self._tables[0].nested += 1
            if (row := self._tables[-1].row) is not None:
                self._break(row)
        self._count_of_tables += 1
        self._tables.append(_Table(self._count_of_tables, line, shown, Grid(self._allowance)))

    def close_table(self, line: int) -> None:
        """End the table; the blank line after it keeps what follows apart from its last row."""
        if not self._tables:
            return
        self.close_row()
        table = self._tables.pop()
        self._print_lines(self._between.take())
        if table.rows:
            self.printed.append(TextLine(self._ref(line, f"{table.area}, end"), ""))
        if table.nested and not self._tables:
            ref = self._ref(table.line, table.area)
            self.wrong.append(diagnostic("PC211", ref, tables=table.nested))

    def begin_group(self, marks: Marks) -> None:
        """Begin a group of rows: a head, a body or a foot."""
        if self._tables:
            self.end_group()
            self._tables[-1].group = marks

    def end_group(self) -> None:
        """End a group of rows: no cell goes over its end."""
        if self._tables:
            self.close_row()
            self._tables[-1].group = PLAIN
            self._tables[-1].grid.end_group()

    def open_row(self, line: int, marks: Marks) -> None:
        """Begin a row."""
        if not self._tables:
            self.open_table(line, PLAIN)
        self.close_row()
        self._print_lines(self._between.take())
        table = self._tables[-1]
        table.rows += 1
        shown = table.marks.and_of(table.group).and_of(marks)
        table.row = _Row(line, f"{table.area}, row {table.rows}", shown)

    def open_cell(
        self, line: int, marks: Marks, span: Span, looks: CellLooks, *, is_header: bool
    ) -> None:
        """Begin a cell; what `span` shows comes later."""
        if not self._tables or self._tables[-1].row is None:
            self.open_row(line, PLAIN)
        row = self._tables[-1].row
        assert row is not None  # noqa: S101 - it was opened just now
        stretch = Stretch(row.marks.and_of(marks))
        row.open_cell = _Cell(stretch, looks, span.columns, span.rows, is_header)
        row.cells.append(row.open_cell)

    def close_cell(self) -> None:
        """End the cell."""
        if self._tables and (row := self._tables[-1].row) is not None:
            row.open_cell = None

    def close_row(self) -> None:
        """End the row: print it, its spanning cells put into their columns."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.row is None:
            return
        row, table.row = table.row, None
        if row.parts:
            self._print_part(row)
            table.grid.skip_row()
        else:
            self._print_row(row, table.grid)

    def finish(self) -> None:
        """End the page."""
        while self._tables:
            self.close_table(self._last_line)
        self._print_lines(self._between.take())
        self._end_hidden()
        self.wrong += put_signs(self.printed, self._shown)

    def _print_row(self, row: _Row, grid: Grid) -> None:
        cells = [cell.stretch.take() for cell in row.cells]
        texts = [" ".join(line.text for line in lines) for lines in cells]
        alone = [number for number, text in enumerate(texts) if text]
        if len(alone) == 1 and row.cells[alone[0]].is_header:
            # A header cell that stands alone in its row heads what stands beneath it.
            texts[alone[0]] = _in_bold(texts[alone[0]])
        was_cut = self._allowance.cut
        shown = grid.row(
            Span(cell.looks.shown(text), cell.columns, cell.rows)
            for text, cell in zip(texts, row.cells, strict=True)
        )
        ref = self._ref(row.line, row.area)
        if self._allowance.cut and not was_cut:
            self.wrong.append(diagnostic("PC213", ref))
        if alone:  # what a row above prints in this one is no row
            hidden = any(line.hidden for lines in cells for line in lines)
            self._print_cells(ref, shown, hidden=hidden)
        elif row.cells:
            self.printed.append(TextLine(ref, ""))

    def _break(self, row: _Row) -> None:
        """Print what the row has printed so far; the open cell goes on."""
        self._print_part(row)
        row.cells = [row.open_cell] if row.open_cell else []

    def _print_part(self, row: _Row) -> None:
        row.parts += 1
        cells = [cell.stretch.take() for cell in row.cells]
        printed = [lines for lines in cells if lines]
        if len(printed) == 1:
            self._print_lines(printed[0])
        elif printed:
            area = row.area if row.parts == 1 else f"{row.area}, part {row.parts}"
            ref = self._ref(row.line, area)
            shown = tuple(
                cell.looks.shown(" ".join(line.text for line in lines))
                for cell, lines in zip(row.cells, cells, strict=True)
            )
            hidden = any(line.hidden for lines in cells for line in lines)
            self._print_cells(ref, shown, hidden=hidden)

    def _print_cells(self, ref: SourceRef, shown: tuple[Shown, ...], *, hidden: bool) -> None:
        texts = within_limits(ref, tuple(cell.text for cell in shown))
        self._shown[len(self.printed)] = shown[: len(texts)]
        self._print(Row(ref, texts), hidden=hidden)

    def _print_lines(self, lines: list[PrintedText]) -> None:
        for line in lines:
            self._count_of_texts += 1
            ref = self._ref(line.line, f"text {self._count_of_texts}")
            self._print(TextLine(ref, line.text), hidden=line.hidden)

    def _print(self, printed: Row | TextLine, *, hidden: bool) -> None:
        self.printed.append(printed)
        if hidden:
            self._first_hidden = self._first_hidden or printed.ref
            self._count_of_hidden += 1
        else:
            self._end_hidden()

    def _end_hidden(self) -> None:
        """Report the hidden rows and lines that follow each other."""
        if self._first_hidden is not None:
            rows = self._count_of_hidden
            self.wrong.append(diagnostic("PC212", self._first_hidden, rows=rows))
            self._first_hidden, self._count_of_hidden = None, 0

    def _ref(self, line: int, area: str) -> SourceRef:
        return SourceRef(self._document, min(line, self._last_line), area=area)


def _in_bold(text: str) -> str:
    return text if text.startswith("<") else f"<b>{text}</b>"
