"""Columns are found by their header words, never by position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from precert.diagnostics import diagnostic
from precert.lists.layout import IGNORED
from precert.lists.markup import is_blank, plain, shown, slug, words
from precert.model import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.diagnostics import Diagnostic
    from precert.lists.layout import Layout
    from precert.model import Row, Table

_ONE_IN = 10


class Cells(NamedTuple):
    """The cells of a row as printed: `fields` by field, the others only where they print something.

    `unknown` are those under a header word that the layout does not know (its slug, the cell),
    `surplus` those under no header word, `ignored` those that say nothing of a requirement.
    `lacks`: the row has fewer cells than its header, which has `width`.
    """

    fields: Mapping[str, str]
    unknown: tuple[tuple[str, str], ...]
    surplus: tuple[str, ...]
    ignored: tuple[str, ...]
    lacks: bool
    width: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field: by position the field, or an unknown header word's slug."""

    fields: tuple[tuple[int, str], ...]
    unknown: tuple[tuple[int, str], ...]
    ignored: tuple[int, ...]
    width: int

    def cells(self, row: Row) -> Cells:
        """Return the cells of the row by column; a cell that the row lacks is blank."""
        printed = row.cells + ("",) * (self.width - len(row.cells))
        surplus = printed[self.width :]
        if len(self.fields) + len(self.unknown) + len(self.ignored) < self.width:
            named = {*self.ignored, *(position for position, _ in (*self.fields, *self.unknown))}
            surplus += tuple(printed[at] for at in range(self.width) if at not in named)
        return Cells(
            {field: printed[at] for at, field in self.fields},
            tuple((name, printed[at]) for at, name in self.unknown if not is_blank(printed[at])),
            tuple(cell for cell in surplus if not is_blank(cell)),
            tuple(printed[at] for at in self.ignored if not is_blank(printed[at])),
            len(row.cells) < self.width,
            self.width,
        )


def read_header(header: Row, layout: Layout) -> tuple[Columns, tuple[Diagnostic, ...]]:
    """Return the columns that the header names, and what is wrong with it.

    A word that the layout does not know, or a field named twice, is an unknown column.
    """
    fields: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    ignored: list[int] = []
    wrong: list[Diagnostic] = []
    for position, cell in enumerate(header.cells):
        field = layout.columns.get(words(cell))
        if field == IGNORED:
            ignored.append(position)
        elif field is not None and field not in fields:
            fields[field] = position
        elif not is_blank(cell):
            unknown.append((position, slug(plain(cell)) or "column"))
            wrong.append(diagnostic("PC201", header.ref, column=shown(cell)))
    for field, printed_as in (("code", {"code"}), ("decision", layout.answers_in)):
        if printed_as.isdisjoint(fields):
            wrong.append(diagnostic("PC203", header.ref, field=field))
    positions = tuple((position, field) for field, position in fields.items())
    columns = Columns(positions, tuple(unknown), tuple(ignored), len(header.cells))
    return columns, tuple(wrong)


def strips_blanks(blocks: Iterable[Table | TextLine]) -> bool:
    """Return whether the document evidently lacks the blank cells at the end of its rows.

    It does where no row ends with a blank cell, and two rows or more, at least one in ten, have too
    few cells: rows are cut off one at a time, and the blanks at their ends go all at once.
    """
    rows = short = width = 0
    for block in blocks:
        if isinstance(block, TextLine):
            continue
        width = len(block.header.cells) if block.header else width
        rows += len(block.rows)
        for row in block.rows:
            if is_blank(row.cells[-1]):
                return False
            short += len(row.cells) < width
    return short > 1 and short * _ONE_IN >= rows
