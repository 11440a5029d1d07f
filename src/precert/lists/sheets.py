"""Which sheets of a workbook are read, passed over, or read though no layout names them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from precert.lists.markup import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.lists.layout_values import Sheets

_ANY_END = "*"


class SheetUse(Enum):
    """What becomes of a sheet."""

    READ = auto()
    IGNORED = auto()
    UNNAMED = auto()
    """The layout names sheets, and this one not: it is read, and reported."""


def use_of(sheet: str | None, sheets: Sheets) -> SheetUse:
    """Return what becomes of the sheet; a name in both lists is read."""
    if sheet is None or not (sheets.read or sheets.ignored) or _is_one_of(sheet, sheets.read):
        return SheetUse.READ
    return SheetUse.IGNORED if _is_one_of(sheet, sheets.ignored) else SheetUse.UNNAMED


def _is_one_of(sheet: str, names: Iterable[str]) -> bool:
    """Return whether one of the names, or of the beginnings, is that of the sheet."""
    said = words(sheet)
    return any(
        said.startswith(words(name)) if name.endswith(_ANY_END) else said == words(name)
        for name in names
    )
