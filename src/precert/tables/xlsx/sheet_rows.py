"""Values and marks in, the rows of a sheet out: one for each row down to the last that prints."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.model import Row, SourceRef, TextLine
from precert.tables.xlsx.cells import text_of
from precert.tables.xlsx.merges import Merges
from precert.tables.xlsx.places import area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet

    from precert.tables.xlsx.cells import Value
    from precert.tables.xlsx.sheet_xml import Marks

_TOO_SHORT = 10_000
"""Whole numbers below it have fewer digits than a code of five."""


class SheetRows:
    """The rows of one sheet, all as wide as the columns that hold something."""

    def __init__(self, document: str, sheet: CalamineSheet, marks: Marks) -> None:
        self.sheet = sheet.name
        self.marks = marks
        self.short_numbers: dict[int, list[int]] = defaultdict(list)
        """By column: the rows with a number of fewer than five digits; full once rows were read."""
        self._document = document
        self._values = sheet
        self._start = sheet.start[1] if sheet.start else None
        self.first_column, self.last_column = self._columns()

    def ref(self, row: int) -> SourceRef:
        """Return the place of a row, which counts from 0."""
        cells = area(row, self.first_column, self.last_column)
        return SourceRef(self._document, row + 1, sheet=self.sheet, area=cells)

    def __iter__(self) -> Iterator[Row | TextLine]:
        """Yield the rows in their order; one that prints nothing is a blank line."""
        merges = Merges(self._values.merged_cell_ranges or ())
        for row, values in enumerate(self._all_values()):
            cells = self._texts(row, values)
            merges.fill(row, self.first_column, cells)
            ref = self.ref(row)
            yield Row(ref, tuple(cells)) if "".join(cells).strip() else TextLine(ref, "")

    def _columns(self) -> tuple[int, int]:
        """Return the first and last column that hold something."""
        used = [column for texts in self.marks.texts.values() for column in texts]
        if self._values.start and self._values.end:
            used += [self._values.start[1], self._values.end[1]]
        return min(used, default=0), max(used, default=0)

    def _all_values(self) -> Iterator[Sequence[Value]]:
        """Yield the values of each row from the sheet's first on; a row of marks has none."""
        rows = 0
        for values in self._values.iter_rows():
            rows += 1
            yield values
        for _ in range(rows, max(self.marks.texts, default=-1) + 1):
            yield ()

    def _texts(self, row: int, values: Sequence[Value]) -> list[str]:
        """Return the texts of a row's cells, from the first column of the sheet to its last."""
        left = 0 if self._start is None else self._start - self.first_column
        right = self.last_column - self.first_column + 1 - left - len(values)
        cells = [*[""] * left, *map(text_of, values), *[""] * right]
        told = self.marks.texts.get(row, {})
        if float in set(map(type, values)):
            self._note_short_numbers(row, values, told)
        for column, text in told.items():
            cells[column - self.first_column] = text
        for column in self.marks.struck.get(row, ()):
            at = column - self.first_column
            if 0 <= at < len(cells) and cells[at].strip():
                cells[at] = f"<s>{cells[at]}</s>"
        return cells

    def _note_short_numbers(self, row: int, values: Sequence[Value], told: dict[int, str]) -> None:
        for column, value in enumerate(values, self._start or 0):
            if not isinstance(value, float) or column in told:
                continue
            if value.is_integer() and 0 < value < _TOO_SHORT:
                self.short_numbers[column].append(row)
