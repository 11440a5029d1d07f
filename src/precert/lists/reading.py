"""The walk through a document: blocks in, all that the list says out, every line accounted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.columns import read_header
from precert.lists.entries import LineKind, ListReading
from precert.lists.lines import read_line
from precert.lists.markup import shown
from precert.lists.notes import NOTHING
from precert.lists.rows import RowReader
from precert.lists.standing import Standing
from precert.model import Program, SourceRef, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry, PrintedHeading
    from precert.lists.layout import Layout
    from precert.lists.lines import LineReading
    from precert.model import Document, Row, Table


def read_list(
    document: Document, blocks: Iterable[Table | TextLine], layout: Layout
) -> ListReading:
    """Return all that the document says, read by the layout; `blocks` are its tables and lines.

    Nothing that a document holds raises an error: what cannot be read is a diagnostic, at its line,
    and a rule that it may concern holds an `Unread` condition.
    """
    walk = _Walk(document, layout)
    for block in blocks:
        if isinstance(block, TextLine):
            walk.take_line(block)
        else:
            walk.take_table(block)
    return walk.finish()


@dataclass(slots=True)
class _Titled:
    """A program while the walk goes on: where its title stands, and what was seen beneath it."""

    ref: SourceRef
    link: bool
    rows: int = 0
    rules: int = 0


class _Walk:
    def __init__(self, document: Document, layout: Layout) -> None:
        self._document = document
        self._layout = layout
        self._rows = RowReader(layout)
        self._standing = Standing()
        self._entries: list[Entry] = []
        self._headings: list[PrintedHeading] = []
        self._programs: dict[str, _Titled] = {}
        self._kinds = [LineKind.DIAGNOSTIC] * len(document.lines)
        self._diagnostics: list[Diagnostic] = []
        self._effective_from: list[tuple[date, SourceRef]] = []

    def take_line(self, line: TextLine) -> None:
        """Take a line outside the tables: a title, furniture, or one that nothing explains."""
        reading = read_line(line.text, self._layout)
        self._say_of_line(line.ref, reading)
        if reading.kind is LineKind.DIAGNOSTIC:
            self._diagnostics.append(diagnostic("PC103", line.ref, text=shown(line.text)))

    def _say_of_line(self, ref: SourceRef, reading: LineReading) -> None:
        self._mark(ref, reading.kind)
        if reading.effective_from is not None:
            self._effective_from.append((reading.effective_from, ref))
        if reading.ends_program:
            self._standing = Standing(reading.program)
        if reading.program is not None:
            titled = self._programs.setdefault(reading.program, _Titled(ref, link=reading.link))
            titled.link &= reading.link

    def take_table(self, table: Table) -> None:
        """Take a table: its header sets the columns; without one those in force go on."""
        if table.header is not None:
            self._mark(table.header.ref, LineKind.HEADER)
            columns, wrong = read_header(table.header, self._layout)
            self._standing = replace(self._standing, columns=columns)
            self._diagnostics += wrong
        for row in table.rows:
            self._take_row(row)

    def _take_row(self, row: Row) -> None:
        printed = [cell for cell in row.cells if cell.strip()]
        if len(printed) == 1:  # a title or a notice that got into the table
            line = read_line(printed[0], self._layout)
            if line.kind is not LineKind.DIAGNOSTIC:
                self._say_of_line(row.ref, line)
                return
        reading = self._rows.read_row(row, self._standing)
        self._diagnostics += reading.diagnostics
        titled = self._programs.get(self._standing.program or "")
        if titled is not None:
            titled.rows += 1
        if reading.entry is not None:
            self._entries.append(reading.entry)
            self._mark(row.ref, LineKind.RULE)
            if titled is not None:
                titled.rules += 1
        if reading.heading is not None:
            self._headings.append(reading.heading)
            self._mark(row.ref, LineKind.HEADING)
            self._standing = replace(
                self._standing,
                heading=reading.heading,
                heading_printed=reading.heading_printed,
                heading_says=reading.heading_says or NOTHING,
            )

    def _mark(self, ref: SourceRef, kind: LineKind) -> None:
        self._kinds[ref.line - 1] = kind

    def finish(self) -> ListReading:
        """Return what was read, and what is wrong with the document as a whole."""
        programs = tuple(
            Program(name, titled.link and not titled.rows, titled.ref)
            for name, titled in self._programs.items()
        )
        self._diagnostics += self._of_the_document(programs)
        return ListReading(
            entries=tuple(self._entries),
            headings=tuple(self._headings),
            programs=programs,
            kinds=tuple(self._kinds),
            diagnostics=tuple(
                sorted(self._diagnostics, key=lambda each: (each.ref.line, each.code))
            ),
            plans=self._layout.plans,
            effective_from=tuple(self._effective_from),
        )

    def _of_the_document(self, programs: tuple[Program, ...]) -> Iterable[Diagnostic]:
        name = self._document.name
        for line in self._document.undecodable:
            yield diagnostic("PC104", SourceRef(name, line))
        for program in programs:
            if program.link_only:
                yield diagnostic("PC102", program.ref, program=program.name)
            elif self._entries and not self._programs[program.name].rules:
                yield diagnostic("PC106", program.ref, where=f"the program {program.name}")
        if not self._entries:
            yield diagnostic("PC106", SourceRef(name, 1), where="the document")
