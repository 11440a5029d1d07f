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

_SIDE_BY_SIDE = 4
"""So many columns still stand beside each other on a narrow screen."""


def table(
    caption: str,
    header: Sequence[str],
    groups: Iterable[Sequence[Line]],
    *,
    numbers: Sequence[int] = (),
) -> Markup:
    """Return a table; the first cell of each group of rows heads them.

    `numbers` are the columns that hold some. A table that is too wide scrolls by itself; on a
    narrow screen one of many columns shows each row as a block, its cells beneath each other.
    """
    stacks = len(header) > _SIDE_BY_SIDE
    columns = (
        element("th", name, scope="col", class_="number" if at in numbers else None)
        for at, name in enumerate(header)
    )
    bodies = [_body(group, header if stacks else ()) for group in groups]
    made = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *columns)),
        *bodies,
    )
    kind = "wide stacks" if stacks else "wide"
    return element("div", made, class_=kind, role="region", tabindex=0, aria_label=caption)


def _body(group: Sequence[Line], labels: Sequence[str]) -> Markup:
    """Return the rows of a group; `labels` are what the cells are called where they are stacked."""
    scope = "row" if len(group) == 1 else "rowgroup"
    named: Sequence[str | None] = labels or [None] * len(group[0])
    rows = []
    for at, row in enumerate(group):
        cells = list(zip(row, named, strict=False))
        head = [_cell("th", cells.pop(0)[0], scope=scope)] if at == 0 else []
        rows.append(element("tr", *head, *(_cell("td", cell, label=name) for cell, name in cells)))
        if at == 0:  # what reaches over the other rows does not stand in them again
            named = [name for cell, name in zip(row, named, strict=False) if not _reaches(cell)]
    return element("tbody", *rows)


def _reaches(cell: str | Cell) -> bool:
    return isinstance(cell, Cell) and cell.rows is not None


def _cell(
    name: str, cell: str | Cell, scope: str | None = None, label: str | None = None
) -> Markup:
    told = cell if isinstance(cell, Cell) else Cell(cell)
    span = told.rows if told.rows and told.rows > 1 else None
    return element(
        name, told.content, scope=scope, class_=told.class_, rowspan=span, data_label=label
    )


def counted(count: int, most: int) -> Cell:
    """Return the cell of a count with a bar under it, as long as its share of the most.

    A bar is measured in letters, not in its column's width: those of two columns can be compared.
    """
    if not count:
        return Cell("", "number")
    share = f"--share: {max(round(count / most, 2), 0.01)}"
    bar = element("span", class_="bar", style=share)
    return Cell(joined((f"{count:,}", bar)), "number")


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Return a list of what each thing is, in two columns."""
    return element(
        "dl",
        *(part for name, said in pairs for part in (element("dt", name), element("dd", said))),
    )
