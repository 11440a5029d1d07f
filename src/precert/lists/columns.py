"""Columns are found by their header words, never by position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from precert.diagnostics import diagnostic
from precert.lists.layout import REQUIRED_FIELDS
from precert.lists.markup import is_blank, plain, shown, slug, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.diagnostics import Diagnostic
    from precert.lists.layout import Layout
    from precert.model import Row


class Cells(NamedTuple):
    """The cells of a row as printed: `fields` by field, the others only where they print something.

    `unknown` are those under a header word that the layout does not know (its slug, the cell),
    `surplus` those under no header word.
    """

    fields: Mapping[str, str]
    unknown: tuple[tuple[str, str], ...]
    surplus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field: by position the field, or an unknown header word's slug."""

    fields: tuple[tuple[int, str], ...]
    unknown: tuple[tuple[int, str], ...]
    width: int

    def cells(self, row: Row) -> Cells:
        """Return the cells of the row by column; a cell that the row lacks is blank."""
        printed = row.cells + ("",) * (self.width - len(row.cells))
        surplus = printed[self.width :]
        if len(self.fields) + len(self.unknown) < self.width:
            named = {position for position, _ in (*self.fields, *self.unknown)}
            surplus += tuple(printed[at] for at in range(self.width) if at not in named)
        return Cells(
            {field: printed[at] for at, field in self.fields},
            tuple((name, printed[at]) for at, name in self.unknown if not is_blank(printed[at])),
            tuple(cell for cell in surplus if not is_blank(cell)),
        )


def read_header(header: Row, layout: Layout) -> tuple[Columns, tuple[Diagnostic, ...]]:
    """Return the columns that the header names, and what is wrong with it.

    A word that the layout does not know, or a field named twice, is an unknown column.
    """
    fields: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    wrong: list[Diagnostic] = []
    for position, cell in enumerate(header.cells):
        field = layout.columns.get(words(cell))
        if field is not None and field not in fields:
            fields[field] = position
        elif not is_blank(cell):
            unknown.append((position, slug(plain(cell)) or "column"))
            wrong.append(diagnostic("PC201", header.ref, column=shown(cell)))
    wrong.extend(
        diagnostic("PC203", header.ref, field=field)
        for field in REQUIRED_FIELDS
        if field not in fields
    )
    positions = tuple((position, field) for field, position in fields.items())
    return Columns(positions, tuple(unknown), len(header.cells)), tuple(wrong)
