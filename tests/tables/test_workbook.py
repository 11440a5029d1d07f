"""Workbooks: what a cell says, where it stands, and what a sheet shows beside its values."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from precert.compiler import Compilation, ToldEdition, compile_documents
from precert.documents import document_of, open_document
from precert.errors import MissingExtra, UnreadableDocument
from precert.lists import load_layout
from precert.model import Row, SourceRef, Table, TextLine
from precert.tables.text import read_text
from precert.tables.xlsx import package, read_workbook
from tests.support.thorough import examples
from tests.support.workbooks import (
    as_workbook,
    ods_of,
    sheet_of,
    with_parts,
    with_sheet_xml,
    workbook_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    import xlsxwriter

    from precert.tables import Contents

WORDS = frozenset({"Code", "Required?", "Notes"})
SHEET = "xl/worksheets/sheet1.xml"


def read(workbook: bytes, words: frozenset[str] = WORDS) -> Contents:
    return read_workbook(document_of("list.xlsx", workbook), words)


def printed(contents: Contents) -> list[Row | TextLine]:
    """Return the rows and lines in their order, the headers among them."""
    found: list[Row | TextLine] = []
    for block in contents.blocks:
        if isinstance(block, TextLine):
            found.append(block)
        else:
            found += [*([block.header] if block.header else []), *block.rows]
    return found


def cells_of(contents: Contents) -> list[tuple[str, ...]]:
    """Return the cells of the rows; of a blank line none."""
    return [row.cells if isinstance(row, Row) else () for row in printed(contents)]


def said(contents: Contents) -> list[str]:
    return [str(found) for found in contents.diagnostics]


# --- What a cell says -----------------------------------------------------------------------------


def test_each_kind_of_value_is_read_as_it_is_shown() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("PA")
        day = book.add_format({"num_format": "m/d/yyyy"})
        clock = book.add_format({"num_format": "h:mm"})
        moment = datetime(2026, 1, 31, 13, 5)  # noqa: DTZ001 - a workbook knows no time zones
        sheet.write_row(0, 0, [99213, 0.5, 1234567890, "01234", True, False, -3])
        sheet.write_datetime(1, 0, date(2026, 1, 31), day)
        sheet.write_datetime(1, 1, moment, day)
        sheet.write_datetime(1, 2, time(12, 30), clock)
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
        sheet.write_formula(1, 4, "=40000+2", None, 40002)
        sheet.write_string(1, 5, " two\nlines ")

    contents = read(workbook_of(fill))
    assert cells_of(contents) == [
        ("99213", "0.5", "1234567890", "01234", "TRUE", "FALSE", "-3"),
        ("2026-01-31", "2026-01-31 13:05:00", "12:30:00", "#N/A", "40002", " two\nlines ", ""),
    ]
    assert said(contents) == []


@pytest.mark.parametrize(
    ("number_format", "number", "text"),
    [
        ("00000", 640, "00640"),
        ("[$-409]00000;@", 640, "00640"),
        ("0000", 240, "0240"),
        ("00000", 99213, "99213"),
        ("00000", 0.5, "0.5"),
        ("0", 640, "640"),
        ("#,##0", 99213, "99213"),
        ("0.00", 99213, "99213"),
    ],
)
def test_a_number_has_the_zeros_of_its_format(number_format: str, number: float, text: str) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_number(0, 0, number, book.add_format({"num_format": number_format}))

    assert cells_of(read(workbook_of(fill))) == [(text,)]


def test_short_numbers_among_codes_are_reported() -> None:
    rows: list[list[object]] = [
        ["Code", "Required?", "Units"],
        [99213, "Yes", 4],
        ["00640", "No", 4],
        [640, "No", 2],
    ]
    contents = read(sheet_of([*rows, [10021, "Yes", 4], [1234, "Yes", 10021]]))
    (found,) = said(contents)
    assert found == (
        "list.xlsx:List:4: PC210 error: 2 numbers among the codes of this column have fewer than "
        "five digits, a leading zero may be lost: A4, A6"
    )
    assert [ref.line for ref in contents.diagnostics[0].related] == [6]
    assert [row[0] for row in cells_of(contents)[1:]] == ["99213", "00640", "640", "10021", "1234"]


def test_a_formula_without_a_result_is_no_blank() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>T("")</f><v></v></c>'
        "<c r='C1'><f>A1</f><v/></c><c r='D1'><f>A1</f></c><c r='E1'><f>A1</f><v>0</v></c></row>"
        '<row r="3"><c r="C3"><f>A3</f></c><c r="F3"><f>A3</f></c></row>'
    )
    contents = read(with_sheet_xml(f"<sheetData>{rows}</sheetData>"))
    lost = "=(not calculated)"
    assert cells_of(contents) == [
        ("1", "", lost, lost, "0", ""),
        (),
        ("", "", lost, "", "", lost),
    ]
    assert said(contents) == [
        "list.xlsx:List:1: PC214 error: formulas of which the file holds no result: C1, D1, C3, F3"
    ]


# --- Where it stands ------------------------------------------------------------------------------


def test_a_place_is_the_sheet_the_row_and_its_cells() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("PA")
        sheet.write_row(2, 1, ["Code", "Required?", "Notes"])
        sheet.write_row(4, 1, ["E0992"])
        sheet.write_row(5, 3, ["late", "beyond"])
        book.add_worksheet("Step").write(0, 26, "x")

    contents = read(workbook_of(fill))
    assert printed(contents) == [
        TextLine(SourceRef("list.xlsx", 1, sheet="PA", area="B1:E1"), ""),
        TextLine(SourceRef("list.xlsx", 2, sheet="PA", area="B2:E2"), ""),
        Row(
            SourceRef("list.xlsx", 3, sheet="PA", area="B3:E3"), ("Code", "Required?", "Notes", "")
        ),
        TextLine(SourceRef("list.xlsx", 4, sheet="PA", area="B4:E4"), ""),
        Row(SourceRef("list.xlsx", 5, sheet="PA", area="B5:E5"), ("E0992", "", "", "")),
        Row(SourceRef("list.xlsx", 6, sheet="PA", area="B6:E6"), ("", "", "late", "beyond")),
        Row(SourceRef("list.xlsx", 1, sheet="Step", area="AA1"), ("x",)),
    ]
    headers = [block.header for block in contents.blocks if isinstance(block, Table)]
    assert [header.ref.line for header in headers if header] == [3]


def test_a_table_ends_with_its_sheet() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("One", "Two"):
            book.add_worksheet(name).write_row(0, 0, ["E0992", "Yes"])

    assert len(read(workbook_of(fill)).blocks) == 2


def test_merged_cells_say_their_text_where_they_are_printed() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C2", "Title")
        sheet.write_row("A3", ["E0992", "Yes", "x"])
        sheet.write_row("A4", ["E0994", "", ""])
        sheet.merge_range("B3:B5", "Yes")
        sheet.merge_range("A6:B6", "wide")
        sheet.write("C6", "y")
        sheet.merge_range("A7:A8", "tall")
        sheet.merge_range("B7:B8", "also")

    assert cells_of(read(workbook_of(fill))) == [
        ("Title", "", ""),
        (),
        ("E0992", "Yes", "x"),
        ("E0994", "Yes", ""),
        (),
        ("wide", "", "y"),
        ("tall", "also", ""),
    ]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_cells_that_do_not_say_where_they_stand_follow_each_other(prefix: str) -> None:
    cells = '<row><c t="inlineStr"><is><t>a</t></is></c><c/><c><v>1</v></c></row><row r="3">'
    xml = f'<sheetData>{cells}<c t="e"><v>#REF!</v></c></row></sheetData>'
    if prefix:
        xml = xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    assert cells_of(read(with_sheet_xml(xml, prefix))) == [
        ("a", "", "1"),
        (),
        ("#REF!", "", ""),
    ]


# --- What a sheet shows beside its values ---------------------------------------------------------


def test_hidden_sheets_rows_and_columns_are_read_and_reported() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        shown = book.add_worksheet("PA")
        for row in range(6):
            shown.write_row(row, 0, ["E0992", "Yes"])
        for row in (1, 2, 4, 8):
            shown.set_row(row, options={"hidden": True})
        shown.set_column(1, 5, options={"hidden": True})
        hidden, very_hidden = book.add_worksheet("2025"), book.add_worksheet("Old")
        hidden.write(0, 0, "E0994")
        hidden.hide()
        very_hidden.write(0, 0, "E0995")
        very_hidden.very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=PA!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    contents = read(workbook_of(fill))
    assert [row[0] for row in cells_of(contents)] == ["E0992"] * 6 + ["E0994", "E0995"]
    parts, *sheets = said(contents)
    assert parts == (
        "list.xlsx:PA:2: PC216 warning: hidden in this sheet, and read like the rest of it: "
        "row 2-3, row 5, column B"
    )
    assert sheets == [
        "list.xlsx:2025:1: PC215 warning: the sheet '2025' is hidden; it was read like the others",
        "list.xlsx:Old:1: PC215 warning: the sheet 'Old' is hidden; it was read like the others",
    ]


def test_what_is_struck_out_stays_marked() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("PA")
        struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["E0992", "No", ""], struck)
        sheet.write(1, 0, "E0994")
        sheet.write_rich_string(1, 1, plain, "Yes ", struck, "No")
        sheet.write(2, 0, "E0995", plain)

    contents = read(workbook_of(fill))
    assert cells_of(contents) == [
        ("<s>E0992</s>", "<s>No</s>"),
        ("E0994", "<s>Yes No</s>"),
        ("E0995", ""),
    ]
    assert said(contents) == [
        "list.xlsx:PA:1: PC220 warning: text is struck out in A1, B1, B2",
    ]


def test_a_text_in_its_own_cell_may_be_struck_out() -> None:
    run = "<r><rPr><strike/></rPr><t>No</t></r>"
    cell = f'<c r="A1" t="inlineStr"><is>{run}</is></c><c r="B1" t="str"><v>No</v></c>'
    xml = f'<sheetData><row r="1">{cell}</row></sheetData>'
    assert cells_of(read(with_sheet_xml(xml))) == [("<s>No</s>", "No")]
    off = xml.replace("<strike/>", '<strike val="0"/>')
    assert cells_of(read(with_sheet_xml(off))) == [("No", "No")]


def test_colours_and_notes_are_reported_once() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("PA")
        green, red = book.add_format({"bg_color": "green"}), book.add_format({"color": "red"})
        white = book.add_format({"bg_color": "white", "color": "black", "bold": True})
        sheet.write(0, 0, "Title", green)
        sheet.write_row(1, 0, ["Code", "Required?"], green)
        sheet.write_row(2, 0, ["E0992", "Yes"], white)
        sheet.write_row(3, 0, ["E0994", "Yes", ""], green)
        sheet.write_row(4, 0, ["E0995", "Yes"], red)
        sheet.write_comment(4, 0, "a note")
        sheet.conditional_format("A1:A9", {"type": "no_blanks", "format": green})

    (found,) = said(read(workbook_of(fill)))
    assert found == (
        "list.xlsx:PA:4: PC217 info: the sheet shows what no reader takes into account: colours of "
        "the cells A4, B4, A5, B5; colours by a condition; notes at cells or controls"
    )


def filled(fills: dict[str, dict[str, object]]) -> Contents:
    """Return a sheet of three rows without an answer, these cells filled."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("PA")
        sheet.write_row(0, 0, ["Code", "Notes", "Required?"], book.add_format({"bg_color": "blue"}))
        for row in range(1, 5):
            for column, text in enumerate([f"E099{row}", "Seat", "No" if row == 4 else ""]):
                look = fills.get(f"{'ABC'[column]}{row + 1}")
                form = book.add_format(look) if look else None
                sheet.write(row, column, text, form)

    return read(workbook_of(fill))


