"""PC309: a blank category among rows that have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import blank_category
from tests.lists.checks.invented import NARROW_HEADER, brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_a_blank_category_is_found() -> None:
    reading = read(row("E1002"), row("E1003", category=" "))
    assert brief(found(blank_category, reading)) == [("PC309", 4)]


def test_a_placeholder_is_another_diagnostic() -> None:
    reading = read(row("E1002"), row("E1003", category="#N/A"), row("E1004", category="0"))
    assert found(blank_category, reading) == []


def test_a_program_whose_rows_all_have_none_is_not() -> None:
    assert found(blank_category, read(row("E1002", category=""), row("E1003", category=""))) == []


def test_a_table_without_the_column_is_not() -> None:
    narrow = "E1002\tChair\tYes\tCareCore National"
    assert found(blank_category, read(narrow, header=NARROW_HEADER)) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    assert places(found(blank_category, published), "PC309") == [1307, 1308, 1310, 1311]
