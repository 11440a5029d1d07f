"""HTML pages: rows, lines, marks, spans, tables within tables, and what is no text."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.documents import document_of, open_document
from precert.errors import UnreadableDocument
from precert.lists import read_list
from precert.model import Row, SourceRef, Table, TextLine
from precert.tables import read_tables
from precert.tables.html import grid
from tests.lists.support import EVICORE, HEADER
from tests.support.formats import as_html
from tests.support.printed import printed
from tests.support.same_rules import assert_the_same_rules
from tests.support.thorough import examples

if TYPE_CHECKING:
    from pathlib import Path

    from precert.tables import Contents

WORDS = frozenset({"Code", "Code Description", "Required?", "Platform"})


def contents_of(page: str) -> Contents:
    return read_tables(document_of("list.html", page.encode()), WORDS)


def shown(page: str) -> list[str | tuple[str, ...]]:
    """Return the lines and rows of the page."""
    return [
        each.text if isinstance(each, TextLine) else each.cells
        for each in printed(contents_of(page))
    ]


def row_of(cells: str) -> tuple[str, ...]:
    """Return the cells of the one row that these tags make."""
    row, end = shown(f"<table><tr>{cells}</tr></table>")
    assert end == ""
    assert isinstance(row, tuple)
    return row


def reported(page: str) -> list[tuple[int, str]]:
    return [(each.ref.line, each.code) for each in contents_of(page).diagnostics]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("E0992", "E0992"),
        ("\n  Seat\n  insert ", "Seat insert"),
        ("Seat<br>insert<br/>x", "Seat insert x"),
        ("<p>Seat</p><p>insert", "Seat insert"),
        ("<ul><li>Seat<li>insert</ul>", "Seat insert"),
        ("CPT&reg; &lt;4 &amp; &#x201c;x&#8221; &bogus;", "CPT® <4 & “x” &bogus;"),
        ("&nbsp;", ""),
        ("<b>Seats</b>", "<b>Seats</b>"),
        ("<strong class=x> Seats </strong> x", "<b>Seats</b> x"),
        ("<b>Se</b><b>ats</b>", "<b>Seats</b>"),
        ("<b>Seats", "<b>Seats</b>"),
        ("<b> </b>x<b></b>", "x"),
        ("<b>Seats<i><u>x</u></i></b> y", "<b>Seatsx</b> y"),
        ("<s>No</s> Yes", "<s>No</s> Yes"),
        ("<del>No</del><strike>x</strike>", "<s>Nox</s>"),
        ("<b>a<s>b</b>c</s>", "<b>a</b><b><s>b</s></b>c"),
        ("<span style='text-decoration: line-through'>No</span>", "<s>No</s>"),
        ("<span style='FONT-WEIGHT:700'>x</span>", "<b>x</b>"),
        ("<span style='font-weight:400'>x</span>", "x"),
        ("<a href='x.html'>Yes</a>", "Yes"),
        ("No<sup>1</sup>", "No 1"),
        ("E<span>09</span>92", "E0992"),
        ("E09<!-- <td> -->92", "E0992"),
        ("x<script>var y = '<td>';</script><style>td {}</style>", "x"),
        ("Yes<o:p></o:p>", "Yes"),
        ("<![if !supportEmptyParas]>&nbsp;<![endif]>Yes<?xml:namespace prefix = o />", "Yes"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("<img src=check.png alt=Yes>", "Yes"),
        ("<img src=spacer.gif alt=''>", ""),
        ("<img src=check.png>", "<img>"),
        ("<i class='fa fa-check'></i>", "<icon>"),
        ("<input type=checkbox checked>", "<input checked>"),
        ("<input type=radio>", "<input>"),
        ("<svg><path d='M0'/></svg>", "<svg>"),
        ("a < b <", "a < b <"),
    ],
)
def test_a_cell_is_one_line_of_text(cell: str, text: str) -> None:
    assert row_of(f"<td>{cell}<td>x") == (text, "x")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", [("a", "b"), ("c",)]),
        ("<tr><td>a<td>b<tr><td>c<td>", [("a", "b"), ("c", "")]),
        ("<td>a<td>b<tr><td>c", [("a", "b"), ("c",)]),
        ("<tr><tr><td>a</tr></tr>", [("a",)]),
        ("<tr><td/>x<td>a", [("", "a"), "x"]),
        ("<tr><td> </td><td>&nbsp;</td></tr>", [""]),
        # Over columns: in the first, then blanks. Over rows: in each.
        ("<tr><td colspan=3>Title<tr><td>a<td>b<td>c", [("Title", "", ""), ("a", "b", "c")]),
        ("<tr><td rowspan=2>x<td>a<tr><td>b<tr><td>c", [("x", "a"), ("x", "b"), ("c",)]),
        ("<tr><td>a<td rowspan=2>x<tr><td>b", [("a", "x"), ("b", "x")]),
        (
            "<tr><td rowspan=3 colspan=2>x<td>a<tr><td>b<td>c<tr><td>d",
            [("x", "", "a"), ("x", "", "b", "c"), ("x", "", "d")],
        ),
        ("<tr><td>a<td rowspan=2>x<tr><td colspan=3>b", [("a", "x"), ("b", "x", "")]),
        ("<tr><td>a<td>b<td rowspan=2>x<tr><td>c", [("a", "b", "x"), ("c", "", "x")]),
        ("<tr><td rowspan=0>x<td>a<tr><td>b<tbody><tr><td>c", [("x", "a"), ("x", "b"), ("c",)]),
        ("<thead><tr><td rowspan=2>x<td>a</thead><tr><td>b", [("x", "a"), ("b",)]),
        ("<tr><td colspan=x>a<td colspan=0>b<td rowspan='-1'>c", [("a", "b", "c")]),
        # What only a row above prints is no row.
        ("<tr><td rowspan=3>x<td>a<tr><tr><td> <tr><td>b", [("x", "a"), "", ("b",)]),
        # A header cell alone in its row is a heading.
        ("<tr><th colspan=2>Seats<tr><th>a<td>b", [("<b>Seats</b>", ""), ("a", "b")]),
        ("<tr><td>a</td>stray<td>b</tr><tr><td>c", [("a", "b"), "stray", ("c",)]),
        ("<caption>Seats</caption><tr><td>a", ["Seats", ("a",)]),
        ("<tr style='text-decoration:line-through'><td>a<td>b", [("<s>a</s>", "<s>b</s>")]),
    ],
)
def test_a_table_is_its_rows(rows: str, expected: list[object]) -> None:
    assert shown(f"<table>{rows}</table>") == [*expected, ""]
    assert shown(f"<table>{rows}") == [*expected, ""]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<h1>Seats</h1>one<p>two</p>three", ["<b>Seats</b>", "one", "two", "three"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<p>a<br>b<p><b>c", ["a", "b", "<b>c</b>"]),
        ("<ul><li>a <a href='#'>b</a><li>c</ul>", ["a b", "c"]),
        ("<head><title>Seats</title><style>p {}</style></head><p>a", ["a"]),
        ("<pre>a\n b  c\n</pre>d", ["a", "b c", "d"]),
        ("<p>a<table><tr><td>b</table>c", ["a", ("b",), "", "c"]),
        ("<b>a<table><tr><td>b</table>c", ["<b>a</b>", ("b",), "", "<b>c</b>"]),
        ("<s>a<table><tr><td>b</table></s>c", ["<s>a</s>", ("<s>b</s>",), "", "c"]),
        ("a</td></tr></table>b</i><td>c", ["ab", ("c",), ""]),
        ("<tr><td>a<td>b", [("a", "b"), ""]),
        ("<select><option>a<option>b</select>", ["a", "b"]),
        ("x <y", ["x <y"]),
    ],
)
def test_text_between_tables_is_cut_into_blocks(page: str, expected: list[object]) -> None:
    assert shown(page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<table><tr><td><p>Seats<p>Notice<table><tr><td>a<td>b</table>End<tr><td>c</table>",
            ["Seats", "Notice", ("a", "b"), "", "End", ("c",), ""],
        ),
        (
            "<table><tr><td>a<td>b<table><tr><td>c</table>d<td>e</table>",
            [("a", "b"), ("c",), "", ("d", "e"), ""],
        ),
        (
            "<table><tr><td rowspan=2>x<td>a<tr><td><table><tr><td>b</table><tr><td>c</table>",
            [("x", "a"), ("b",), "", ("c",), ""],
        ),
    ],
)
def test_a_table_within_a_table_stands_where_it_stands(page: str, expected: list[object]) -> None:
    assert shown(page) == expected
    assert reported(page) == [(1, "PC211")]


def test_the_real_pages_of_office() -> None:
    word = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="x">
<head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:Author>Somebody</o:Author></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0in;} --></style></head>
<body lang=EN-US><p class=MsoNormal><b><span style='font-size:14.0pt'>Seats<o:p></o:p></span></b>
<table class=MsoNormalTable border=0><tr style='mso-yfti-irow:0'>
<td width=60 valign=top><p class=MsoNormal><b>Code</b><o:p></o:p></p></td>
<td><p class=MsoNormal>Required?<o:p>&nbsp;</o:p></p></td></tr>
<tr><td><p>E0992</p></td><td><p><s>No</s> <st1:x>Yes</st1:x></p></td></tr></table></body></html>"""
    assert shown(word) == [
        "<b>Seats</b>",
        ("<b>Code</b>", "Required?"),
        ("E0992", "<s>No</s> Yes"),
        "",
    ]
    excel = """<style>td {mso-number-format:"\\@";}</style>
<table x:str><col width=64><![if supportMisalignedColumns]><tr><td class=xl65 x:num>E0992</td>
<td>Yes</td></tr><![endif]></table>"""
    document = document_of("list.xls", excel.encode())
    (row, _) = printed(read_tables(document, WORDS))
    assert isinstance(row, Row)
    assert row.cells == ("E0992", "Yes")


