"""The checks over rows that print a range of codes instead of one."""

from __future__ import annotations

from precert.lists.checks import code_order, description_of_another, references, run_checks
from tests.lists.checks.invented import (
    LAYOUT,
    brief,
    found,
    places,
    ranged,
    read,
    related,
    row,
    title,
)

SEATING = ranged(
    read(
        row("E0100", "Chair"),
        row("E0150", "Chair with E0120 or E0199"),
        row("E0160", "Stool, see E0155-E0158 and K0015"),
        row("E0140", "Bench"),
    ),
    {3: "E0100-E0149", 4: "E0150-E0159"},
)


def test_a_range_stands_where_its_first_code_does() -> None:
    (one,) = found(code_order, SEATING)
    assert brief([one]) == [("PC319", 6)]
    assert related(one) == [5]
    assert "the first is E0140, below E0160" in one.sentence


def test_a_code_that_lies_in_a_range_is_in_the_list() -> None:
    of_four, of_five = (one for one in found(references, SEATING) if one.code == "PC320")
    assert "E0120 and E0199" in of_four.sentence
    assert (of_four.ref.line, related(of_four)) == (4, [3])
    assert "but E0199 not" in of_four.sentence
    assert (of_five.ref.line, related(of_five)) == (5, [4])
    assert "but K0015 not" in of_five.sentence


def test_a_description_is_shared_by_a_range_and_a_code() -> None:
    shared = ranged(read(row("E0100", "Chair"), row("E0160", "Chair")), {3: "E0100-E0149"})
    (one,) = found(description_of_another, shared)
    assert "E0100-E0149 and E0160" in one.sentence
    owned = ranged(
        read(row("E0100", "Chair"), row("E0160", "Chair"), row("E0160", "Stool")),
        {3: "E0100-E0149"},
    )
    assert places(found(description_of_another, owned), "PC313") == [4]


def test_every_check_takes_a_list_of_ranges() -> None:
    rows = (row("E0100", "Add-on <b>chair</b>", "Add-On Code"), row("E0160", "Unlisted chair"))
    both = ranged(
        read(*rows, "", title("Lifts"), row("E0170", "Bench", category="Seating", platform="")),
        {3: "E0100-E0149", 4: "E0160-E0169", 7: "E0170-E0179"},
    )
    said = " ".join(one.sentence for one in run_checks(both, LAYOUT))
    assert "E0100-E0149" in said
