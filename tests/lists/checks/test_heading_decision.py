"""PC206: a heading that all of its rows contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import heading_decision
from tests.lists.checks.invented import brief, found, heading, places, read, related, row

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_a_heading_that_all_its_rows_contradict_is_found() -> None:
    reading = read(
        heading("Lifts", "Yes"),
        row("E0625", decision="Out Of Scope"),
        row("E0630", decision="No"),
        heading("Beds", "Yes"),
        row("E0250"),
    )
    (one,) = found(heading_decision, reading)
    assert brief([one]) == [("PC206", 3)]
    assert related(one) == [4, 5]
    assert "the 2 rows beneath it (lines 4-5) say 'Out Of Scope' and 'No'" in one.sentence


@pytest.mark.parametrize(
    "lines",
    [
        (heading("Lifts", "Yes"), row("E0625", decision="No"), row("E0630")),
        (heading("Lifts"), row("E0625", decision="No")),
        (heading("Lifts", "Perhaps"), row("E0625", decision="No")),
        (heading("Lifts", "Yes"), heading("Beds"), row("E0250", decision="No")),
        (row("E0625", decision="No"), heading("Lifts", "Yes")),
    ],
    ids=["one row agrees", "no decision", "unknown decision", "no rows", "rows above"],
)
def test_other_headings_are_not(lines: tuple[str, ...]) -> None:
    assert found(heading_decision, read(*lines)) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    (one,) = found(heading_decision, published)
    assert places([one], "PC206") == [934]
    assert related(one) == [935, 936, 937, 938, 939]