def answers_of(*cells: str) -> list[str]:
    """Return what is read of the answers of rows, each cell given from behind its `<td`."""
    rows = "".join(f"<tr><td>E099{at}<td>Seat<td{cell}</tr>" for at, cell in enumerate(cells))
    page = f"<table><tr><th>Code<th>Code Description<th>Required?</tr>{rows}</table>"
    return [each.cells[2] for each in printed(contents_of(page))[1:] if isinstance(each, Row)]


@pytest.mark.parametrize(
    "cell",
    [
        " class=yes>",
        " style='background:green'>",
        " style='background-image: url(tick.png)'>",
        " bgcolor=#00ff00>",
        " data-answer=y>",
        "><img src=tick.png alt=''>",
        "><img alt=''>",
        "><i></i>",
        "><span> </span>",
        "><span class=tick></span>",
        "><span class=tick>&nbsp;</span>",
        "><b class=tick></b>",
        "><fa-icon icon=check></fa-icon>",
        "><p><em style='background:green'>&nbsp;</em></p>",
        "><button></button>",
        "><input value=Yes>",
        "><ul><li></ul>",
        "><hr>",
        " class=yes colspan=2>",
    ],
)
def test_an_empty_cell_that_may_show_a_sign_is_not_blank(cell: str) -> None:
    assert answers_of(">", cell, ">No", ">") == ["", "<sign>", "No", ""]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" aria-label=Yes>", "Yes"),
        (" title=Required>", "Required"),
        (" title='  '>", ""),
        ("><i class='fa fa-check' title=Yes></i>", "Yes"),
        ("><span role=img aria-label=Yes></span>", "Yes"),
        ("><svg aria-label=Yes></svg>", "Yes"),
        (" aria-label=No><svg></svg><svg></svg>", "<svg> <svg>"),
        ("><img src=tick.png title=Yes>", "Yes"),
        ("><img src=tick.png alt='' title=Yes>", "Yes"),
        (" title=Yes><i aria-label=Yes title=Mark></i>", "Yes"),
        (" title=Yes><i aria-label=No></i>", "Yes No"),
        (" title=Yes>No", "No"),
        ("><input type=checkbox title=Yes>", "<input>"),
        (" title=No><input type=checkbox checked>", "<input checked>"),
        ("><svg><svg>", "<svg> <svg>"),
    ],
)
def test_a_label_is_read_where_no_text_is_printed(cell: str, text: str) -> None:
    assert answers_of(">", cell, ">No") == ["", text, "No"]


