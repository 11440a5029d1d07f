"""The notation of conditions: reading and writing are each other's inverse."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert import notation
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
        "no-auth-stated(to=2026-01-01)",
        "no-auth-stated(2026-01-01)",
        "contact(payer, telephone=1)",
        "purchase(9)",
        "purchase-above(-4)",
        "purchase-above(4, 5)",
        "client-specific(x)",
        "purchase) (",
    ],
)
def test_what_is_no_notation_is_refused_with_what_was_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no condition|has arguments that"):
        parse_conditions(text)


@given(
    st.sampled_from(["purchase", "no-auth-stated", "contact", "defers-to", "with-code"]),
    st.lists(st.from_regex(r"(from=|fax=|to=)?[a-zA-Z0-9-]{1,8}", fullmatch=True), max_size=3),
)
def test_what_is_read_says_all_that_was_written(name: str, arguments: list[str]) -> None:
    text = f"{name}({', '.join(arguments)})" if arguments else name
    try:
        noted = parse_conditions(text)
    except ValueError:
        return
    assert format_conditions(noted) == text


def test_no_condition_is_the_empty_text() -> None:
    assert parse_conditions("") == ()
    assert format_conditions([]) == ""


def test_every_member_of_the_union_can_be_written_and_read() -> None:
    assert set(notation._NAMES) == set(get_args(Condition))  # noqa: SLF001 - the table itself
    assert set(notation._NAMES.values()) == set(notation._BUILDERS)  # noqa: SLF001


def test_every_member_of_the_union_is_a_guard_a_statement_or_a_limit() -> None:
    assert set(GUARDS) | set(STATEMENTS) | set(LIMITS) == set(get_args(Condition))
    assert len(GUARDS) + len(STATEMENTS) + len(LIMITS) == len(get_args(Condition))
