"""Titles and lines that stand again on each page, and rows that the turn of a page tears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from precert.errors import UnreadableLayout
from tests.lists.features import COLUMNS, DECISIONS, codes_of, kinds_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

TITLES = """
[titles]
opening = ["Acme list"]
program = ["Group {program}"]
continued = ["(cont.)", "continued"]
"""
REST = """
[[furniture]]
kind = "page"
phrases = ["page {count} of {pages}"]
fillers = ["acme", "revised"]

[[furniture]]
kind = "page"
phrases = ["revised {date}", "{count}"]
"""
LAYOUT = TITLES + COLUMNS + DECISIONS + REST
HEADER = "Code\tItem\tPA?\tRemarks"
HEADING = "\t<b>Arms</b>\t\t"


@pytest.mark.parametrize(
    "again", ["Group Seats (cont.)", "Group Seats, continued", "**Group Seats (Cont.)**"]
)
def test_a_title_that_goes_on_changes_nothing(again: str, tmp_path: Path) -> None:
    text = (
        f"Group Seats\nWho knows\n{HEADER}\n{HEADING}\nE0992\tSeat\tNo\t\n{again}\nE0994\tArm\tNo\t"
    )
    text = text.replace("Who knows\n", "")
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading) == ["seats/E0992 not-required", "seats/E0994 not-required"]
    assert [entry.rule.heading for entry in reading.entries] == ["Arms", "Arms"]
    assert (codes_of(reading), kinds_of(reading)[4]) == ([], "title")
    assert [each.name for each in reading.programs] == ["Seats"]


def test_a_remark_beneath_the_title_goes_on_too(tmp_path: Path) -> None:
    text = f"Group Seats\n{HEADER}\n\nWho knows\nGroup Seats (cont.)\nE0994\tArm\tNo\t"
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading) == ["seats/E0994 not-required; unread(remark)"]


def test_another_title_begins_anew(tmp_path: Path) -> None:
    text = f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\nGroup Beds (cont.)\nE0250\tBed\tNo\t"
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading) == ["seats/E0992 not-required"]
    assert codes_of(reading) == ["PC106", "PC124", "PC204"]


def test_a_title_that_goes_on_opens_its_program_again(tmp_path: Path) -> None:
    text = (
        f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\nGroup Beds\n{HEADER}\nE0250\tBed\tNo\t\n"
        f"Group Seats (cont.)\n{HEADER}\nE0994\tArm\tNo\t"
    )
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading)[-1] == "seats/E0994 not-required"
    assert codes_of(reading) == []


@pytest.mark.parametrize("title", ["Group Seats", "Acme list", "Acme list Group Seats"])
def test_any_title_may_repeat_where_the_layout_says_so(title: str, tmp_path: Path) -> None:
    text = f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\n{title}\nE0994\tArm\tNo\t"
    repeating = LAYOUT.replace("[titles]", "[titles]\nrepeats = true")
    reading = read(text, layout_of(tmp_path, repeating))
    assert rules_of(reading) == ["seats/E0992 not-required", "seats/E0994 not-required"]
    assert codes_of(reading) == []
    (only,) = rules_of(read(text, layout_of(tmp_path, LAYOUT)))
    assert only == "seats/E0992 not-required"


@pytest.mark.parametrize(
    "line", ["Page 3 of 12", "Acme page 3 of 12", "Revised 1/5/2026 - 3", "\tPage 3 of 12\t\t"]
)
def test_a_line_of_each_page_says_nothing(line: str, tmp_path: Path) -> None:
    text = f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\n{line}\nE0994\tArm\tNo\t"
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading) == ["seats/E0992 not-required", "seats/E0994 not-required"]
    assert (codes_of(reading), kinds_of(reading)[3]) == ([], "page")
    assert reading.effective_from == ()


@pytest.mark.parametrize("line", ["Page 3 of 12, not final", "Page 3", "Page three of 12"])
def test_a_line_that_says_more_is_not_explained(line: str, tmp_path: Path) -> None:
    text = f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\n\n{line}\nE0994\tArm\tNo\t"
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert codes_of(reading) == ["PC103"]


@pytest.mark.parametrize("turn", ["Page 1 of 2", "Page 1 of 2\nGroup Seats (cont.)"])
@pytest.mark.parametrize("rest", ["unless rented", "\t\t\tunless rented"])
def test_a_row_goes_on_over_the_turn_of_a_page(turn: str, rest: str, tmp_path: Path) -> None:
    text = f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\n{turn}\n{rest}\nE0994\tArm\tNo\t"
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading)[0].startswith("seats/E0992 not-required; unread(")
    assert "PC208" in codes_of(reading)


def test_an_unknown_title_above_a_page_number_still_may_be_one(tmp_path: Path) -> None:
    text = (
        f"Group Seats\n{HEADER}\nE0992\tSeat\tNo\t\n\nBeds\nPage 2 of 2\n{HEADER}\nE0250\tBed\tNo\t"
    )
    reading = read(text, layout_of(tmp_path, LAYOUT))
    assert rules_of(reading) == ["seats/E0992 not-required"]
    assert codes_of(reading) == ["PC103", "PC105"]


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('"(cont.)"', '"part {count}"', "titles.continued", "no placeholder"),
        ('kind = "page"', 'kind = "pointer"', "furniture[1].phrases", "none but date"),
    ],
)
def test_a_bad_layout_says_where_and_what(
    old: str, new: str, place: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, LAYOUT.replace(old, new, 1))
    assert f": {place}: " in str(refused.value)
