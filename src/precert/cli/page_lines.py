"""A page laid out in lines of a width, with the style of each piece of text.

Words are never cut: a place in a document stays whole. A line is wider than the width only where a
single word is. A table whose longest words do not fit beside each other is printed row by row.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from precert.cli.blocks import Heading, Item, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from precert.cli.blocks import Block

_INDENT = "  "


class Span(NamedTuple):
    """A piece of a line; `style` is `heading`, `label`, a tone of a table, or empty."""

    text: str
    style: str = ""


Line = list[Span]


def lay_out(blocks: Iterable[Block], width: int) -> Iterator[Line]:
    """Yield the lines of the blocks; headings and tables have a blank line before them."""
    for number, block in enumerate(blocks):
        if number and not isinstance(block, Item):
            yield []
        match block:
            case Heading(text):
                yield from ([Span(line, "heading")] for line in _wrapped(text, width))
            case Item():
                yield from _item(block, width)
            case Table():
                yield from _table(block, width)


def text_of(line: Line) -> str:
    """Return the line as plain text."""
    return "".join(span.text for span in line).rstrip()


def _item(item: Item, width: int) -> Iterator[Line]:
    label = f"{item.label} " if item.label else ""
    room = width - len(_INDENT) - len(label)
    for paragraph in item.text.split("\n"):
        for text in _wrapped(paragraph, room):
            yield [Span(_INDENT), Span(label, "label"), Span(text)]
            label = " " * len(label)


def _table(table: Table, width: int) -> Iterator[Line]:
    """Yield the lines of a table; a cell runs on beside the next row where that row says nothing.

    So the second rule of an order line stands right under the first, whatever the answer's length.
    """
    gap = _INDENT
    widths = _widths(table, width - len(gap) * (len(table.header) - 1))
    if sum(widths) + len(gap) * (len(widths) - 1) > width:
        gap = " "
    if table.rows and sum(widths) + len(widths) - 1 > width:
        yield from _stacked(table, width)
        return
    rows = [(table.header, "heading"), *_toned(table)]
    running: list[list[str]] = [[] for _ in widths]
    for number, (row, tone) in enumerate(rows):
        for column, cell, room in zip(running, row, widths, strict=True):
            if cell or not column:
                column += [text for part in cell.split("\n") for text in _wrapped(part, room)]
        below = rows[number + 1][0] if number + 1 < len(rows) else table.header
        heights = [len(texts) for texts, cell in zip(running, below, strict=True) if cell]
        for _ in range(max(heights, default=0)):
            cells = [texts.pop(0) if texts else "" for texts in running]
            yield _table_line(cells, widths, gap, table, tone)


def _stacked(table: Table, width: int) -> Iterator[Line]:
    """Yield each row as lines of its own, a cell behind its column's name: for a narrow terminal.

    A cell that says nothing is that of the row above.
    """
    label_width = max(map(len, table.header)) + 1
    for number, (row, tone) in enumerate(_toned(table)):
        if number and row[0]:
            yield []
        for column, (name, cell) in enumerate(zip(table.header, row, strict=True)):
            if not cell:
                continue
            for line in _item(Item(cell, f"{name}:".ljust(label_width)), width):
                *label, text = line
                yield [*label, Span(text.text, tone if column == table.toned else "")]


def _table_line(cells: list[str], widths: list[int], gap: str, table: Table, tone: str) -> Line:
    line: Line = []
    for at, (cell, room) in enumerate(zip(cells, widths, strict=True)):
        padded = cell.rjust(room) if at in table.right else cell.ljust(room)
        styled = tone == "heading" or at == table.toned
        line += [Span(padded, tone if styled else ""), Span(gap)]
    return line[:-1]


def _toned(table: Table) -> list[tuple[tuple[str, ...], str]]:
    tones: Sequence[str] = table.tones or [""] * len(table.rows)
    return list(zip(table.rows, tones, strict=True))


def _widths(table: Table, room: int) -> list[int]:
    """Return each column's width: what it needs, the widest narrowed until the table fits."""
    columns = list(zip(table.header, *table.rows, strict=True))
    widths = [max(len(part) for cell in column for part in cell.split("\n")) for column in columns]
    narrowest = [max(len(word) for cell in column for word in cell.split()) for column in columns]
    while sum(widths) > room and widths != narrowest:
        spare = [at for at, have in enumerate(widths) if have > narrowest[at]]
        widths[max(spare, key=lambda at: widths[at])] -= 1
    return widths


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]
