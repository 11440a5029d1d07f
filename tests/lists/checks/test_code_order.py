"""PC319: codes out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import code_order
from tests.lists.checks.invented import HEADER, brief, found, heading, read, related, row, title

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_codes_out_of_order_are_counted_at_the_first() -> None:
    codes = ("E1002", "E1009", "E1003", "E1004", "E1001")
    (one,) = found(code_order, read(*map(row, codes)))
    assert brief([one]) == [("PC319", 5)]
    assert related(one) == [4]
    assert one.sentence.startswith("2 of the 5 codes of Seating stand out of order; the first is")
    assert "E1003, below E1009" in one.sentence


def test_each_program_is_judged_by_itself() -> None:
    reading = read(row("E1002"), row("E1001"), title("Beds"), HEADER, row("E0250"), row("E0255"))
    assert brief(found(code_order, reading)) == [("PC319", 4)]


@pytest.mark.parametrize(
    "lines",
    [
        (row("E1002"), row("K0001"), row("L0450")),
        (row("0001T"), row("0002T"), row("99501"), row("99503"), row("E1002")),
        (row("99501"), row("99503"), row("0001T"), row("0002T"), row("E1002")),
        (heading("Lifts"), row("E1002"), heading("Beds"), row("E0250")),
        (row("E1002"), row("E1002")),
    ],
    ids=["ascending", "one code set first", "another first", "sections", "twice"],
)
def test_sorted_codes_are_not(lines: tuple[str, ...]) -> None:
    assert found(code_order, read(*lines)) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    joints, gastro = found(code_order, published)
    assert brief([joints, gastro]) == [("PC319", 449), ("PC319", 834)]
    assert joints.sentence.startswith("101 of the 124 codes of Joint Surgery")
    assert gastro.sentence.startswith("3 of the 35 codes of Gastroenterology")
