"""Limits in columns of their own, and the values that a phrase takes from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from precert.errors import UnreadableLayout
from precert.lists.phrases import compile_phrase, noted, placeholders
from tests.lists.features import PLAIN, codes_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = placeholders({}, {}, ())
WITH_LIMITS = PLAIN.replace("[columns]", '[columns]\nunits = ["Units"]\nage = ["Ages"]')
LIMITED = (
    WITH_LIMITS
    + """
[[pattern]]
phrases = ["over {units}"]
columns = ["units"]
condition = "purchase-above({units})"

[[pattern]]
phrases = ["all ages"]
columns = ["age"]

[[pattern]]
phrases = ["aged {age} to {last_age}"]
columns = ["age"]
condition = "with-program(from {age} to {last_age})"
"""
)
HEADER = "Code\tPA?\tUnits\tAges"


def values(template: str, text: str) -> dict[str, str] | None:
    match = compile_phrase(template, KNOWN).pattern.search(text)
    return match and noted(match, KNOWN)


@pytest.mark.parametrize(
    ("template", "text", "expected"),
    [
        ("aged {age}", "aged 0", "0"),
        ("aged {age}", "Aged 021", "21"),
        ("younger than {under}", "younger than 21 years", "20"),
        ("older than {over}", "older than 64", "65"),
        ("{age} or older", "21 or older", "21"),
        ("place {places}", "place 11", "11"),
        ("place {places}", "place 11, 19 and 22", "11, 19, 22"),
        ("only in {states}", "only in FL", "FL"),
        ("only in {states}", "only in FL, OR, GA", "FL, OR, GA"),
        ("only in {states}", "only in OR or GA", "OR, GA"),
        ("modifier {modifiers}", "modifier RT or 50", "RT, 50"),
        ("modifier {modifiers}", "modifier RT OR LT", "RT, LT"),
        ("with {diagnoses}", "with C50, M80.0-M80.9", "C50, M80.0-M80.9"),
        ("with {diagnoses}", "with C50 to c52.1", "C50-C52.1"),
        ("{units} units", "12 units", "12"),
    ],
)
def test_a_value_is_noted(template: str, text: str, expected: str) -> None:
    found = values(template, text)
    assert found is not None
    assert list(found.values()) == [expected]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("aged {age}", "aged 131"),
        ("aged {age}", "aged 1000"),
        ("aged {age}", "aged -"),
        ("younger than {under}", "younger than 0"),
        ("older than {over}", "older than 130"),
        ("{age} to {last_age}", "64 to 18"),
        ("place {places}", "place 1"),
        ("place {places}", "place 111"),
        ("only in {states}", "only in fl"),
        ("only in {states}", "only in XX"),
        ("only in {states}", "only in FL OR GA"),
        ("modifier {modifiers}", "modifier rt"),
        ("with {diagnoses}", "with M80.9-M80.0"),
        ("with {diagnoses}", "with M80.M84"),
        ("with {diagnoses}", "with E0992"),
        ("{units} units", "0 units"),
        ("{units} units", "two units"),
    ],
)
def test_a_value_is_not_guessed(template: str, text: str) -> None:
    assert values(template, text) is None


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ("over 4\t", "purchase-above(4)"),
        ("\tall ages", ""),
        ("\t", ""),
        ("over 4\tAged 18 to 64", "with-program(from 18 to 64); purchase-above(4)"),
    ],
)
def test_a_limit_is_read_by_the_patterns_of_its_column(
    cells: str, rule: str, tmp_path: Path
) -> None:
    reading = read(f"{HEADER}\nE0992\tNo\t{cells}", layout_of(tmp_path, LIMITED))
    assert rules_of(reading) == ["; ".join(filter(None, ("seating/E0992 not-required", rule)))]
    assert codes_of(reading) == []


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ("over 4 a year\t", "unread(units); purchase-above(4)"),
        ("4\t", "unread(units)"),
        ("all ages\t", "unread(units)"),
        ("\tover 4", "unread(age)"),
        ("\tnot all ages", "unread(age)"),
        ("\tAged 64 to 18", "unread(age)"),
        ("\tAged 18 to 64, over 70", "with-program(from 18 to 64); unread(age)"),
    ],
)
def test_what_no_pattern_of_the_column_reads_is_unread(
    cells: str, rule: str, tmp_path: Path
) -> None:
    reading = read(f"{HEADER}\nE0992\tNo\t{cells}", layout_of(tmp_path, LIMITED))
    assert rules_of(reading) == [f"seating/E0992 not-required; {rule}"]
    assert codes_of(reading) == ["PC302"]


def test_a_copy_of_the_description_is_no_limit(tmp_path: Path) -> None:
    text = "Code\tItem\tPA?\tAges\nE0992\tSeat insert\tNo\tSeat insert"
    reading = read(text, layout_of(tmp_path, LIMITED))
    assert rules_of(reading) == ["seating/E0992 not-required; unread(age)"]


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('"purchase-above({units})"', '"purchase"', "pattern[1].condition", "{units} in it"),
        ('["all ages"]\ncolumns = ["age"]', '["all"]', "pattern[2].condition", "note or grouping"),
        ('columns = ["units"]', 'columns = ["code"]', "pattern[1].columns", "some of note"),
    ],
)
def test_a_bad_limit_says_where_and_what(
    old: str, new: str, place: str, reason: str, tmp_path: Path
) -> None:
    assert old in LIMITED
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, LIMITED.replace(old, new, 1))
    assert f": {place}: " in str(refused.value)
