"""Headers and titles that nobody knows, and what is wrong with a document as a whole."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from precert.lists import LineKind, load_layout
from precert.lists.lines import read_line
from tests.lists.support import EVICORE, HEADER, TITLE, codes_of, listed, read, row

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = "CPT copyright 2031: all rights reserved, registered trademark."
OTHER_HEADER = "Item\tClass\tProcedure\tText\tNeeds a call?\tBuilt on\tRemarks"
MISSPELT = "Prior Authorization Procedur List: Beds"


@pytest.mark.parametrize("between", [[], [""]])
@pytest.mark.parametrize("header", [OTHER_HEADER, "Item\tProcedure\tCall?"])
def test_a_header_in_unknown_words_ends_the_columns(header: str, between: list[str]) -> None:
    text = listed(row(), *between, header, row("E0994"), HEADER, row("E0995"))
    reading = read(text)
    assert [entry.rule.code for entry in reading.entries] == ["E0992", "E0995"]
    assert {"PC201", "PC203", "PC204"} <= set(codes_of(reading))


@pytest.mark.parametrize(
    "line", [row(""), row("E099Z", decision="Perhaps"), "\t\t\t\t\t\tText", "\t\tx\t\tYes\tx\t"]
)
def test_a_row_that_names_no_columns_leaves_those_in_force(line: str) -> None:
    assert [e.rule.code for e in read(listed(row(), "", line, row("E0995"))).entries] == [
        "E0992",
        "E0995",
    ]


def test_the_rest_of_a_broken_row_is_no_header() -> None:
    broken = ('Mobility\tSEATS\tE0992\t"Seat', 'in parts"\tPerhaps\tCareCore National\tx')
    assert "PC204" not in codes_of(read(listed(*broken, row("E0995"))))


@pytest.mark.parametrize("line", [MISSPELT, f"**{MISSPELT}**", f"{MISSPELT}\t\t", "Beds"])
@pytest.mark.parametrize("between", [[], [""], ["", "\t"]])
def test_an_unexplained_line_above_a_header_may_be_a_title(line: str, between: list[str]) -> None:
    reading = read(listed(row(), "", line, *between, HEADER, row("E0994")))
    assert [entry.rule.code for entry in reading.entries] == ["E0992"]
    assert codes_of(reading)[-1] == "PC105"


def test_a_line_above_a_header_that_is_explained_is_no_title() -> None:
    pointer = "For the current Chairs list, click here"
    reading = read(listed(row(), "", pointer, "", HEADER, row("E0994")))
    assert [entry.rule.code for entry in reading.entries] == ["E0992", "E0994"]


@pytest.mark.parametrize("name", ["Beds effective 1/1/2031", "Beds (Medicare)", "<s>Beds</s>"])
def test_a_title_that_sounds_like_a_rule_is_none(name: str) -> None:
    line = f"Prior Authorization Procedure List: {name}"
    assert read_line(line, EVICORE).kind is LineKind.DIAGNOSTIC


def test_a_program_of_the_layout_that_no_title_names_is_missed() -> None:
    found = [each for each in read(listed(row())).diagnostics if each.code == "PC108"]
    assert [each.ref.line for each in found] == [1, 1]
    assert "'home health'" in found[0].sentence
    text = "".join(listed(row()).replace("Chairs", name) for name in ("Home Health", "Beds"))
    assert ["infusion" in e.sentence for e in read(text).diagnostics if e.code == "PC108"] == [True]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (listed(row(), row("E0994")), [5]),
        (f"{listed(row())}\n{NOTICE}\n", []),
        (f"{listed(row())}\n{NOTICE}", []),
        (f"{listed(row())}\n{listed(row())}\n{NOTICE}\n", [4]),
        (f"{listed(row())}\nWho knows\n{NOTICE}\n", []),
        (f"{TITLE}\n\n{NOTICE}\n{listed(row())}\n{NOTICE}\n", []),
    ],
)
def test_a_program_without_its_closing_notice_may_be_cut_off(text: str, lines: list[int]) -> None:
    found = [each for each in read(text).diagnostics if each.code == "PC109"]
    assert [each.ref.line for each in found] == lines


def test_a_line_with_two_first_days_is_not_read(tmp_path: Path) -> None:
    layout = tmp_path / "dated.toml"
    layout.write_text(
        """
        payer = "Acme"
        line_of_business = "All"
        vendor = "Acme"
        titles.program = ["Group {program}"]
        columns = { code = ["Code"], decision = ["PA?"] }
        decision = [{ requirement = "required", printed = ["yes"] }]
        furniture = [{ kind = "effective", phrases = ["effective {date}"], fillers = ["and"] }]
        """,
        encoding="utf-8",
    )
    text = "Effective 1/1/2031{}\nGroup Chairs\nCode\tPA?\nE0992\tYes\n"
    read_days = [
        len(read(text.format(more), load_layout(layout)).effective_from)
        for more in ("", ", effective 1/1/2031", " and effective 4/1/2031")
    ]
    assert read_days == [1, 1, 0]


def test_a_long_text_is_read_in_no_time_or_left_unread() -> None:
    words = ("Purchase only. " * 20_000, "Seat insert " * 20_000, "[(" * 20_000, "**a " * 20_000)
    for note in words:
        begins = time.perf_counter()
        reading = read(listed(row(note=note, description=note[:1000])))
        assert time.perf_counter() - begins < 2
        assert "PC302" in codes_of(reading)
