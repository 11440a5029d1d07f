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
    AtHome,
    ClientSpecific,
    Code,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    NoAuthStated,
    Purchase,
    PurchaseAbove,
    Unread,
    WithCode,
    WithProgram,
)
from precert.notation import format_conditions, parse_conditions

NAMES = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1).filter(
    lambda text: text.strip() == text
)
CODES = st.tuples(st.sampled_from([Code("27412"), Code("E0601"), Code("0331T")]))
DATES = st.none() | st.dates()
CONDITIONS = st.one_of(
    st.builds(WithProgram, st.lists(NAMES, min_size=1, max_size=3).map(tuple)),
    st.builds(WithCode, CODES),
    st.builds(ForPlan, NAMES),
    st.builds(ClientSpecific),
    st.builds(DefersTo, NAMES),
    st.builds(Unread, NAMES, st.from_regex(r"[0-9a-f]{12}", fullmatch=True)),
    st.builds(NoAuthStated, DATES),
    st.builds(DeniedIfRequested, CODES),
    st.builds(Contact, st.sampled_from(ContactParty), st.none() | NAMES, st.none() | NAMES, DATES),
    st.builds(Purchase),
    st.builds(PurchaseAbove, st.integers(min_value=0)),
    st.builds(DescribeProcedure),
    st.builds(AtHome),
)


@given(st.lists(CONDITIONS, max_size=4).map(tuple))
def test_conditions_round_trip(conditions: tuple[Condition, ...]) -> None:
    assert parse_conditions(format_conditions(conditions)) == conditions


def test_the_notation_is_the_documented_one() -> None:
    conditions = (
        WithProgram(("Joint Surgery", "Spine Surgery")),
        WithCode((Code("27412"),)),
        Contact(ContactParty.PAYER, phone="555-0100 option 5", effective_from=date(2021, 7, 1)),
        PurchaseAbove(4),
    )
    assert format_conditions(conditions) == (
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
