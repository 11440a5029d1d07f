"""Columns of first and last days in the forms of real lists, and days in phrases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.lists.dates import read_bound
from precert.lists.layout_values import DateForm
from precert.lists.phrases import compile_phrase, noted, placeholders
from tests.lists.features import PLAIN, codes_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

US = DateForm(open=frozenset({"current"}))
DAY_FIRST = DateForm(day_first=True)
DATED = PLAIN.replace("[columns]", '[columns]\neffective_from = ["From"]\neffective_to = ["To"]')
HEADER = "Code\tPA?\tFrom\tTo\tRemarks"
ENDS = '\n[[pattern]]\nphrases = ["ends {date}"]\nsets = "effective-to({date})"\n'


@pytest.mark.parametrize(
    "printed",
    [
        "2026-01-05",
        "1/5/2026",
        "01/05/26",
        "1.5.2026",
        "January 5, 2026",
        "Jan. 5 2026",
        "5-Jan-26",
        "5 January 2026",
        "January 5th, 2026",
        "20260105",
        "2026-01-05 00:00:00",
        "2026-01-05T00:00:00",
        "1/5/2026 0:00",
        " <b>1/5/2026</b> ",
    ],
)
def test_a_day_is_read(printed: str) -> None:
    assert read_bound(printed, US, ends=False) == (date(2026, 1, 5), True)


@pytest.mark.parametrize(
    "printed",
    [
        *("13/1/2026", "2/30/2026", "1/5", "2026", "46027", "1/5/99", "1-5-2026", "Jan 2026"),
        *("January 5, 26", "2026-1-5", "1/5/2026*", "1/5/2026 12:30", "on 1/5/2026", "Q1 2026"),
        *("1/5/2026-2/5/2026", "2026013", "current", "12/31/9999", "n/a", "-"),
    ],
)
def test_a_day_is_not_guessed(printed: str) -> None:
    assert read_bound(printed, US, ends=False) == (None, False)


@pytest.mark.parametrize("printed", ["", " ", "12/31/9999", "12/31/2999", "9999-12-31", "Current."])
def test_a_rule_may_have_no_last_day(printed: str) -> None:
    assert read_bound(printed, US, ends=True) == (None, True)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("5/1/2026", date(2026, 1, 5)),
        ("5.1.26", date(2026, 1, 5)),
        ("1/13/2026", None),
        ("2026-01-05", date(2026, 1, 5)),
        ("January 5, 2026", date(2026, 1, 5)),
    ],
)
def test_the_day_may_come_first(printed: str, day: date | None) -> None:
    assert read_bound(printed, DAY_FIRST, ends=False) == (day, day is not None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("since January 5, 2026.", "2026-01-05"),
        ("since 5-Jan-26, and", "2026-01-05"),
        ("since 2026-01-05", "2026-01-05"),
        ("since Sept. 30, 2026", "2026-09-30"),
        ("since January 32, 2026", None),
        ("since 2026-01-055", None),
        ("since January 2026", None),
        ("since 20260105", None),
        ("since 1/5/99", None),
    ],
)
def test_a_phrase_takes_the_forms_that_cannot_be_mistaken(text: str, day: str | None) -> None:
    known = placeholders({}, {}, ())
    match = compile_phrase("since {date}", known).pattern.search(text)
    found = match and noted(match, known)
    assert (found and found["date"]) == day


def test_the_columns_set_the_days_of_the_rule(tmp_path: Path) -> None:
    text = f"{HEADER}\nE0992\tNo\t1/5/2026\t12/31/2999\t\nE0994\tYes\t\t6/30/26\t"
    reading = read(text, layout_of(tmp_path, DATED))
    assert rules_of(reading) == [
        "seating/E0992 not-required; from 2026-01-05",
        "seating/E0994 required; to 2026-06-30",
    ]
    assert codes_of(reading) == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("soon\t\t", "unread(effective_from)"),
        ("\topen\t", "unread(effective_to)"),
        ("2026-02-01\t2026-01-01\t", "unread(effective_to)"),
        ("\t2026-01-01\tEnds 2/1/2026", "unread(note); to 2026-01-01"),
    ],
)
def test_what_is_no_day_or_contradicts_itself_is_unread(
    row: str, rule: str, tmp_path: Path
) -> None:
    reading = read(f"{HEADER}\nE0992\tNo\t{row}", layout_of(tmp_path, DATED + ENDS))
    assert rules_of(reading) == [f"seating/E0992 not-required; {rule}"]
    assert codes_of(reading) == ["PC302"]


def test_the_same_day_said_twice_is_no_contradiction(tmp_path: Path) -> None:
    text = f"{HEADER}\nE0992\tNo\t\t2026-02-01\tends 2/1/2026"
    reading = read(text, layout_of(tmp_path, DATED + ENDS))
    assert (rules_of(reading), codes_of(reading)) == (
        ["seating/E0992 not-required; to 2026-02-01"],
        [],
    )


def test_one_day_in_the_other_order_takes_the_trust_from_all_that_may_be(tmp_path: Path) -> None:
    rows = ("E0992\tNo\t1/4/2026\t\t", "E0994\tNo\t2026-04-01\t\t", "E0995\tNo\t15/4/2026\t\t")
    layout = layout_of(tmp_path, DATED)
    reading = read("\n".join([HEADER, *rows]), layout)
    assert rules_of(reading) == [
        "seating/E0992 not-required; unread(dates); from 2026-01-04",
        "seating/E0994 not-required; from 2026-04-01",
        "seating/E0995 not-required; unread(effective_from)",
    ]
    assert codes_of(reading) == ["PC302", "PC327"]


def test_the_layout_says_the_order_and_the_words_for_no_end(tmp_path: Path) -> None:
    said = '\n[dates]\norder = "day-first"\nopen = ["until further notice"]\n'
    text = f"{HEADER}\nE0992\tNo\t1/4/2026\tUntil further notice\tends 15/5/2026"
    reading = read(text, layout_of(tmp_path, DATED + said + ENDS))
    assert rules_of(reading) == ["seating/E0992 not-required; from 2026-04-01; to 2026-05-15"]
    assert codes_of(reading) == []
