"""Tab-separated tables: what begins one, what ends one, and what is no header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.documents import document_of, open_document
from precert.lists import load_layout
from precert.model import Table, TextLine
from precert.tables.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

WORDS = frozenset({"Code", "Code Description", "Required?", "Platform"})


def blocks_of(text: str) -> list[str | tuple[int | None, list[int]]]:
    """Return the text lines as they are, and the tables as the lines of their header and rows."""
    document = document_of("list.md", text.encode())
    return [
        block.text
        if isinstance(block, TextLine)
        else (block.header.ref.line if block.header else None, [row.ref.line for row in block.rows])
        for block in read_text(document, WORDS).blocks
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code\tRequired?\nE0992\tYes\n", [(1, [2])]),
        ("Title\nCode\tRequired?\nE0992\tYes\n\nE0994\tNo\n", ["Title", (2, [3]), "", (None, [5])]),
        ("Code\tRequired?\nE0992\tYes\nCode\tPlatform\nE0994\tX\n", [(1, [2]), (3, [4])]),
        ("E0992\tYes\n", [(None, [1])]),
        ("Code\tRequired?\n", [(1, [])]),
        ("\t\t\n \t \n  \n", ["", "", ""]),
        ("E0992\tYes\n\t\t\nE0994\tNo", [(None, [1]), "", (None, [3])]),
        ("  Title  ", ["  Title  "]),
    ],
)
def test_a_text_is_cut_into_tables_and_lines(text: str, expected: list[object]) -> None:
    assert blocks_of(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Code\tRequired?",
        "CODE\trequired",
        "<b>Code</b>\t**Required?**",
        "Code®\tCode   Description\t",
        "Code\tPlatform\tUnknown\tStrange",
        "\tCode\t\tPlatform\t",
    ],
)
def test_a_row_of_header_words_is_a_header(line: str) -> None:
    assert blocks_of(line) == [(1, [])]


@pytest.mark.parametrize(
    "line",
    [
        "Code\tYes",
        "Code\t",
        "Code\tPlatform\tE0992",
        "Code\tPlatform\tUnknown\tStrange\tOther",
        "Codes\tPlatforms",
        "Code Platform\tRequired? Code",
        "E0992\tYes",
    ],
)
def test_a_row_of_other_words_is_no_header(line: str) -> None:
    assert blocks_of(line) == [(None, [1])]


def test_cells_are_kept_as_they_are_printed() -> None:
    document = document_of("list.md", b" <b>E0992</b>\t\tYes \t")
    (table,) = read_text(document, WORDS).blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells == (" <b>E0992</b>", "", "Yes ", "")
    assert str(table.rows[0].ref) == "list.md:1"


def test_without_header_words_nothing_is_a_header() -> None:
    document = document_of("list.md", b"Code\tRequired?\n\t\n-\t-")
    blocks = read_text(document, frozenset()).blocks
    assert [block.header for block in blocks if isinstance(block, Table)] == [None, None]


@given(st.lists(st.text("\tabCode \r", max_size=12), max_size=12))
def test_every_line_is_in_exactly_one_block(lines: list[str]) -> None:
    document = document_of("list.md", ("\n".join(lines) + "\n").encode())
    seen: list[int] = []
    for block in read_text(document, WORDS).blocks:
        if isinstance(block, TextLine):
            seen.append(block.ref.line)
        else:
            seen += [block.header.ref.line] if block.header else []
            seen += [row.ref.line for row in block.rows]
    assert seen == list(range(1, len(document.lines) + 1))


@pytest.mark.real_list
def test_the_published_list_has_117_headers(real_list: Path) -> None:
    blocks = read_text(open_document(real_list), load_layout("evicore-cigna").header_words).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    assert sum(table.header is not None for table in tables) == 117
    assert sum(len(table.rows) for table in tables) == 1602 + 38