GREEN: dict[str, object] = {"bg_color": "green"}
COLUMN = ("C2", "C3", "C4", "C5")


@pytest.mark.parametrize(
    ("fills", "signs"),
    [
        ({"C3": GREEN}, "C3"),
        ({"C3": GREEN, "C5": GREEN}, "C3"),
        ({"C2": GREEN, "C4": {"pattern": 4}}, "C2, C4"),
        ({"C3": {"bg_color": "black"}}, "C3"),
        ({"A3": GREEN, "C3": GREEN}, "C3"),
        (dict.fromkeys(COLUMN[:3], GREEN), "C2, C3, C4"),
        ({**dict.fromkeys(COLUMN, GREEN), "C3": {"bg_color": "red"}}, "C2, C3, C4"),
    ],
)
def test_an_empty_cell_filled_unlike_its_column_is_not_blank(
    fills: dict[str, dict[str, object]], signs: str
) -> None:
    contents = filled(fills)
    expected = ["Required?", *("<sign>" if at in signs else "" for at in COLUMN[:3]), "No"]
    assert [cells[2] for cells in cells_of(contents)] == expected
    (wrong,) = [each for each in contents.diagnostics if each.code == "PC221"]
    assert str(wrong).endswith(f"{signs}; what they say was not read")
    assert [ref.line for ref in (wrong.ref, *wrong.related)] == [
        int(at[1:]) for at in signs.split(", ")
    ]


