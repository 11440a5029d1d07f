"""The grammar of facts, and which diagnoses lie in a span of them."""

from __future__ import annotations

import pytest

from precert.facts import STATES, parse_diagnosis, parse_state
from precert.model import DiagnosisSpan


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("FL", "FL"),
        (" fl ", "FL"),
        ("Florida", "FL"),
        ("district  of COLUMBIA", "DC"),
        ("pr", "PR"),
        ("west virginia", "WV"),
        ("XX", None),
        ("Flor", None),
        ("", None),
        ("F", None),
    ],
)
def test_a_state_is_its_abbreviation(text: str, state: str | None) -> None:
    assert parse_state(text) == state


def test_all_states_are_there() -> None:
    assert len(STATES) == len(set(STATES)) == 50 + 1 + 5 + 3 + 3
    assert all(parse_state(state) == state and len(state) == 2 for state in STATES)


@pytest.mark.parametrize(
    ("text", "diagnosis"),
    [
        ("C50", "C50"),
        ("c50911", "C50.911"),
        (" C50.911 ", "C50.911"),
        ("M1A.00X0", "M1A.00X0"),
        ("s7201xa", "S72.01XA"),
        ("C5", None),
        ("C50.", None),
        ("C50.91111", None),
        ("C50..9", None),
        ("50C", None),
        ("C50 911", None),
        ("174.9", None),
        ("", None),
    ],
)
def test_a_diagnosis_has_its_dot(text: str, diagnosis: str | None) -> None:
    assert parse_diagnosis(text) == diagnosis


@pytest.mark.parametrize(
    ("first", "last", "told", "covered"),
    [
        ("C50", "C50", "C50", True),
        ("C50", "C50", "C50.911", True),
        ("C50", "C50", "C51", False),
        ("C50.9", "C50.9", "C50.911", True),
        ("C50.9", "C50.9", "C50.1", False),
        ("C50.9", "C50.9", "C50", None),
        ("C50.911", "C50.911", "C50.9", None),
        ("M80.0", "M80.9", "M80.00XA", True),
        ("M80.0", "M80.9", "M80.9", True),
        ("M80.0", "M80.9", "M80.98XS", True),
        ("M80.0", "M80.8", "M80.9", False),
        ("M80.0", "M80.9", "M81.0", False),
        ("M80.0", "M80.9", "M79.9", False),
        ("M80.0", "M80.9", "M80", None),
        ("C50", "C60", "C55.9", True),
        ("C50", "C60", "C60.1", True),
        ("C50", "C60", "C61", False),
        ("C50", "D10", "C99", True),
        ("M05", "M14", "M1A.00", None),
        ("C84.0", "C84.9", "C84.A", None),
        ("O94", "O9A", "O9A.1", True),
        ("O94", "O9A", "O98", None),
        ("O94", "O9A", "O80", False),
    ],
)
def test_a_span_covers_what_lies_beneath_it(
    first: str, last: str, told: str, *, covered: bool | None
) -> None:
    assert DiagnosisSpan(first, last).covers(told) is covered
