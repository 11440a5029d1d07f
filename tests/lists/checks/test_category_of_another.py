"""PC324: a category that names another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import category_of_another
from tests.lists.checks.invented import HEADER, brief, found, places, read, row, title

if TYPE_CHECKING:
    from precert.lists import ListReading

BEDS = (title("Beds"), HEADER, row("E0250", "Bed", category="BEDS"))


def test_a_category_that_names_another_program_is_found() -> None:
    reading = read(row("E1002", category="Seating / Beds"), row("E0250", category="beds"), *BEDS)
    one, other = found(category_of_another, reading)
    assert brief([one, other]) == [("PC324", 3), ("PC324", 4)]
    assert one.sentence.endswith("Beds does not have this code")
    assert other.sentence.endswith("Beds has this code")


@pytest.mark.parametrize("category", ["Seating", "Beds and chairs", "Beds - Seating only", ""])
def test_other_categories_are_not(category: str) -> None:
    assert found(category_of_another, read(row("E1002", category=category), *BEDS)) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(category_of_another, published)
    assert places(ones, "PC324") == [1228, 1229, 1574, 1693, 1694, 1703, 1704]
