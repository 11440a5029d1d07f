"""PC312: a row for a plan of another line of business."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import line_of_business
from tests.lists.checks.invented import brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading


@pytest.mark.parametrize(
    "line",
    [
        row("T1021", "Visit - FL DSNP Only"),
        row("T1021", "Visit (fl-dsnp)"),
        row("T1021", decision="In Scope for FL DSNP Only"),
        row("T1021", note="FL DSNP"),
    ],
)
def test_the_name_of_a_plan_is_found(line: str) -> None:
    (one,) = found(line_of_business, read(row("T1030"), line))
    assert brief([one]) == [("PC312", 4)]
    assert "names the plan FL DSNP: check that the row belongs to this list" in one.sentence


@pytest.mark.parametrize("description", ["Visit", "Visit, DSNP of FL", "Visit, FL DSNPs"])
def test_other_words_are_not(description: str) -> None:
    assert found(line_of_business, read(row("T1021", description))) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    assert places(found(line_of_business, published), "PC312") == [1829, 1830, 1831]
