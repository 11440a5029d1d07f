"""PC310: markup inside a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import markup_inside
from tests.lists.checks.invented import brief, found, heading, read, related, row

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_the_rows_with_one_value_are_one_diagnostic() -> None:
    reading = read(
        row("E1002"), row("E1003", decision="<b>No</b>"), row("E1004", decision="<b>No</b>")
    )
    (one,) = found(markup_inside, reading)
    assert brief([one]) == [("PC310", 4)]
    assert related(one) == [5]
    assert "the decision of E1003 holds '<b>' and '</b>'" in one.sentence


@pytest.mark.parametrize(
    ("description", "mark"),
    [
        ("Chair<br/>with wheels", "<br/>"),
        ("Chair &amp; wheels", "&amp;"),
        ("Chair **with** wheels", "**"),
        ("Chair Ⓜ", "Ⓜ"),
        ("Chair \N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_each_kind_of_mark_is_found(description: str, mark: str) -> None:
    (one,) = found(markup_inside, read(row("E1002", description)))
    assert f"the description of E1002 holds {mark!r}" in one.sentence


@pytest.mark.parametrize(
    "description",
    ["Chair, < 300 pounds and > 4 wheels", "Chair & wheels; brand™", "Chair of 20°, a “tilt”"],
)
def test_signs_of_the_text_are_not(description: str) -> None:
    assert found(markup_inside, read(row("E1002", description))) == []


def test_a_heading_may_be_bold() -> None:
    assert found(markup_inside, read(heading("<b>Lifts</b>"), row("E0625"))) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(markup_inside, published)
    assert sorted((one.ref.line, related(one)) for one in ones) == [
        (261, []),
        (330, [332, 334, 336, 343, 345]),
        (811, []),
    ]
