"""Delimited files: records, the sign between their cells, and marks that do not pair up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.documents import document_of, open_document
from precert.errors import UnreadableDocument
from precert.lists import read_list
from precert.model import Row, Table, TextLine, Unread
from precert.tables import read_tables
from tests.lists.support import EVICORE, HEADER, TITLE
from tests.support.formats import as_csv
from tests.support.printed import printed
from tests.support.same_rules import assert_the_same_rules
from tests.support.thorough import examples

if TYPE_CHECKING:
    from pathlib import Path

    from precert.tables import Contents

WORDS = frozenset({"Code", "Code Description", "Required?", "Platform"})


def contents_of(text: str, name: str = "list.csv", words: frozenset[str] = WORDS) -> Contents:
    return read_tables(document_of(name, text.encode()), words)


def shown(
    text: str, name: str = "list.csv", words: frozenset[str] = WORDS
) -> list[tuple[int, str | tuple[str, ...]]]:
    """Return each record: its first line, and its text or cells."""
    return [
        (each.ref.line, each.text if isinstance(each, TextLine) else each.cells)
        for each in printed(contents_of(text, name, words))
    ]


def reported(text: str, name: str = "list.csv") -> list[tuple[int, str]]:
    return [(each.ref.line, each.code) for each in contents_of(text, name).diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\n\nCode,PA\n", [(1, "Title"), (2, ""), (3, ("Code", "PA"))]),
        ('"Title, one"\nE0992,Yes', [(1, "Title, one"), (2, ("E0992", "Yes"))]),
        ("E0992,Yes,,\nE0994,No\n", [(1, ("E0992", "Yes", "", "")), (2, ("E0994", "No"))]),
        ('E0992," a ""b"", c ",Yes', [(1, ("E0992", ' a "b", c ', "Yes"))]),
        ('E0992,5" seat,Yes', [(1, ("E0992", '5" seat', "Yes"))]),
        (
            'E0992,"Seat\ninsert\n",Yes\nE0994,x,No\n',
            [(1, ("E0992", "Seat\ninsert\n", "Yes")), (4, ("E0994", "x", "No"))],
        ),
        ('"Seat\ninsert",E0992,Yes\n', [(1, ("Seat\ninsert", "E0992", "Yes"))]),
        ('"A title\non two"\nE0992,Yes', [(1, "A title\non two"), (3, ("E0992", "Yes"))]),
        (',,\n ,\t\n"",\n', [(1, ""), (2, ""), (3, "")]),
        ('="00100","=""0042T""",=x\n', [(1, ("00100", "0042T", "=x"))]),
        ("sep=;\nE0992;1,5;Yes", [(1, ""), (2, ("E0992", "1,5", "Yes"))]),
        ('"sep=^"\r\nE0992^a,b^Yes', [(1, ""), (2, ("E0992", "a,b", "Yes"))]),
        ("E0992,Yes\0", [(1, ("E0992", "Yes\ufffd"))]),
    ],
)
def test_records_are_rows_and_lines(text: str, expected: list[object]) -> None:
    assert shown(text) == expected


def test_tables_begin_with_header_words_and_end_with_a_line() -> None:
    text = "Code,Required?\nE0992,Yes\n,\nE0994,No\nNotice\nCode,Platform\n"
    cut = [
        (block.header is not None, len(block.rows)) if isinstance(block, Table) else block.text
        for block in contents_of(text).blocks
    ]
    assert cut == [(True, 1), "", (False, 1), "Notice", (True, 0)]


