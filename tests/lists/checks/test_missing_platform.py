"""PC326: authorization required, and no platform named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import missing_platform
from tests.lists.checks.invented import brief, found, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading

NO_COLUMN = "CPT® Code\tCPT® Code Description\tCommercial Prior Authorization Required?"
PAYER = "Requires precertification through Cigna, effective 3.4.2020"


@pytest.mark.parametrize(
    ("decision", "platform"), [("Yes", ""), ("Yes", "Out of Scope"), ("Unlisted", " ")]
)
def test_a_missing_platform_is_found(decision: str, platform: str) -> None:
    (one,) = found(missing_platform, read(row("E1002", "Chair", decision, platform)))
    assert brief([one]) == [("PC326", 3)]
    assert f"its platform says {platform.strip()!r}" in one.sentence


@pytest.mark.parametrize(
    ("decision", "platform", "note"),
    [
        ("Yes", "MedSolutions", ""),
        ("Yes", "Authorization required through Cigna", ""),
        ("Yes", "", PAYER),
        ("Yes", "Nowhere Systems", ""),
        ("No", "", ""),
        ("Out of Scope", "", ""),
        ("Add-on Code", "", ""),
    ],
)
def test_other_rows_are_not(decision: str, platform: str, note: str) -> None:
    reading = read(row("E1002", "Chair", decision, platform, note=note))
    assert found(missing_platform, reading) == []


def test_a_table_without_the_column_is_not() -> None:
    assert found(missing_platform, read("E1002\tChair\tYes", header=NO_COLUMN)) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    assert found(missing_platform, published) == []
