"""What a sheet shows beside its values: texts that stand for a value, hidden rows, marked cells.

Rows and columns count from 0 here, as in the values.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from precert.tables.xlsx.places import column_letters, column_number
from precert.tables.xlsx.spread import LARGEST_AREA, refuse_if_spread
from precert.tables.xlsx.styles_xml import is_on
from precert.tables.xlsx.xml_parts import DamagedError, local, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from precert.tables.xlsx.package import Package
    from precert.tables.xlsx.styles_xml import Look

NOT_CALCULATED = "=(not calculated)"
"""What stands for a formula whose result the file does not hold: no text of a list reads so."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Cells = dict[int, list[int]]
"""Columns by row."""


@dataclass(slots=True)
class Marks:
    """What was seen of a sheet; a sheet of which nothing can be seen has none of it."""

    texts: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """By row and column: a number with its zeros, an error, a formula that was not calculated."""
    not_calculated: Cells = field(default_factory=lambda: defaultdict(list))
    struck: Cells = field(default_factory=lambda: defaultdict(list))
    coloured: Cells = field(default_factory=lambda: defaultdict(list))
    filled: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """By row and column: how a cell is filled, also one that holds nothing."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and last column of each hidden range."""
    beside: dict[str, None] = field(default_factory=dict)
    """What belongs to the sheet and is no cell, in words."""


def read_marks(
    package: Package, part: str, looks: Mapping[str, Look], struck: frozenset[str]
) -> Marks:
    """Return what a sheet shows beside its values.

    `looks` are the styles that show more than a value, `struck` the numbers of the shared texts
    with letters struck out. Raises UnreadableDocument for a sheet whose cells stand out of order
    (of a cell that stands twice one value would be lost) or lie too far apart for a list.
    Source: ECMA-376 part 1, 18.3.
    """
    scan = _Scan(looks, struck)
    parse_part(package, part, scan, ends=False)
    scan.finish()
    if scan.area > LARGEST_AREA:
        refuse_if_spread(package, part)
    return scan.marks


class _Columns(dict[str, int]):
    """Numbers of columns by their letters."""

    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        if not 0 <= number < LAST_COLUMN:
            reason = f"names a cell in the column {letters!r}"
            raise DamagedError(reason)
        return number


_BESIDE = {
    "legacyDrawing": "notes at cells or controls",
    "drawing": "pictures, charts or text boxes",
    "conditionalFormatting": "colours by a condition",
}


class _Scan:
    """Takes the elements of a sheet; what was seen lies in `marks`."""

    def __init__(self, looks: Mapping[str, Look], struck: frozenset[str]) -> None:
        self.marks = Marks()
        self.parser: Any = None
        self._looks: dict[str | None, Look] = {}
        self._looks.update(looks)
        self._struck_strings = struck
        self._columns = _Columns()
        self._first_row, self._row, self._row_text, self._column = 0, -1, "0", -1
        self._type: str | None = None
        self._asking = frozenset({"e", "s"} if struck else {"e"})
        self._asks, self._zeros, self._formula = False, 0, False
        self._value: list[str] = []
        self._prefix: str | None = None

    @property
    def area(self) -> int:
        """The cells from the first to the last, those that hold nothing too."""
        columns = self._columns.values() or [self._column]
        return (self._row - self._first_row + 1) * (max(columns) - min(columns) + 1)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":  # written out here: a large sheet has millions
            if self._asks:
                self._leave_cell()
            get = attributes.get
            self._column = self._next_column(get("r"))
            self._type = get("t")
            if self._type in self._asking:
                self._asks = True
            if (look := self._looks.get(get("s"))) is not None:
                self._take_look(look)
        elif name == "v":
            if self._asks:
                self.parser.CharacterDataHandler = self._value.append
        elif name == "row":
            self._take_row(attributes)
        elif name == "f":
            self._formula = self._asks = True
        elif self._prefix and name.startswith(self._prefix):
            self.start(name.removeprefix(self._prefix), attributes)
        else:
            self._take_other(name, attributes)

    def end(self, name: str) -> None:
        """Nothing begins that had to end."""

    def finish(self) -> None:
        """Leave the last cell."""
        self._leave_cell()

    def _take_row(self, attributes: Mapping[str, str]) -> None:
        self._leave_cell()
        said = attributes.get("r", str(self._row + 2))
        row = _number(said) - 1
        if not self._row < row < LAST_ROW:
            reason = f"has a row {said!r} beneath the row {self._row + 1}"
            raise DamagedError(reason)
        if self._row < 0:
            self._first_row = row
        self._row, self._row_text, self._column = row, said, -1
        if attributes.get("hidden") in {"1", "true"}:
            self.marks.hidden_rows.append(self._row)

    def _next_column(self, name: str | None) -> int:
        """Return the column of the next cell, which stands to the right of the last."""
        if name is None:
            return self._columns[column_letters(self._column + 1)]
        if name.endswith(self._row_text):
            column = self._columns[name[: -len(self._row_text)]]
            if column > self._column:
                return column
        reason = f"names a cell {name!r} out of its order in row {self._row_text}"
        raise DamagedError(reason)

    def _take_look(self, look: Look) -> None:
        if look.struck:
            self.marks.struck[self._row].append(self._column)
        if look.coloured:
            self.marks.coloured[self._row].append(self._column)
        if look.fill:
            self.marks.filled[self._row][self._column] = look.fill
        if look.zeros and self._type in {None, "n"}:
            self._zeros, self._asks = look.zeros, True

    def _leave_cell(self) -> None:
        """Leave a cell that asked for its value, and say what its text is."""
        if not self._asks:
            return
        if self.parser.CharacterDataHandler is not None:
            self.parser.CharacterDataHandler = None
        value = "".join(self._value).strip()
        text = self._text_of(value)
        if text is not None:
            self.marks.texts[self._row][self._column] = text
        if self._type == "s" and value in self._struck_strings:
            self._strike()
        self._zeros, self._formula, self._asks = 0, False, False
        self._value.clear()

    def _text_of(self, value: str) -> str | None:
        """Return the text that stands for the value of the cell, where its value is not enough."""
        if self._formula and not value and self._type != "str":
            self.marks.not_calculated[self._row].append(self._column)
            return NOT_CALCULATED
        if self._type == "e":
            return value or None
        if self._zeros:
            return _with_zeros(value, self._zeros)
        return None

    def _strike(self) -> None:
        if self.marks.struck[self._row][-1:] != [self._column]:
            self.marks.struck[self._row].append(self._column)

    def _take_other(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._prefix is None:  # of the first element: those of the sheet have the same
            self._prefix = name[: -len(local(name))]
        elif name == "strike" and is_on(attributes):  # in a text that stands in its cell
            self._strike()
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = (_number(attributes.get(key, "")) - 1 for key in ("min", "max"))
            self.marks.hidden_columns.append((first, last))
        elif name in _BESIDE:
            self.marks.beside[_BESIDE[name]] = None


def _number(digits: str) -> int:
    """Return the number of a row or column from 1; -1 for what is none."""
    plain = digits.isascii() and digits.isdigit() and len(digits) < len(str(LAST_ROW)) + 1
    return int(digits) if plain else -1


def _with_zeros(value: str, zeros: int) -> str | None:
    """Return a whole number with so many digits; None for what a format of zeros would round."""
    try:
        number = float(value)
    except ValueError:
        return None
    return f"{int(number):0{zeros}d}" if number.is_integer() and number >= 0 else None
