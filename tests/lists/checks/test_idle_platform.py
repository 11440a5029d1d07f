"""PC305: a platform on rows that are out of scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import idle_platform
from tests.lists.checks.invented import HEADER, brief, found, read, related, row, title

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_the_rows_of_a_program_are_one_diagnostic() -> None:
    reading = read(
        row("E1002", decision="Out of Scope"),
        row("E1003"),
        row("E1004", decision="Out Of Scope"),
        title("Beds"),
        HEADER,
        row("E0250", decision="Out of Scope", platform="MedSolutions"),
    )
    first, second = found(idle_platform, reading)
    assert brief([first, second]) == [("PC305", 3), ("PC305", 8)]
    assert related(first) == [5]
    assert first.sentence.startswith("2 rows of Seating are out of scope")
    assert "(lines 3 and 5)" in first.sentence
    assert "MedSolutions" in second.sentence


@pytest.mark.parametrize(
    ("decision", "platform"),
    [
        ("Out of Scope", "Out of Scope"),
        ("Out of Scope", ""),
        ("Out of Scope", "Authorization required through Cigna"),
        ("Yes", "MedSolutions"),
    ],
)
def test_other_platforms_are_not(decision: str, platform: str) -> None:
    assert found(idle_platform, read(row("E1002", "Chair", decision, platform))) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(idle_platform, published)
    assert [(one.ref.line, 1 + len(one.related)) for one in ones] == [
        (1025, 6),
        (1050, 402),
        (1810, 8),
    ]
