"""PC304: a note that contradicts the decision of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import note_against_decision
from tests.lists.checks.invented import brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading

NO_AUTH = "No PA required effective 02/01/24"
DENIED = "Codes E0601 and E0470: experimental and investigational, denied if requested"
PAYER = "Requires precertification through Cigna, effective 3.4.2020"


@pytest.mark.parametrize(
    ("code", "decision", "platform", "note", "says"),
    [
        ("E0601", "Out of Scope", "", NO_AUTH, "no authorization is required"),
        ("E0601", "Yes", "MedSolutions", NO_AUTH, "no authorization is required"),
        ("E0601", "Out of Scope", "", DENIED, "a request will be denied"),
        ("E0601", "Yes", "MedSolutions", DENIED, "a request will be denied"),
        ("E0601", "Yes", "MedSolutions", PAYER, "the payer is to be reached, not MedSolutions"),
        ("E0601", "No", "MedSolutions", PAYER, "the payer is to be reached, not MedSolutions"),
    ],
)
def test_a_contradiction_is_found(
    code: str, decision: str, platform: str, note: str, says: str
) -> None:
    (one,) = found(note_against_decision, read(row(code, "Mask", decision, platform, note=note)))
    assert brief([one]) == [("PC304", 3)]
    assert says in one.sentence


@pytest.mark.parametrize(
    ("code", "decision", "platform", "note"),
    [
        ("E0601", "No", "MedSolutions", NO_AUTH),
        ("E0601", "Experimental / Investigational", "MedSolutions", DENIED),
        ("E0471", "Yes", "MedSolutions", DENIED),
        ("E0601", "Out of Scope", "MedSolutions", PAYER),
        ("E0601", "Yes", "Authorization required through Cigna", PAYER),
        ("E0601", "Yes", "MedSolutions", "Purchase only"),
        ("E0601", "Perhaps", "MedSolutions", NO_AUTH),
        ("E0601", "Out of Scope", "", "Part of sleep DME"),
    ],
)
def test_what_holds_together_is_not(code: str, decision: str, platform: str, note: str) -> None:
    reading = read(row(code, "Mask", decision, platform, note=note))
    assert found(note_against_decision, reading) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(note_against_decision, published)
    assert places(ones, "PC304") == [832, 1025, 1026, 1028, 1040, 1041, 1042, 1309, 1429]
