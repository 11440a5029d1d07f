"""Tables without drawn lines: columns by header words and gaps, rows by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from precert.documents import document_of
from precert.model import Table
from precert.tables.pdf import read_pdf
from tests.support.pdfs import RULES, Drawing, Setting, codes_told, line, pdf, table, told

if TYPE_CHECKING:
    from precert.tables import Contents

HEADER = ("Group", "Code", "What it is", "Needs a call before the first day?", "Remarks")
WORDS = frozenset(HEADER)
WIDTHS = (70, 44, 150, 78, 110)
ROWS = (
    (
        "Chairs",
        "E0992",
        "Seat insert of a firm kind, for chairs with a sling that gives way",
        "Yes",
        "",
    ),
    (
        "Chairs",
        "E0994",
        "Arm rest",
        "No",
        "Rented ones too, from the first month on until the sixth",
    ),
    ("**Cushions and pads", "", "", "", ""),
    ("Cushions and what belongs to them", "E0995", "Calf rest or pad", "Yes", ""),
    ("Beds", "E0250", "Bed, fixed height, with rails on either side and a mattress", "No", "x"),
    ("Beds", "E0251", "Bed", "Yes", ""),
    ("", "", "**Beds that move", "Yes", ""),
    ("Beds", "E0255", "Bed, two heights, with rails on either side", "Out of scope", ""),
)


def read(content: bytes, words: frozenset[str] = WORDS) -> Contents:
    """Return what the reader finds."""
    return read_pdf(document_of("list.pdf", content), words)


def printed(*rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return rows as the reader gives them: only a text that stands alone is marked as bold."""
    return [
        tuple(
            cell
            if not cell.startswith("**")
            else f"{cell}**"
            if sum(map(bool, row)) == 1
            else cell[2:]
            for cell in row
        )
        for row in rows
    ]


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("padding", [3, 0.5, 0])
@pytest.mark.parametrize("lines", [(), RULES])
def test_rows_of_several_lines(align: str, padding: float, lines: tuple[Any, ...]) -> None:
    setting = Setting(align=align, padding=padding, lines=lines)
    parts = [
        line("Codes for Seating", setting, bold=True),
        table((HEADER, *ROWS), WIDTHS, setting),
        line(
            "Ask us for whatever is not named in this list, and for the list of last year.", setting
        ),
    ]
    contents = read(pdf(parts, setting))
    assert told(contents) == [
        "**Codes for Seating**",
        ("#", *HEADER),
        *printed(*ROWS),
        "Ask us for whatever is not named in this list, and for the list of last year.",
    ]
    assert contents.diagnostics == ()


def test_without_header_words_the_header_is_guessed() -> None:
    setting = Setting()
    contents = read(pdf([table((HEADER, *ROWS), WIDTHS, setting)], setting), frozenset())
    assert told(contents) == printed(HEADER, *ROWS)


def _numbered(canvas: Any, template: Any) -> None:  # noqa: ANN401 - reportlab has no types
    canvas.setFont("Helvetica", 8)
    canvas.drawString(36, 770, "Acme Health, codes of 2031")
    canvas.drawString(300, 20, f"Page {template.page}")


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_goes_on_over_pages(repeat: int) -> None:
    setting = Setting(repeat=repeat, edges=_numbered)
    rows = [
        (*row[:1], f"E{1000 + at}", *row[2:]) for at in range(9) for row in (*ROWS[:2], ROWS[3])
    ]
    contents = read(pdf([table((HEADER, *rows * 3), WIDTHS, setting)], setting))
    headers = [b.header for b in contents.blocks if isinstance(b, Table) and b.header]
    lines = [each for each in told(contents) if isinstance(each, str)]
    assert [
        each for each in told(contents) if each[0] != "#" and not isinstance(each, str)
    ] == rows * 3
    assert set(lines) == {"Acme Health, codes of 2031"}
    assert len(headers) == (len(lines) if repeat else 1)
    assert len(lines) > 2
    assert codes_told(contents) == ["PC115"]
    refs = [b.ref for b in contents.blocks if not isinstance(b, Table)]
    refs += [row.ref for b in contents.blocks if isinstance(b, Table) for row in b.rows]
    assert len(set(refs)) == len(refs)
    assert {(ref.page, ref.line) for ref in refs} >= {(1, 1), (1, 3), (2, 1), (2, 3)}


