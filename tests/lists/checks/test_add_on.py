"""PC316 and PC317: add-ons by their description and by their mark."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import add_on
from tests.lists.checks.invented import brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading

ADDED = "Cushion (list separately)"
COMPANION = "Companion procedure to E1002"


def test_an_add_on_that_is_marked_yes_is_found() -> None:
    reading = read(row("E1002"), row("E1003", ADDED))
    (one,) = found(add_on, reading)
    assert brief([one]) == [("PC316", 4)]
    assert "E1003 is an add-on by its description, but marked 'Yes'" in one.sentence


def test_a_mark_that_nothing_explains_is_found() -> None:
    (one,) = found(add_on, read(row("E1003", "Cushion", "<b>Add-On Code</b>")))
    assert brief([one]) == [("PC317", 3)]
    assert "E1003 is marked 'Add-On Code'" in one.sentence


@pytest.mark.parametrize(
    "line",
    [
        row("E1003", ADDED, "Add-on Code"),
        row("E1003", "Cushion", "Add-on Code", note=COMPANION),
        row("E1003", "Cushion"),
        row("E1003", ADDED, "Out of Scope"),
        row("E1003", ADDED, "No"),
        row("E1003", ADDED, "Experimental / Investigational"),
    ],
)
def test_the_rest_is_not(line: str) -> None:
    assert found(add_on, read(line)) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(add_on, published)
    assert places(ones, "PC317") == [450, 452, 454, 511, 512]
    programs = {entry.rule.ref.line: entry.rule.program for entry in published.entries}
    assert Counter(programs[line] for line in places(ones, "PC316")) == {
        "Radiology & Cardiology": 3,
        "Vascular Interventions": 22,
        "Spine Surgery": 41,
        "Radiation Oncology": 8,
    }
