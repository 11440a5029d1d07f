"""Tables of a report: headers that say what they head, numbers to the right, bars under counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.cli.reports.markup import Markup, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Cell(NamedTuple):
    """A cell that is more than a text: its classes, and over how many rows it reaches."""

    content: str
    class_: str | None = None
    rows: int | None = None


Line = list[str | Cell]


def table(
    caption: str,
    header: Sequence[str],
    groups: Iterable[Sequence[Line]],
    *,
    numbers: Sequence[int] = (),
) -> Markup:
    """Return a table; the first cell of each group of rows heads them.

    `numbers` are the columns that hold some. A table that is too wide scrolls by itself.
    """
    columns = (
        element("th", name, scope="col", class_="number" if at in numbers else None)
        for at, name in enumerate(header)
    )
    bodies = [_body(group) for group in groups]
    made = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *columns)),
        *bodies,
    )
    return element("div", made, class_="wide", role="region", tabindex=0, aria_label=caption)


def _body(group: Sequence[Line]) -> Markup:
    scope = "row" if len(group) == 1 else "rowgroup"
    rows = []
    for at, row in enumerate(group):
        first, *rest = row if at == 0 else ("", *row)
        head = [_cell("th", first, scope=scope)] if at == 0 else []
        rows.append(element("tr", *head, *(_cell("td", cell) for cell in rest)))
    return element("tbody", *rows)


def _cell(name: str, cell: str | Cell, scope: str | None = None) -> Markup:
    told = cell if isinstance(cell, Cell) else Cell(cell)
    span = told.rows if told.rows and told.rows > 1 else None
    return element(name, told.content, scope=scope, class_=told.class_, rowspan=span)


def counted(count: int, most: int) -> Cell:
    """Return the cell of a count with a bar under it, as long as its share of the most."""
    if not count:
        return Cell("", "number")
    width = f"width: {max(round(100 * count / most), 1)}%"
    bar = element("span", class_="bar", style=width)
    return Cell(joined((f"{count:,}", bar)), "number")


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Return a list of what each thing is, in two columns."""
    return element(
        "dl",
        *(part for name, said in pairs for part in (element("dt", name), element("dd", said))),
    )