@pytest.mark.parametrize(
    "cells",
    [
        [" class=c3>Yes", " class=c3>", " class=c3>"],
        [" class='c3 x'>Yes", " class=C3>", " class=c3>"],
        ["><span class=x>Yes</span>", "><span class=x></span>", "><span class=x></span>"],
        [">Yes", " style='width:3em; border-top:none'>", " style='TEXT-ALIGN:center'>"],
        [">Yes", " style='background:white'>", " bgcolor=white>"],
        [">Yes", "><p class=MsoNormal><o:p>&nbsp;</o:p></p>", "><br>"],
        [">Yes", "><p><span style='font-size:8pt'>&nbsp;</span></p>", "><b></b>"],
        [">Yes", "><img src=/x/spacer.gif alt=''>", "><img src=s.gif alt='' width=1>"],
        [" data-row=1>Yes", " data-row=2>", " data-row=3>"],
        [" data-order=yes>Yes", " data-order=''>", " data-order>"],
        [">Yes", "><input type=hidden value=x>", "><a name=x></a>"],
    ],
)
def test_looks_that_show_nothing_leave_a_cell_blank(cells: list[str]) -> None:
    assert answers_of(*cells) == ["Yes", "", ""]


def test_what_all_cells_of_a_column_hold_is_a_sign_where_none_prints() -> None:
    assert answers_of(*["><span class=tick></span>"] * 3) == ["<sign>"] * 3
    assert answers_of(*[" class=c3>"] * 3) == [""] * 3


