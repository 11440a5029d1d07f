"""Ruled tables: what the drawn lines say of cells, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.lib.colors import black, grey

from precert.documents import document_of
from precert.tables.pdf import read_pdf
from tests.support.pdfs import DOWN, GRID, RULES, Drawing, Setting, line, pdf, table, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.tables import Contents

WORDS = frozenset({"Code", "What it is", "Needs a call?", "Remarks"})
HEADER = ("Code", "What it is", "Needs a call?", "Remarks")
ROWS = (
    ("E0992", "Seat insert of a firm kind, for chairs with a sling that gives way", "Yes", ""),
    ("E0994", "Arm rest", "No", "Rented ones too, from the first month on"),
    ("", "**Cushions", "", ""),
    ("E0995", "Calf rest or pad, and whatever belongs to it in either size", "Yes", "x"),
)
WIDTHS = (50, 130, 70, 100)


def read(content: bytes, words: frozenset[str] = WORDS) -> Contents:
    """Return what the reader finds."""
    return read_pdf(document_of("list.pdf", content), words)


def printed(rows: Sequence[Sequence[str]] = ROWS) -> list[tuple[str, ...]]:
    """Return rows as the reader gives them: bold marks stand on both sides."""
    return [tuple(f"{c}**" if c.startswith("**") else c for c in row) for row in rows]


@pytest.mark.parametrize(
    "lines", [GRID, DOWN, RULES, (*GRID[:1], ("BOX", (0, 0), (-1, -1), 2, black))]
)
@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
def test_cells_of_several_lines(lines: tuple[tuple[object, ...], ...], align: str) -> None:
    setting = Setting(lines=lines, align=align)
    contents = read(pdf([table((HEADER, *ROWS), WIDTHS, setting)], setting))
    assert told(contents) == [("#", *HEADER), *printed()]
    assert contents.diagnostics == ()


@pytest.mark.parametrize("words", [WORDS, frozenset[str]()])
def test_two_tables_and_the_lines_around_them(words: frozenset[str]) -> None:
    setting = Setting(lines=GRID)
    parts = [
        line("Codes for Seating", setting, bold=True),
        table((HEADER, *ROWS[:2]), WIDTHS, setting),
        line("Nothing else needs a call.", setting),
        table((HEADER[:3], ("E0776", "Stand", "No")), WIDTHS[:3], setting),
    ]
    mark = ("#",) if words else ()
    assert told(read(pdf(parts, setting), words)) == [
        "**Codes for Seating**",
        (*mark, *HEADER),
        *printed(ROWS[:2]),
        "Nothing else needs a call.",
        (*mark, *HEADER[:3]),
        ("E0776", "Stand", "No"),
    ]


def test_cells_over_several_columns_and_rows() -> None:
    rows = [
        ("Codes for Seating", "", "", ""),
        HEADER,
        ("E0992", "Seat insert", "Yes", "Ask for both"),
        ("E0994", "Arm rest", "Yes", ""),
        ("E0995", "Calf rest", "See the notice above", ""),
    ]
    spans = [("SPAN", (0, 0), (3, 0)), ("SPAN", (3, 2), (3, 3)), ("SPAN", (2, 4), (3, 4))]
    setting = Setting(lines=GRID, spans=spans)
    assert told(read(pdf([table(rows, WIDTHS, setting)], setting))) == [
        ("**Codes for Seating**", "", "", ""),
        ("#", *HEADER),
        ("E0992", "Seat insert", "Yes", "Ask for both"),
        ("E0994", "Arm rest", "Yes", "Ask for both"),
        ("E0995", "Calf rest", "See the notice above", ""),
    ]


def test_several_codes_of_one_cell_stay_in_it() -> None:
    rows = [HEADER, ("E0992,<br/>E0994", "Seat insert, arm rest", "Yes", ""), ROWS[3]]
    setting = Setting(lines=GRID)
    made = pdf([table(rows, WIDTHS, setting)], setting)
    drawn = Drawing()
    for at, cells in enumerate((HEADER, ("E0992", "Seats", "Yes", ""), ("", "", "", "x"))):
        for left, cell in zip((50, 100, 200, 300), cells, strict=True):
            drawn.text(left + 2, 60 + 20 * at, cell)
    drawn.text(52, 88.5, "E0994")
    for top in (50, 70, 92, 110):
        drawn.line(50, top, 380, top)
    for left in (50, 100, 200, 300, 380):
        drawn.line(left, 50, left, 110)
    assert made.startswith(b"%PDF")
    assert told(read(drawn.pdf())) == [
        ("#", *HEADER),
        ("E0992 E0994", "Seats", "Yes", ""),
        ("", "", "", "x"),
    ]


@pytest.mark.parametrize("pad", [0.6, 1.0, 2.0])
def test_texts_that_nearly_touch_are_parted_by_the_line(pad: float) -> None:
    drawn = Drawing()
    left = 50.0
    lefts = [left]
    for head, text in (("Code", "E0992"), ("What it is", "Seat insert"), ("Needs a call?", "Yes")):
        drawn.row(60, (left + pad / 2, head))
        drawn.row(72, (left + pad / 2, text))
        left += max(drawn.canvas.stringWidth(each, "Helvetica", 8) for each in (head, text)) + pad
        lefts.append(left)
    for each in lefts:
        drawn.line(each, 50, each, 76)
    for top in (50, 64, 76):
        drawn.line(lefts[0], top, lefts[-1], top)
    assert told(read(drawn.pdf())) == [
        ("#", "Code", "What it is", "Needs a call?"),
        ("E0992", "Seat insert", "Yes"),
    ]


def test_cells_drawn_as_boxes_and_as_thin_areas() -> None:
    drawn = Drawing()
    for row, cells in enumerate((HEADER[:3], ("E0992", "Seat", "Yes"), ("E0994", "Arm", "No"))):
        for column, cell in enumerate(cells):
            left, top = 50 + 80 * column, 50 + 16 * row
            drawn.text(left + 3, top + 11, cell)
            if row < 2:
                drawn.canvas.rect(left, 792 - top - 16, 80, 16)
            else:
                drawn.canvas.rect(left, 792 - top - 16, 80, 0.4, stroke=0, fill=1)
                drawn.canvas.rect(left, 792 - top - 16, 0.4, 16, stroke=0, fill=1)
                drawn.canvas.rect(left + 80, 792 - top - 16, 0.4, 16, stroke=0, fill=1)
    assert told(read(drawn.pdf())) == [
        ("#", *HEADER[:3]),
        ("E0992", "Seat", "Yes"),
        ("E0994", "Arm", "No"),
    ]


def test_a_ruled_header_above_rows_that_are_not() -> None:
    setting = Setting(lines=[("GRID", (0, 0), (-1, 0), 0.5, black)])
    found = told(read(pdf([table((HEADER, *ROWS), WIDTHS, setting)], setting)))
    assert found == [("#", *HEADER), *printed()]


def test_a_frame_and_a_shade_are_no_table() -> None:
    setting = Setting(
        lines=[("BOX", (0, 0), (-1, -1), 1, black), ("BACKGROUND", (0, 0), (-1, 0), grey)]
    )
    found = told(read(pdf([table((HEADER, *ROWS), WIDTHS, setting)], setting)))
    assert found == [("#", *HEADER), *printed()]


def test_a_text_that_is_struck_out_is_marked() -> None:
    setting = Setting(lines=GRID)
    made = pdf([table((HEADER, ("E0992", "<x>", "Yes", "")), WIDTHS, setting)], setting)
    drawn = Drawing()
    drawn.row(60, (50, "Code"), (100, "What it is"), (180, "Needs a call?"))
    drawn.row(72, (50, "E0992"), (100, "Seat insert"), (180, "Yes or no"))
    drawn.line(180, 69.5, 195, 69.5)
    drawn.line(99, 73.5, 150, 73.5)  # beneath the text: it is underlined
    assert b"%PDF" in made
    assert told(read(drawn.pdf()))[1] == ("E0992", "Seat insert", "<s>Yes</s> or no")
