"""The layout of a page: no word is cut, lines keep the width, and a terminal says the same."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from precert.cli.blocks import Block, Heading, Item, Table
from precert.cli.page import format_page
from precert.cli.page_lines import lay_out, text_of
from precert.cli.rich_page import print_rich

words = st.text("abcdefgh.:-()&", min_size=1, max_size=14)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)
tables = st.integers(1, 5).flatmap(
    lambda columns: st.builds(
        Table,
        header=st.tuples(*[sentences] * columns),
        rows=st.lists(st.tuples(*[sentences] * columns), max_size=4),
        right=st.sets(st.integers(0, columns - 1)).map(tuple),
    )
)
blocks = st.lists(
    st.builds(Heading, sentences)
    | st.builds(Item, sentences, st.sampled_from(["", "Because:", "or:"]))
    | tables,
    min_size=1,
    max_size=5,
)


def texts(block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [text]
        case Item(text, label):
            return [label, text]
        case Table():
            return [cell for row in (block.header, *block.rows) for cell in row]


@given(blocks, st.integers(1, 120))
def test_no_word_is_lost_or_cut(page: list[Block], width: int) -> None:
    printed = " ".join(text_of(line) for line in lay_out(page, width)).split()
    told = [word for block in page for text in texts(block) for word in text.split()]
    if any(isinstance(block, Table) for block in page):  # a narrow one repeats its header
        assert {word.rstrip(":") for word in printed} == {word.rstrip(":") for word in told}
    else:
        assert sorted(printed) == sorted(told)


def test_a_table_too_narrow_for_its_columns_is_printed_row_by_row() -> None:
    table = Table(
        ("Line", "Answer", "Printed at"),
        [
            ("1", "yes", "a-long-name-of-a-list.md:1"),
            ("", "", "a-long-name-of-a-list.md:2"),
            ("2", "no", "a-long-name-of-a-list.md:3"),
        ],
        tones=["act", "act", "clear"],
        toned=1,
    )
    assert [text_of(line) for line in lay_out([table], 36)] == [
        "  Line:       1",
        "  Answer:     yes",
        "  Printed at: a-long-name-of-a-list.md:1",
        "  Printed at: a-long-name-of-a-list.md:2",
        "",
        "  Line:       2",
        "  Answer:     no",
        "  Printed at: a-long-name-of-a-list.md:3",
    ]
    tones = [line[-1].style for line in lay_out([table], 36) if line]
    assert tones == ["", "act", "", "", "", "clear", ""]


@given(blocks)
def test_a_line_keeps_the_width_where_words_allow_it(page: list[Block]) -> None:
    assert all(len(text_of(line)) <= 100 for line in lay_out(page, 100))


@given(blocks)
def test_a_terminal_says_the_same_in_colour(page: list[Block]) -> None:
    printed = StringIO()
    print_rich(page, Console(file=printed, width=100, force_terminal=True, no_color=True))
    plain = [line.rstrip() for line in format_page(page).splitlines()]
    bare = StringIO()
    print_rich(page, Console(file=bare, width=100))
    assert [line.rstrip() for line in bare.getvalue().splitlines()] == plain
    assert "\x1b[3" not in printed.getvalue()


def test_a_cell_runs_on_beside_a_row_that_says_nothing_there() -> None:
    rows = [("1", "a long answer", "first"), ("", "", "second"), ("2", "short", "third")]
    page = [Table(("No", "Answer", "Rule"), rows)]
    assert [text_of(line) for line in lay_out(page, 20)] == [
        "No  Answer    Rule",
        "1   a long    first",
        "    answer    second",
        "2   short     third",
    ]


def test_numbers_stand_to_the_right() -> None:
    page = [Table(("Rules", "Program"), [("1", "Lifts"), ("1,602", "All")], right=(0,))]
    assert [text_of(line) for line in lay_out(page, 20)] == [
        "Rules  Program",
        "    1  Lifts",
        "1,602  All",
    ]
