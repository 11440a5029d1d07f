"""The notation of conditions: reading and writing are each other's inverse."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.model import (
    GUARDS,
    LIMITS,
    STATEMENTS,
    Code,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    PurchaseAbove,
    WithCode,
    WithProgram,
)
from precert.notation import format_conditions, parse_conditions
from tests.strategies import conditions


@given(st.lists(conditions(), max_size=4).map(tuple))
def test_conditions_round_trip(noted: tuple[Condition, ...]) -> None:
    assert parse_conditions(format_conditions(noted)) == noted


def test_the_notation_is_the_documented_one() -> None:
    noted = (
        WithProgram(("Joint Surgery", "Spine Surgery")),
        WithCode((Code("27412"),)),
        Contact(ContactParty.PAYER, phone="555-0100 option 5", effective_from=date(2021, 7, 1)),
        PurchaseAbove(4),
    )
    assert format_conditions(noted) == (
        "with-program(Joint Surgery, Spine Surgery); with-code(27412); "
        "contact(payer, phone=555-0100 option 5, from=2021-07-01); purchase-above(4)"
    )


def test_reserved_characters_are_encoded() -> None:
    condition = DefersTo("A, B; (C) = 100%")
    text = format_conditions([condition])
    assert text == "defers-to(A%2C B%3B %28C%29 %3D 100%25)"
    assert parse_conditions(text) == (condition,)


@pytest.mark.parametrize(
    "text",
    [
        "with-progam(Sleep)",
        "with-program",
        "with-code(2741Z)",
        "with-code",
        "purchase-above(many)",
        "purchase-above",
        "no-auth-stated(from=2022-13-01)",
        "contact(nobody)",
        "for-plan(A, B)",
        "unread(note)",
        "purchase; ",
        "purchase) (",
    ],
)
def test_what_is_no_notation_is_refused_with_what_was_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no condition|has arguments that"):
        parse_conditions(text)


def test_no_condition_is_the_empty_text() -> None:
    assert parse_conditions("") == ()
    assert format_conditions([]) == ""


def test_every_member_of_the_union_is_a_guard_a_statement_or_a_limit() -> None:
    assert set(GUARDS) | set(STATEMENTS) | set(LIMITS) == set(get_args(Condition))
    assert len(GUARDS) + len(STATEMENTS) + len(LIMITS) == len(get_args(Condition))