@pytest.mark.parametrize(
    "fills",
    [
        {"C3": {"bg_color": "white"}},
        {"C3": {"color": "red", "bold": True, "border": 1}},
        dict.fromkeys(COLUMN, GREEN),
        dict.fromkeys(("A3", "B3", "C3"), GREEN),
        {"B3": GREEN, "C5": GREEN},
    ],
)
def test_a_fill_of_a_column_or_of_a_row_is_no_sign(fills: dict[str, dict[str, object]]) -> None:
    contents = filled(fills)
    assert [cells[2] for cells in cells_of(contents)] == ["Required?", "", "", "", "No"]
    assert "PC221" not in [each.code for each in contents.diagnostics]


def test_of_other_formats_only_values_are_read() -> None:
    row = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>E0992</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="99213"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-01-31"/>'
        "</table:table-row>"
    )
    contents = read(ods_of(row))
    assert cells_of(contents) == [("E0992", "99213", "2026-01-31")]
    assert [found.code for found in contents.diagnostics] == ["PC119"]
    assert "the format .ods" in said(contents)[0]


# --- What cannot be read --------------------------------------------------------------------------

BOOK = sheet_of([["Code", "Required?"], ["E0992", "Yes"]])
_ROW = '<sheetData><row r="1">{}</row></sheetData>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOOK[: len(BOOK) // 2], "missing or damaged .*cut off: fetch it again"),
        (b"PK\x03\x04", "missing or damaged"),
        (with_parts(BOOK, {"xl/workbook.xml": None}), "a zip archive, and no workbook"),
        (
            with_parts(BOOK, {"xl/workbook.xml": None, "word/document.xml": b"<a/>"}),
            "a Word document; save it as PDF",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "looks like a workbook .xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted; open it with its password",
        ),
        (with_parts(BOOK, {SHEET: None}), "the sheet 'List' is not in it"),
        (with_parts(BOOK, {SHEET: b"<a><b></a>"}), f"the part {SHEET} of the workbook is no XML"),
        (with_parts(BOOK, {SHEET: b"<!DOCTYPE a><a/>"}), "declares a document type"),
        (with_sheet_xml(_ROW.format('<c r="A2"/>')), "names a cell 'A2' out of its order in row 1"),
        (with_sheet_xml(_ROW.format('<c r="B1"/><c r="B1"/>')), "a cell 'B1' out of its order"),
        (with_sheet_xml(_ROW.format("") + '<row r="1"/>'), "has a row '1' beneath the row 1"),
        (with_sheet_xml('<row r="x"/>'), "has a row 'x'"),
        (with_sheet_xml(_ROW.format('<c r="ZZZZ1"/>')), "in the column 'ZZZZ'"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=f"^list.xlsx: .*{reason}"):
        read(content)