def test_the_looks_of_a_row_or_of_a_column_are_no_signs() -> None:
    def row(code: str, look: str, answer: str) -> str:
        cells = (("c1", code), ("c2", "Seat"), ("c3", answer), ("c4", ""))
        return "<tr>" + "".join(f"<td class='{look} {at}'>{text}" for at, text in cells)

    section = "<tr class=part><td class=part>Seats<td class=part><td class=part><td class=part>"
    striped = [row("E0992", "odd", "No"), row("E0994", "even", ""), row("E0995", "odd", "")]
    page = f"<table><tr><td>Code<td>Code Description<td>Required?<td>Platform{section}"
    page = f"{page}{''.join(striped)}</table>"
    assert reported(page) == []
    assert "<sign>" not in str(shown(page))


def test_a_table_is_held_against_the_others_of_its_page() -> None:
    tables = [
        "<table>"
        + "".join(f"<tr><td>E099{at}<td>Seat<td class={look}>" for at in "24")
        + "</table>"
        for look in ("yes", "no")
    ]
    rows = [each for each in shown("".join(tables)) if isinstance(each, tuple)]
    assert [row[2] for row in rows] == ["<sign>"] * 4
    assert reported("".join(tables)) == [(1, "PC221")]


def test_a_sign_over_several_rows_and_columns_stands_in_each() -> None:
    page = """<table><tr><td>E0992<td class=yes rowspan=2><td>x<tr><td>E0994<td>x
<tr><td>E0995<td class=yes colspan=2><tr><td>E0996<td><td>x</table>"""
    assert shown(page)[:-1] == [
        ("E0992", "<sign>", "x"),
        ("E0994", "<sign>", "x"),
        ("E0995", "<sign>", "<sign>"),
        ("E0996", "", "x"),
    ]


def test_a_label_makes_no_row_and_no_line() -> None:
    assert shown("<table><tr><td title=x><td></table><p title=x><a title=y></a>z") == ["", "", "z"]


def test_a_header_begins_a_table() -> None:
    page = "<table><tr><th>Code<th>Required?<tr><td>E0992<td>Yes<tr><th>Code<th>Platform</table>"
    tables = [block for block in contents_of(page).blocks if isinstance(block, Table)]
    assert [(table.header is not None, len(table.rows)) for table in tables] == [
        (True, 1),
        (True, 0),
    ]


def test_a_title_over_the_whole_width_is_a_title() -> None:
    names = HEADER.split("\t")
    page = f"""<table><tr><td colspan={len(names)}><b>Prior Authorization Procedure List: Chairs</b>
<tr><th>{"<th>".join(names)}<tr><td><td><td><td><b>Seats</b><td><td><td>
<tr><td rowspan=2>Mobility<td rowspan=2>SEATS<td>E0992<td>Seat<td>Yes<td>CareCore National<td>
<tr><td>E0994<td>Arms<td>No<td><td></table>"""
    document = document_of("list.html", page.encode())
    reading = read_list(document, read_tables(document, EVICORE.header_words).blocks, EVICORE)
    rules = [(each.rule.code, each.rule.category, each.rule.heading) for each in reading.entries]
    assert rules == [("E0992", "SEATS", "Seats"), ("E0994", "SEATS", "Seats")]
    assert [program.name for program in reading.programs] == ["Chairs"]


def test_places_tell_the_line_and_what_stands_in_it() -> None:
    page = "<p>\n a</p><p>b</p>\n<table>\n<tr>\n<td>c<tr><td>d</table>"
    assert [each.ref for each in printed(contents_of(page))] == [
        SourceRef("list.html", 2, area="text 1"),
        SourceRef("list.html", 2, area="text 2"),
        SourceRef("list.html", 4, area="table 1, row 1"),
        SourceRef("list.html", 5, area="table 1, row 2"),
        SourceRef("list.html", 5, area="table 1, end"),
    ]