@pytest.mark.parametrize("ruled", [False, True])
def test_a_row_that_a_page_breaks_is_joined(ruled: bool) -> None:  # noqa: FBT001 - a case
    drawn = Drawing()
    for page in range(3):
        drawn.row(60, (50, "Code"), (100, "What it is"), (212, "Remarks"))
        if page:
            drawn.row(80, (100, f"with rails of the size {page},"))
            drawn.row(89, (100, "which are sold apart"), (212, "nurse, or us"))
        drawn.row(104, (50, f"E025{page}"), (100, "Bed of a firm kind and frame"), (212, "Ask us"))
        drawn.row(120, (50, f"E026{page}"), (100, "Bed, which is made for two,"), (212, "Ask the"))
        if ruled:
            for top in (50, 66, 94 if page else 66, 109, 125):
                drawn.line(48, top, 250, top)
            for left in (48, 98, 210, 250):
                drawn.line(left, 50, left, 125)
        drawn.next_page()
    contents = read(drawn.pdf())
    rest = "Bed, which is made for two, with rails of the size {}, which are sold apart"
    assert [each for each in told(contents) if each[0] != "#"] == [
        ("E0250", "Bed of a firm kind and frame", "Ask us"),
        ("E0260", rest.format(1), "Ask the nurse, or us"),
        ("E0251", "Bed of a firm kind and frame", "Ask us"),
        ("E0261", rest.format(2), "Ask the nurse, or us"),
        ("E0252", "Bed of a firm kind and frame", "Ask us"),
        ("E0262", "Bed, which is made for two,", "Ask the"),
    ]
    assert codes_told(contents) == ["PC219", "PC219"]


@pytest.mark.parametrize("rest", ["Beds that move", "and rails"])
def test_what_may_be_a_row_of_its_own_is_not_joined(rest: str) -> None:
    drawn = Drawing()
    drawn.row(60, (50, "Code"), (100, "What it is"), (220, "Remarks"))
    drawn.row(80, (50, "E0250"), (100, "Bed, for two persons and with it"), (220, "Ask"))
    drawn.row(100, (50, "E0251"), (100, "Bed" if rest[0] == "a" else "Bed for two"), (220, "Ask"))
    drawn.next_page()
    drawn.row(60, (50, "Code"), (100, "What it is"), (220, "Remarks"))
    drawn.row(80, (100, rest))
    drawn.row(100, (50, "E0255"), (100, "Bed"), (220, "Ask"))
    contents = read(drawn.pdf())
    assert ("", rest, "") in told(contents)
    assert contents.diagnostics == ()


def test_a_header_of_close_words_and_touching_columns() -> None:
    drawn = Drawing()
    drawn.row(50, (50, "Code"), (75.5, "What it is"), (115, "Remarks"))
    for at, code in enumerate(("E0250", "E0251", "E0255")):
        drawn.row(62 + 12 * at, (50, code), (75.5, "Bed rail"), (115, f"Ask {at}"))
    assert told(read(drawn.pdf())) == [
        ("#", "Code", "What it is", "Remarks"),
        ("E0250", "Bed rail", "Ask 0"),
        ("E0251", "Bed rail", "Ask 1"),
        ("E0255", "Bed rail", "Ask 2"),
    ]


@pytest.mark.parametrize("again", [True, False])
def test_tables_side_by_side(again: bool) -> None:  # noqa: FBT001 - a case
    drawn = Drawing()
    for page in range(2):
        if page == 0 or again:
            for left in (50, 300):
                drawn.row(50, (left, "Code"), (left + 40, "What it is"), (left + 140, "Remarks"))
        for at in range(4):
            for left, letter in ((50, "E"), (300, "K")):
                code = f"{letter}{1000 + 10 * page + at}"
                drawn.row(66 + 14 * at, (left, code), (left + 40, f"Bed {at}"), (left + 140, "Ask"))
        drawn.next_page()
    found = told(read(drawn.pdf()))
    rows = [each for each in found if each[0] != "#"]
    assert rows == [
        (f"{letter}{1000 + 10 * page + at}", f"Bed {at}", "Ask")
        for page in range(2)
        for letter in "EK"
        for at in range(4)
    ]
    assert len(found) - len(rows) == (4 if again else 2)


def test_codes_that_go_on_in_the_next_line_are_one_row() -> None:
    drawn = Drawing()
    drawn.row(50, (50, "Code"), (120, "What it is"), (220, "Remarks"))
    drawn.row(62, (50, "E0250, E0251,"), (120, "Beds"), (220, "Ask"))
    drawn.row(71, (50, "E0255"))
    drawn.row(83, (50, "E0260-"), (120, "Beds"), (220, "Ask"))
    drawn.row(92, (50, "E0265"))
    assert told(read(drawn.pdf()))[1:] == [
        ("E0250, E0251, E0255", "Beds", "Ask"),
        ("E0260- E0265", "Beds", "Ask"),
    ]
