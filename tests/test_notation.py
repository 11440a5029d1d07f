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
    SCOPE_GUARDS,
    STATEMENTS,
    Age,
    Code,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    Otherwise,
    PurchaseAbove,
    Requirement,
    UnitsAbove,
    Unless,
    WithCode,
    WithProgram,
)
from precert.notation import conditions as tables
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


SCOPE = (
    "age(from=21, to=64); unless-age(to=20); at-place(11, 22); in-state(FL, GA); "
    "with-diagnosis(C50, M80.0-M80.9, O94-O9A); with-modifier(RT, 50); units-above(5); "
    "unless-units-above(5, per=line); unless-with-diagnosis(C50.911); otherwise(not-required); "
    "add-on-to(22551, 22600-22634, E0601-E0610)"
)


def test_scope_guards_are_written_as_documented() -> None:
    noted = parse_conditions(SCOPE)
    assert noted[:2] == (Age(21, 64), Unless(Age(None, 20)))
    assert noted[6:8] == (UnitsAbove(5), Unless(UnitsAbove(5, per_line=True)))
    assert noted[9] == Otherwise(Requirement.NOT_REQUIRED)
    assert format_conditions(noted) == SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "age",
        "age(21)",
        "age(from=x)",
        "age(from=21, till=3)",
        "at-place",
        "at-place(1)",
        "at-place(office)",
        "in-state(fl)",
        "in-state(XX)",
        "with-diagnosis(C509)",
        "with-diagnosis(c50)",
        "with-diagnosis(M80.9-M80.0)",
        "with-diagnosis(M80-M80)",
        "with-diagnosis(M80-)",
        "with-modifier(rt)",
        "with-modifier",
        "units-above",
        "units-above(5, per=visit)",
        "units-above(5, 6)",
        "otherwise(unread)",
        "otherwise(maybe)",
        "otherwise",
        "unless-for-plan(Silver)",
        "unless-unless-age(from=3)",
        "add-on-to",
        "add-on-to(22634-22600)",
        "add-on-to(22600-2261T)",
        "add-on-to(E0601-G0601)",
        "add-on-to(226)",
        "add-on-to(22600-22600)",
    ],
)
def test_what_is_no_scope_guard_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no condition|has arguments that"):
        parse_conditions(text)


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
    names, builders = tables._NAMES, tables._BUILDERS  # noqa: SLF001 - the tables themselves
    assert set(names) == set(get_args(Condition)) - {Unless}
    negated = {f"unless-{names[guard]}" for guard in SCOPE_GUARDS}
    assert {*names.values(), *negated} == set(builders)


def test_every_member_of_the_union_is_a_guard_a_statement_or_a_limit() -> None:
    assert set(GUARDS) | set(STATEMENTS) | set(LIMITS) == set(get_args(Condition))
    assert len(GUARDS) + len(STATEMENTS) + len(LIMITS) == len(get_args(Condition))