@pytest.mark.parametrize(
    ("page", "hidden"),
    [
        ("<table><tr hidden><td>a<tr><td>b</table>", [1]),
        ("<table>\n<tr><td>a\n<tr style='display : none'><td>b\n<tr hidden><td>c</table>", [3]),
        ("<table><tbody hidden><tr><td>a<tbody><tr><td>b\n<tr><td style='mso-hide:all'>c", [1, 2]),
        ("<div hidden><p>a<table><tr><td>b</table></div>c", [1]),
        ("<p style='visibility:hidden'>a<p>b", [1]),
        ("<p style='display:block'>a<input type=hidden>", []),
        ("<tr hidden><td> </table>", []),
    ],
)
def test_what_is_hidden_is_read_and_reported(page: str, hidden: list[int]) -> None:
    assert [line for line, code in reported(page) if code == "PC212"] == hidden
    assert set(re.findall(r"\b[abc]\b", re.sub("<[^>]*>", " ", page))) <= set(
        re.findall(r"\w+", str(shown(page)))
    )


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td colspan=99999999999>a",
        "<table><tr><td rowspan=1001>a<tr><td>b",
    ],
)
def test_huge_spans_are_cut_short_and_reported(page: str) -> None:
    rows = [each for each in printed(contents_of(page)) if isinstance(each, Row)]
    assert max(len(row.cells) for row in rows) <= 1000
    assert [code for _, code in reported(page)] == ["PC213"]


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td colspan=100>x" * 100,
        "<tr><td rowspan=100>a" + "<td rowspan=100>x" * 100 + "<tr><td>b" * 99,
        ("<tr><td>a<td colspan=99 rowspan=9>x" + "<tr><td>b" * 9) * 100,
    ],
)
def test_all_spans_of_a_page_add_no_more_than_a_list_needs(
    rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "_MOST_ADDED", 1000)
    page = f"<table>{rows}</table>"
    found = [each for each in printed(contents_of(page)) if isinstance(each, Row)]
    assert sum(len(row.cells) for row in found) <= 1000 + page.count("<td")
    assert len(found) == page.count("<tr")
    assert [code for _, code in reported(page)] == ["PC213"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p>a\n<!-- b <p>c", r"the comment that begins on line 2 does not end"),
        ("<p>a\n\n<script>b", r"the script that begins on line 3 does not end"),
        ("<STYLE>p {}</p>", r"the STYLE that begins on line 1"),
        ("<tr>" + "<td>x" * 1001, r"line 1 is a row of 1,001 cells"),
    ],
)
def test_a_page_that_breaks_off_is_refused(page: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        contents_of(page)


def test_another_encoding_is_reported() -> None:
    page = b"<meta charset=iso-8859-1>\n<p>\xae</p>"
    (found,) = read_tables(document_of("list.html", page), WORDS).diagnostics
    assert (found.code, found.ref.line) == ("PC110", 2)


FRAGMENTS = """
    <table> </table> <tr> </tr> <td> </td> <th> <td/colspan=3> <td/rowspan=2> <p> </p> <br> <b> </b>
    <s> <div/hidden> </div> <tbody> </tbody> <h2> </h2> <pre> <li> <sup> <img> <!-- --> <! <![x]>
    </ < > <!DOCTYPE <?x <![CDATA[ ]]> & &amp; ' " = one two
"""


@settings(max_examples=examples(40, 80))
@given(
    st.lists(st.sampled_from(FRAGMENTS.split()), max_size=25).map("".join)
    | st.text("<>/!-[]td b='\"&;\n")
)
def test_any_page_is_read_or_refused(page: str) -> None:
    try:
        found = printed(contents_of(page + "x"))
    except UnreadableDocument:
        return
    refs = [each.ref for each in found]
    assert len(set(refs)) == len(refs)
    assert all(1 <= ref.line <= page.count("\n") + 1 for ref in refs)


words = st.text("ab1é<>&\"'* \n", max_size=8)


@settings(max_examples=examples(30, 60))
@given(
    st.lists(st.lists(words, min_size=1, max_size=4), max_size=5),
    words,
    st.sampled_from(["\n", "", "</td>"]),
)
def test_no_word_of_a_table_is_lost(rows: list[list[str]], line: str, end: str) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}{end}" for cell in row) for row in rows)
    page = f"<p>{escape(line)}</p><table>{cells}</table>"
    found = printed(contents_of(page))
    kept = " ".join(
        each.text if isinstance(each, TextLine) else " ".join(each.cells) for each in found
    )
    assert kept.split() == f"{line} {' '.join(cell for row in rows for cell in row)}".split()


@pytest.mark.real_list
@pytest.mark.parametrize("end", [pytest.param(b"\n", marks=pytest.mark.slow), b""])
def test_the_published_list_says_the_same_as_a_page(
    real_list: Path, tmp_path: Path, end: bytes
) -> None:
    path = tmp_path / "cigna-commercial.html"
    path.write_bytes(as_html(open_document(real_list)).replace(b"\n", end))
    compilation = assert_the_same_rules(path)
    assert not [each for each in compilation.diagnostics if each.code.startswith("PC21")]