@pytest.mark.parametrize(
    ("text", "name", "delimiter"),
    [
        ("a,b\nc,d", "list.csv", ","),
        ("a;b\nc;d", "list.csv", ";"),
        ("a|b\nc|d", "list.csv", "|"),
        ("a\tb\nc\td", "list.csv", "\t"),
        ("a,b\tc,d\ne,f\tg,h", "list.tsv", "\t"),
        ("a;b|c\nd;e|f", "list.csv", "|"),
        # Decimal commas: as many cells, but no codes.
        ("E0992;1,5;2,5\nE0994;2,5;3,5", "list.csv", ";"),
        ("E0992,a;b,c;d\nE0994,e;f,g;h", "list.csv", ","),
        # A list of codes in a cell looks like a table of codes: the header tells.
        ("Code;Required?\nE0992, E0994, K0195;Yes\nA4604, A7030, A7031;No", "list.csv", ";"),
        ("Code|Platform\nx;y;z|1;2;3\nx;y;z|1;2;3\n", "list.csv", "|"),
        # Semicolons in texts are outnumbered by the cells of a table.
        ('E0992,"a; b",Yes\nE0994,"c; d",Yes\nE0995,"e; f",No', "list.csv", ","),
        ("Title; with a semicolon\n\nE0992,Yes\nE0994,No", "list.csv", ","),
    ],
)
def test_the_sign_between_cells_is_found(text: str, name: str, delimiter: str) -> None:
    last = text.strip().rpartition("\n")[2]
    rows = [each for each in printed(contents_of(text, name)) if isinstance(each, Row)]
    assert rows[-1].cells == tuple(cell.strip('"') for cell in last.split(delimiter))


def test_without_any_sign_there_are_only_lines() -> None:
    assert shown("one | alone\ntwo\n") == [(1, "one | alone"), (2, "two")]


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("E0992,Yes\nE0994,No,,\n", "list.csv", []),
        ("E0992\tYes\n", "list.tsv", []),
        ("Title\n", "list.csv", []),
        ("E0992;Yes\nE0994;No\n", "list.csv", [(1, "PC112")]),
        ("sep=,\nE0992,Yes\n", "list.csv", []),
        ("sep=;\nE0992;Yes\n", "list.csv", [(1, "PC112")]),
        ('E0992,"Seat\ninsert"\nE0994,"a\nb"\n', "list.csv", [(1, "PC112")]),
    ],
)
def test_what_is_usual_is_not_reported(text: str, name: str, codes: list[tuple[int, str]]) -> None:
    assert reported(text, name) == codes


def test_the_form_is_told_in_words() -> None:
    (form,) = contents_of('E0992;"Seat\ninsert"\nE0994;"a\nb"\n').diagnostics
    assert "separated by semicolons; quoted line ends stand in 2 rows" in form.sentence


def test_another_encoding_is_reported_where_it_shows() -> None:
    contents = read_tables(document_of("list.csv", b"Title\nE0992,\xae\n"), WORDS)
    (found,) = contents.diagnostics
    assert (found.code, found.ref.line) == ("PC110", 2)
    assert "windows-1252" in found.sentence
    document = document_of("list.md", "Title\n".encode("utf-16"))
    assert [each.code for each in read_tables(document, WORDS).diagnostics] == ["PC110"]


@pytest.mark.parametrize(
    ("text", "expected", "lines"),
    [
        # The rest of the line is one cell: nothing moves into another column.
        (
            'E0992,"Seat, No,Yes\nE0994,x,No\n',
            [(1, ("E0992", '"Seat, No,Yes')), (2, ("E0994", "x", "No"))],
            [1],
        ),
        # A mark further down, which opens a cell, does not close it.
        (
            'E0992,"Seat,Yes\nE0994,x,No\nE0995,"a, b",No\n',
            [(1, ("E0992", '"Seat,Yes')), (2, ("E0994", "x", "No")), (3, ("E0995", "a, b", "No"))],
            [1],
        ),
        # Nor does one that stands there by chance: what is between are rows.
        (
            'E0990,x,Yes\nE0992,"Seat,Yes\nE0994,x,No\nE0995,5",No\n',
            [
                (1, ("E0990", "x", "Yes")),
                (2, ("E0992", '"Seat,Yes')),
                (3, ("E0994", "x", "No")),
                (4, ("E0995", '5"', "No")),
            ],
            [2],
        ),
        (
            'E0990,x,Yes\nE0992,"Seat,Yes\nE0994,Seat 12",No\n',
            [
                (1, ("E0990", "x", "Yes")),
                (2, ("E0992", '"Seat,Yes')),
                (3, ("E0994", 'Seat 12"', "No")),
            ],
            [2],
        ),
        # A cell with words behind its closing mark is kept with its marks.
        ('E0992,"Seat" wide,Yes\n', [(1, ("E0992", '"Seat" wide', "Yes"))], [1]),
        # Lines of a quoted cell that name codes are no rows.
        (
            'E0990,x,Yes\nE0992,"with\nE0994, E0995, E0996\nor E0994, x",No\n',
            [
                (1, ("E0990", "x", "Yes")),
                (2, ("E0992", "with\nE0994, E0995, E0996\nor E0994, x", "No")),
            ],
            [],
        ),
        ('"\n"\n', [(1, "")], []),
        ('"', [(1, '"')], [1]),
        ('""x,', [(1, ('""x', ""))], [1]),
    ],
)
def test_a_mark_that_nothing_closes_swallows_no_row(
    text: str, expected: list[object], lines: list[int]
) -> None:
    assert shown(text) == expected
    assert [line for line, code in reported(text) if code == "PC111"] == lines


