"""Rows that a page's end breaks: what goes on at the top of the next page joins its row again.

It is joined only where it cannot be anything else: it prints no code, is the first row of its page,
and each of its texts goes on with a word that had no room left in the cell above. What may also be
a heading or a row of its own stays one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from precert.tables.pdf.lines import IN_ONE_CELL, lines_of
from precert.tables.pdf.printed import PrintedRow

if TYPE_CHECKING:
    from precert.tables.pdf.printed import Printed
    from precert.tables.pdf.shapes import Word

_BLANK = 0.25
_GOES_ON = re.compile(r"[^\WA-Z]|[(),;:/&+-]")
"""What begins so begins no sentence and no heading."""


def join_broken(pages: list[list[Printed]]) -> None:
    """Join the rows that go on at the top of the next page.

    `pages` are changed: a rest is taken out, and stands in the row that it belongs to.
    """
    above: tuple[int, int] | None = None
    for number, printed in enumerate(pages):
        first = _first_row(printed)
        if above is not None and first is not None:
            row, rest = pages[above[0]][above[1]], printed[first]
            if isinstance(rest, PrintedRow) and _belongs(row, rest):
                pages[above[0]][above[1]] = replace(row, rests=(*row.rests, rest))
                del printed[first]
                if not any(_is_row(each) for each in printed):
                    continue
        above = _last_row(number, printed)


def _is_row(each: Printed) -> bool:
    return isinstance(each, PrintedRow) and not each.is_header


def _first_row(printed: list[Printed]) -> int | None:
    """Return where the first row stands, if nothing but a header is above it."""
    for at, each in enumerate(printed):
        if not isinstance(each, PrintedRow):
            return None
        if not each.is_header:
            return at
    return None


def _last_row(number: int, printed: list[Printed]) -> tuple[int, int] | None:
    return (number, len(printed) - 1) if printed and _is_row(printed[-1]) else None


def _belongs(row: Printed, rest: PrintedRow) -> TypeGuard[PrintedRow]:
    return (
        isinstance(row, PrintedRow)
        and row.prints_code
        and not rest.prints_code
        and not rest.bold
        and len(row.cells) == len(rest.cells)
        and row.code == rest.code
        and all(
            bool(above) and _is_forced(above, below, room)
            for above, below, room in zip(row.last_parts, rest.cells, row.rooms, strict=True)
            if below
        )
        and any(_GOES_ON.match(text) for text in rest.texts)
    )


def _is_forced(above: tuple[Word, ...], below: tuple[Word, ...], room: float) -> bool:
    """Return whether the first word below had no room in the last line above."""
    last = lines_of(above, IN_ONE_CELL)[-1].box
    word = lines_of(below, IN_ONE_CELL)[0].words[0].box
    blank = _BLANK * word.height
    return last.right - last.left + blank + word.right - word.left > room