def test_cells_far_outside_the_list_are_refused() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="e">{}</c></row>'
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{}</sheetData>'
    with pytest.raises(UnreadableDocument, match="1,048,576 rows and 16,384 columns"):
        read(with_sheet_xml(sheet.format(far.format("<v>1</v>"))))
    assert cells_of(read(with_sheet_xml(sheet.format(far.format(""))))) == [("1",)]


def test_a_workbook_that_declares_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 2**20)
    zeros = with_parts(BOOK, {SHEET: bytes(2**21)})
    assert len(zeros) < 20_000
    with pytest.raises(UnreadableDocument, match="unpacked it has 2 MB, more than the 1 that"):
        read(zeros)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    long = with_parts(BOOK, {SHEET: b"<a>" + bytes(2**16).replace(b"\0", b"<b/>") + b"</a>"})
    size = (7 + 2**18).to_bytes(4, "little")
    assert long.count(size) == 2
    with pytest.raises(UnreadableDocument, match=r"cannot be unpacked \(Bad CRC-32"):
        read(long.replace(size, (300).to_bytes(4, "little")))


def test_without_calamine_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtra, match=r"list.xlsx needs more than is installed.*\[xlsx\]"):
        read(BOOK)


@run_with(max_examples=examples(30, 60))
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes of the file are changed, or of a sheet's XML in a whole file, or the end is cut off."""
    xml = _ROW.format('<c r="A1"><f>1</f><v>1</v></c><c r="B1" t="e" s="1"><v>#N/A</v></c>')
    content = bytearray(xml.encode() if (inside := data.draw(st.booleans())) else BOOK)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(4, len(content))) :]
    if inside:
        content = bytearray(with_sheet_xml(bytes(content).decode("latin-1")))
    document = replace(document_of("list.xlsx", BOOK), content=bytes(content))
    try:
        contents = read_workbook(document, WORDS)
    except UnreadableDocument:
        return
    refs = [each.ref for each in printed(contents)]
    assert len(set(refs)) == len(refs)


