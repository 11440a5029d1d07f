"""PC320 and PC321: references to other codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import references
from tests.lists.checks.invented import brief, found, places, read, related, row

if TYPE_CHECKING:
    from precert.lists import ListReading

OTHERS = (row("E1003"), row("E1004"), row("E1010"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Cushion for E1003", "E1002 refers to E1003, in this list (line 3)"),
        ("Cushion for e1003", "E1002 refers to E1003, in this list (line 3)"),
        ("Not with L0450", "E1002 refers to L0450, not in this list"),
        ("E1004/L0450", "E1002 refers to E1004 and L0450, in this list (line 4), but L0450 not"),
        ("See E1003-E1009", "E1002 refers to E1003-E1009, in this list (lines 3-4)"),
        ("See L0450 - L0460", "E1002 refers to L0450-L0460, not in this list"),
        ("E1003-0450T", "E1002 refers to E1003 and 0450T, in this list (line 3), but 0450T not"),
    ],
)
def test_a_reference_is_found(text: str, says: str) -> None:
    for line in (row("E1002", text), row("E1002", note=text)):
        (one,) = found(references, read(*OTHERS, line))
        assert brief([one]) == [("PC320", 6)]
        assert one.sentence == says


def test_the_places_of_a_range_are_named_once() -> None:
    (one,) = found(references, read(*OTHERS, row("E1002", "Not with E1003, E1003-E1010")))
    assert related(one) == [3, 4, 5]


def test_a_text_that_is_nearly_a_code_is_found() -> None:
    (one,) = found(references, read(*OTHERS, row("E1002", "Not for I0450, see note")))
    assert brief([one]) == [("PC321", 6)]
    assert one.sentence.startswith("E1002 refers to 'I0450', which is no code; it may mean ")
    assert "L0450" in one.sentence


@pytest.mark.parametrize(
    "text",
    [
        "E1002 by itself",
        "Between L5-S1 and C1-C2",
        "Call 888-555-0100 or 1-800-55501 since 01/01/2023",
        "Per 10000 units, 1000u, 5000s or 0.12345 mg",
        "ABCDE 12AB3 123456 A12345",
        "e1007 is a room",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert found(references, read(*OTHERS, row("E1002", text))) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(references, published)
    assert places(ones, "PC320") == [261, 560, 832, 833, 896, 1060, 1619, 1620, 1822]
    assert places(ones, "PC321") == [1663]
    by_line = {one.ref.line: one for one in ones}
    assert by_line[896].sentence.endswith("77776 and 77777, not in this list")
    assert related(by_line[1060]) == [1288]
    assert related(by_line[1822]) == [1823, 1824, 1825, 1828]
    assert by_line[261].sentence.endswith("but 93598 not")
