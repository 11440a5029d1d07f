"""PC323: a description that begins in mid-sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import fragment
from tests.lists.checks.invented import brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading

WHOLE = tuple(row(f"E10{number}", f"Chair {number}") for number in range(10, 30))


def test_a_beginning_in_lower_case_is_found() -> None:
    reading = read(*WHOLE, row("E1030", "with wheels"), row("E1031", "<b>with brakes</b>"))
    assert brief(found(fragment, reading)) == [("PC323", 23), ("PC323", 24)]


@pytest.mark.parametrize("description", ["mRNA test", "3-wheeled", "(with wheels)", ""])
def test_another_beginning_is_not(description: str) -> None:
    assert found(fragment, read(*WHOLE, row("E1030", description))) == []


def test_a_list_in_lower_case_is_not() -> None:
    assert found(fragment, read(row("E1002", "chair"), row("E1003", "Chair"))) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    assert places(found(fragment, published), "PC323") == [260, 261]
