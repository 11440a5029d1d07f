"""PC313 and PC315: the description of another code, and one description for several codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import description_of_another
from tests.lists.checks.invented import HEADER, brief, found, places, read, related, row, title

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_a_description_of_another_code_is_found() -> None:
    reading = read(
        row("E0250", "Bed, fixed height"),
        row("E0625", "Patient lift"),
        title("Lifts"),
        HEADER,
        row("E0625", "Bed, FIXED height"),
    )
    (one,) = found(description_of_another, reading)
    assert brief([one]) == [("PC313", 7)]
    assert related(one) == [3, 4]
    assert "the description of E0250 (line 3)" in one.sentence
    assert "elsewhere it has another (line 4)" in one.sentence


def test_one_description_for_several_codes_is_found() -> None:
    reading = read(
        row("E0250", "Hospital bed"), row("E0255", "hospital, bed"), row("E0260", "Another bed")
    )
    (one,) = found(description_of_another, reading)
    assert brief([one]) == [("PC315", 3)]
    assert related(one) == [4]
    assert one.sentence.startswith("E0250 and E0255 have one and the same description (lines 3-4)")


def test_whose_description_it_is_cannot_be_told_where_both_codes_have_another_too() -> None:
    reading = read(
        row("E0250", "Hospital bed"),
        row("E0255", "Hospital bed"),
        title("Beds"),
        HEADER,
        row("E0250", "Bed, fixed height"),
        row("E0255", "Bed, variable height"),
    )
    assert brief(found(description_of_another, reading)) == [("PC315", 3)]


def test_the_row_of_another_code_is_not_counted_among_those_that_share_a_description() -> None:
    reading = read(
        row("E0250", "Hospital bed"),
        row("E0255", "Hospital bed"),
        row("E0625", "Hospital bed"),
        title("Lifts"),
        HEADER,
        row("E0625", "Patient lift"),
    )
    ones = found(description_of_another, reading)
    assert sorted(brief(ones)) == [("PC313", 5), ("PC315", 3)]
    assert "E0250 and E0255 have" in ones[-1].sentence


def test_a_code_described_in_two_ways_and_blank_descriptions_are_not() -> None:
    reading = read(
        row("E0250", "Hospital bed"),
        row("E0255", ""),
        row("E0260", ""),
        title("Beds"),
        HEADER,
        row("E0250", "Hosp bed"),
        row("E0251", "Hospital bed, fixed"),
    )
    assert found(description_of_another, reading) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(description_of_another, published)
    assert places(ones, "PC313") == [811]
    shared = [(one.ref.line, related(one)) for one in ones if one.code == "PC315"]
    assert shared == [
        (235, [236, 237, 242]),
        (448, [484]),
        (1025, [1026]),
        (1033, [1036]),
        (1040, [1041, 1042]),
        (1067, [1070]),
    ]