def test_a_row_with_an_open_mark_is_unread() -> None:
    rows = (
        "E0992,Seat,Yes,CareCore National,",
        'E0994,"Arms, No,Yes,CareCore National,',
        "E0995,Legs,No,MedSolutions,",
    )
    text = f"{TITLE}\n{HEADER}\n".replace("\t", ",") + "\n".join(
        f"Mobility,SEATS,{r}" for r in rows
    )
    document = document_of("list.csv", text.encode())
    reading = read_list(document, read_tables(document, EVICORE.header_words).blocks, EVICORE)
    assert [
        (each.rule.code, any(isinstance(one, Unread) for one in each.rule.conditions))
        for each in reading.entries
    ] == [("E0992", False), ("E0994", True), ("E0995", False)]


def test_a_file_that_quotes_otherwise_is_read_line_by_line() -> None:
    text = "\n".join(f'E{number:04},"Seat {number},Yes' for number in range(300))
    assert len(reported(text)) == 300
    assert [line for line, _ in shown(text)] == list(range(1, 301))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Code,PA\n" + "x," * 600_000, r"line 2 has 1,200,000 signs"),
        ("Code,PA\n" + "x," * 1001, r"line 2 is a row of 1,002 cells"),
    ],
)
def test_a_line_that_is_no_row_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        contents_of(text)


def test_blank_columns_at_the_end_of_all_rows_are_cut_off_where_there_are_too_many() -> None:
    (row,) = printed(contents_of(f"E0992,Yes{',' * 16_382}\n"))
    assert isinstance(row, Row)
    assert (row.cells[:2], len(row.cells)) == (("E0992", "Yes"), 1000)


@settings(max_examples=examples(30, 60))
@given(
    st.text('ab,;"\n\t|é=', max_size=40)
    | st.lists(
        st.sampled_from(['"', '""', ",", ";", "\n", "E0992", "Yes", "Code"]), max_size=30
    ).map("".join)
)
def test_nothing_of_a_file_is_lost(text: str) -> None:
    document = document_of("list.csv", f"x\n{text}".encode())
    found = printed(read_tables(document, WORDS))
    refs = [each.ref for each in found]
    assert len(set(refs)) == len(refs)
    kept = "\n".join(
        each.text if isinstance(each, TextLine) else "\n".join(each.cells) for each in found
    )
    told = re.fullmatch("sep=.", document.lines[0])
    words = re.findall(r"\w+", "\n".join(document.lines[1 if told else 0 :]))
    assert re.findall(r"\w+", kept) == words


@pytest.mark.real_list
@pytest.mark.parametrize(("delimiter", "several"), [(",", 0), (";", 1)])
def test_the_published_list_says_the_same_as_csv(
    real_list: Path, tmp_path: Path, delimiter: str, several: int
) -> None:
    path = tmp_path / "cigna-commercial.csv"
    path.write_bytes(as_csv(open_document(real_list), delimiter, quoted_line_ends=bool(several)))
    compilation = assert_the_same_rules(path)
    found = [each.code for each in compilation.diagnostics]
    assert found.count("PC112") == several
    assert "PC111" not in found