# --- A whole list ---------------------------------------------------------------------------------


@pytest.fixture(name="text", scope="module")
def fixture_text(real_list: Path) -> Compilation:
    return compile_documents([real_list], ToldEdition(date(2026, 1, 1)))


@pytest.mark.real_list
@pytest.mark.parametrize("sheet_by_sheet", [pytest.param(False, marks=pytest.mark.slow), True])
def test_the_published_list_as_a_workbook_is_the_same_list(
    real_list: Path,
    text: Compilation,
    tmp_path: Path,
    sheet_by_sheet: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    words = load_layout("evicore-cigna").header_words
    blocks = read_text(open_document(real_list), words).blocks
    path = tmp_path / "list.xlsx"
    is_title = (lambda text: "Procedure List:" in text) if sheet_by_sheet else None
    path.write_bytes(as_workbook(blocks, is_title))
    workbook = compile_documents([path], ToldEdition(date(2026, 1, 1)))
    nowhere = SourceRef("", 0)
    rules = [replace(rule, ref=nowhere) for rule in workbook.rulebook.rules]
    assert len(rules) == 1602
    assert rules == [replace(rule, ref=nowhere) for rule in text.rulebook.rules]
    assert workbook.accounting == text.accounting
    assert Counter(found.code for found in workbook.diagnostics) == Counter(
        found.code for found in text.diagnostics
    )
