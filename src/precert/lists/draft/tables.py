"""Where the headers are in a document that no layout knows, and which rows stand beneath them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from precert.lists.draft.tokens import code_tokens
from precert.lists.markup import is_blank, plain
from precert.model import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.model import Row, SourceRef, Table

_LONGEST_HEADER_WORD = 80
_FEWEST_HEADER_WORDS = 2
_BENEATH = 3
"""Headings may stand between a header and its first row with a code, but not many."""


@dataclass(slots=True)
class HeadedRows:
    """The rows with a code beneath one header; without one, `header` is None."""

    header: Row | None
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """The headed rows of a document, the texts that stand above headers, and all other texts."""

    tables: list[HeadedRows] = field(default_factory=list)
    above: list[list[tuple[SourceRef, str]]] = field(default_factory=list)
    """For each header, the texts since the last row with a code: its title is among them."""
    others: list[tuple[SourceRef, str]] = field(default_factory=list)


def find_tables(blocks: Iterable[Table | TextLine]) -> Found:
    """Return the rows with codes under their headers, and what stands around them."""
    units = list(_units(blocks))
    values = {
        plain(cell)
        for row in units
        if not isinstance(row, TextLine) and _has_code(row)
        for cell in row.cells
    }
    found = Found()
    waiting: list[tuple[SourceRef, str]] = []
    for at, unit in enumerate(units):
        if isinstance(unit, TextLine):
            if unit.text:
                waiting.append((unit.ref, plain(unit.text)))
        elif _has_code(unit):
            found.others += waiting
            waiting = []
            if not found.tables:
                found.tables.append(HeadedRows(None))
            found.tables[-1].rows.append(unit)
        elif _is_header(unit, units[at + 1 :], values):
            found.tables.append(HeadedRows(unit))
            found.above.append(waiting)
            waiting = []
        else:
            texts = [plain(cell) for cell in unit.cells if not is_blank(cell)]
            waiting.append((unit.ref, " | ".join(texts)))
    found.others += waiting
    return found


def _units(blocks: Iterable[Table | TextLine]) -> Iterable[Row | TextLine]:
    for block in blocks:
        if isinstance(block, TextLine):
            yield block
        else:
            yield from (block.header, *block.rows) if block.header else block.rows


def _has_code(row: Row) -> bool:
    return any(code_tokens(cell) for cell in row.cells)


def _is_header(row: Row, after: Sequence[Row | TextLine], values: set[str]) -> bool:
    """Return whether the row names columns: short words that no row with a code prints, above one.

    A heading that prints a decision beside its text prints words that the rows print as well.
    """
    words = [plain(cell) for cell in row.cells if not is_blank(cell)]
    if len(words) < _FEWEST_HEADER_WORDS or any(len(word) > _LONGEST_HEADER_WORD for word in words):
        return False
    if not values.isdisjoint(words):
        return False
    beneath = islice((unit for unit in after if not isinstance(unit, TextLine)), _BENEATH)
    return any(map(_has_code, beneath))
