"""PC311: one value in several spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import spelling
from tests.lists.checks.invented import brief, found, read, related, row

if TYPE_CHECKING:
    from precert.lists import ListReading


def test_the_rarest_spelling_is_the_place() -> None:
    reading = read(
        row("E1002", decision="Out of Scope"),
        row("E1003", decision="Out Of Scope"),
        row("E1004", decision="Out of Scope"),
        row("E1005", decision="OUT-OF-SCOPE"),
        row("E1006", decision="Out Of Scope"),
    )
    (one,) = found(spelling, reading)
    assert brief([one]) == [("PC311", 6)]
    assert "the same decision is spelled in 3 ways" in one.sentence
    assert "'Out of Scope' (2 rows), 'Out Of Scope' (2 rows) and 'OUT-OF-SCOPE' (1 row)" in (
        one.sentence
    )


def test_of_two_equally_frequent_spellings_the_later_is_the_place() -> None:
    reading = read(
        row("E1002", category="CHAIRS"),
        row("E1003", category="Chairs"),
        row("E1004", category="CHAIRS"),
        row("E1005", category="Chairs"),
    )
    (one,) = found(spelling, reading)
    assert one.ref.line == 4
    assert related(one) == [6]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beds / Chairs", "Chairs / Beds"),
        ("BEDS & CHAIRS", "Beds and/or Chairs".replace("and/or", "&")),
        ("Power Seating System - PSS", "Power seating system"),
        ("PSS", "Power Seating System"),
    ],
)
def test_the_same_words_are_one_value(one: str, other: str) -> None:
    reading = read(row("E1002", category=one), row("E1003", category=other))
    assert brief(found(spelling, reading)) == [("PC311", 4)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MR", "MRI"),
        ("Pneumatic lifts", "Non-pneumatic lifts"),
        ("Power Seating System - TSS", "Power seating system"),
        ("PS", "Power Seating"),
        ("Beds", "Beds Beds"),
        ("CHAIRS", "<b>CHAIRS</b>"),
        ("CHAIRS", " CHAIRS "),
    ],
)
def test_other_words_and_mere_markup_are_not(one: str, other: str) -> None:
    reading = read(row("E1002", category=one), row("E1003", category=other))
    assert found(spelling, reading) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(spelling, published)
    assert sorted((one.ref.line, 1 + len(one.related)) for one in ones) == [
        (7, 66),
        (10, 41),
        (330, 22),
        (436, 4),
        (1065, 3),
        (1294, 4),
        (1499, 1),
    ]
