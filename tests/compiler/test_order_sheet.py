"""A workbook of orders becomes the text that batch reads, each row on the line of its number."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from precert.compiler import is_workbook, write_order_sheet
from precert.errors import UnreadableLines
from tests.support.workbooks import workbook_of

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Order No", "CPT", "DOS", "Ward")
LINES = [("A1", "27447", date(2026, 3, 2), "East\nWing"), ("A2", 70450, date(2026, 3, 3))]


def workbook(folder: Path, **sheets: list[tuple[Any, ...]]) -> Path:
    def fill(book: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
        form = book.add_format({"num_format": "mm/dd/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, form)
                    else:
                        sheet.write(number, column, value)

    path = folder / "orders.xlsx"
    path.write_bytes(workbook_of(fill))
    return path


def test_a_row_is_on_the_line_of_its_number(tmp_path: Path) -> None:
    rows = [("Orders of the day",), (), HEADER, LINES[0], (), LINES[1]]
    path, target = workbook(tmp_path, Orders=rows, Notes=[("hello",)]), tmp_path / "orders.csv"
    assert is_workbook(path)
    told = write_order_sheet(path, target)
    assert (told.sheet, told.above) == ("Orders", ("Orders of the day",))
    assert target.read_text(encoding="utf-8").split("\n") == [
        "",
        "",
        "Order No,CPT,DOS,Ward",
        "A1,27447,2026-03-02,East Wing",
        "",
        "A2,70450,2026-03-03,",
        "",
    ]


def test_a_cell_beyond_the_header_is_kept(tmp_path: Path) -> None:
    path, target = workbook(tmp_path, Orders=[HEADER, (*LINES[0], "more")]), tmp_path / "orders.csv"
    write_order_sheet(path, target)
    assert target.read_text(encoding="utf-8").endswith("East Wing,more\n")


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ({"Orders": [HEADER, LINES[0]], "Old": [HEADER, LINES[0]]}, "read orders in Orders, Old"),
        ({"Orders": [HEADER]}, "no sheet with a header and rows"),
        ({"Orders": [("Order", "Code"), ("A1", "27447")]}, "no sheet with a header and rows"),
    ],
)
def test_orders_that_are_not_one_sheet_are_refused(
    sheets: dict[str, list[tuple[Any, ...]]], reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableLines, match=re.escape(reason)):
        write_order_sheet(workbook(tmp_path, **sheets), tmp_path / "orders.csv")
