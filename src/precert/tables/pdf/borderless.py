"""The rows of tables without drawn lines: columns and spacing are those of all their pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from precert.tables.pdf.anchors import prints_codes
from precert.tables.pdf.cell_lines import levels_of, spacing_of
from precert.tables.pdf.columns import columns_of
from precert.tables.pdf.cut import cutter_of
from precert.tables.pdf.printed import Printed, PrintedLine, PrintedRow
from precert.tables.pdf.ruled import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.tables.pdf.cell_lines import Level, Spacing
    from precert.tables.pdf.columns import Columns
    from precert.tables.pdf.cut import Cutter
    from precert.tables.pdf.header import HeaderCell
    from precert.tables.pdf.lines import Line
    from precert.tables.pdf.shapes import Ruling, Word
    from precert.tables.pdf.stretches import Stretch

_ACROSS = 0.6


@dataclass(frozen=True, slots=True)
class Form:
    """What holds on all pages of a table."""

    columns: Columns
    spacing: Spacing
    cutter: Cutter


@dataclass(slots=True)
class Gathering:
    """The stretches of one table on all its pages, each with the horizontal lines of its page."""

    header: tuple[HeaderCell, ...]
    stretches: list[tuple[Stretch, list[Ruling]]] = field(default_factory=list)

    def form(self) -> Form:
        """Return what the table is like."""
        lines = [
            line
            for stretch, _ in self.stretches
            for line in (*stretch.header_lines, *stretch.lines)
        ]
        columns = columns_of(self.header, lines)
        parts = [
            (part, rules_in(stretch, across))
            for stretch, across in self.stretches
            for part in _parts(stretch.lines, columns)
            if not isinstance(part, PrintedLine)
        ]
        pages = [(levels_of(_words(part), columns), rules) for part, rules in parts]
        spacing = spacing_of([levels for levels, _ in pages], columns)
        return Form(columns, spacing, cutter_of(pages, spacing))


def rules_in(stretch: Stretch, across: list[Ruling]) -> list[float]:
    """Return the heights of the drawn lines that pass over most of the stretch's width."""
    if not stretch.lines:
        return []
    left = min(line.box.left for line in stretch.lines)
    right = max(line.box.right for line in stretch.lines)
    return [
        rule.at
        for rule in across
        if min(rule.end, right) - max(rule.begin, left) > _ACROSS * (right - left)
    ]


def printed_of(stretch: Stretch, form: Form, across: list[Ruling]) -> Iterator[Printed]:
    """Yield the rows of a stretch of a table, and the lines that are none of its rows."""
    columns, rooms = form.columns, form.spacing.widths
    if stretch.header:
        words = tuple(cell.words for cell in stretch.header)
        yield PrintedRow(words, columns.code, rooms, is_header=True, edges=columns.edges)
    rules = rules_in(stretch, across)
    for part in _parts(stretch.lines, columns):
        if isinstance(part, PrintedLine):
            yield part
            continue
        levels: list[Level] = levels_of(_words(part), columns, form.spacing.leading)
        for row in form.cutter.rows(levels, rules):
            yield row_of(row, columns, rooms)


def _parts(lines: list[Line], columns: Columns) -> Iterator[list[Line] | PrintedLine]:
    """Yield the lines in stretches between those that pass over several columns, and these."""
    part: list[Line] = []
    for line in lines:
        if columns.crossed_by(line) and not prints_codes(line.words[0].text):
            if part:
                yield part
            yield PrintedLine(line)
            part = []
        else:
            part.append(line)
    if part:
        yield part


def _words(lines: list[Line]) -> list[Word]:
    return [word for line in lines for word in line.words]
