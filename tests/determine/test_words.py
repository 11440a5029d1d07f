"""The answer in words: everything there is has words, and none of them is empty."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest

from precert.determine import (
    Ask,
    Fact,
    Judged,
    Outcome,
    Reason,
    ReasonKind,
    determine,
    order_from_json,
    receipt,
)
from precert.determine.words.answer import (
    CAVEATS,
    answer_in_words,
    ask_in_words,
    condition_in_words,
    judged_in_words,
    limit_in_words,
    outcome_in_words,
    reason_in_words,
    route_in_words,
)
from precert.determine.words.plan import next_step, plan_in_words
from precert.model import Condition, Contact, ContactParty, DescribeProcedure
from precert.notation import parse_conditions
from tests.support.cases import answered_cases
from tests.support.rulebooks import EDITION, answer, ask, book, line, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.determine import OrderAnswer

CONDITIONS = parse_conditions(
    "with-program(Wheels, Air); with-code(K0001, K0002); for-plan(Silver); client-specific; "
    "defers-to(Air); unread(note, 0123456789ab); no-auth-stated; no-auth-stated(from=2022-01-01); "
    "denied-if-requested(K0001); contact(payer); contact(payer, phone=1); contact(payer, fax=2); "
    "contact(payer, phone=1, fax=2, from=2022-01-01); contact(manufacturer); purchase; "
    "purchase-above(4); describe-procedure; at-home; age(from=21); age(to=20); "
    "age(from=21, to=64); at-place(11, 22); in-state(FL, GA); with-diagnosis(C50, M80.0-M80.9); "
    "with-modifier(RT, 50); units-above(5); units-above(5, per=line); unless-age(from=21); "
    "unless-with-diagnosis(C50); otherwise(not-required); otherwise(required); "
    "add-on-to(K0001, E0601-E0610)"
)


def is_said(text: str) -> bool:
    """Whether a text says something, and no value of the program shows through."""
    return bool(text.strip()) and not any(
        leak in text for leak in ("None", "True", "False", "()", "{", "Fact.", "Outcome.", "  ")
    )


def answers() -> Iterator[OrderAnswer]:
    for case in answered_cases():
        yield determine(case.rulebook, order_from_json(case.order))


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome(outcome: Outcome) -> None:
    assert is_said(outcome_in_words(outcome, EDITION))


@pytest.mark.parametrize("fact", Fact)
@pytest.mark.parametrize("choices", [("Wheels",), ("Wheels", "Air"), ("Wheels", "Air", "Knees")])
def test_every_fact(fact: Fact, choices: tuple[str, ...]) -> None:
    text = ask_in_words(Ask(fact, choices))
    assert is_said(text)
    assert "?" in text


def test_the_choices_are_named() -> None:
    text = ask_in_words(Ask(Fact.PROGRAM, ("Wheels", "Air", "Knees")))
    assert "Wheels, Air or Knees" in text


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason(kind: ReasonKind) -> None:
    subjects = ("invented.md:7", "2026-01-01", "2026-06-30")
    assert is_said(reason_in_words(Reason(kind, subjects), EDITION))


def test_every_condition_has_words_in_every_truth() -> None:
    """Also a class of the union that is added later is asked for here."""
    assert {type(condition) for condition in CONDITIONS} == set(get_args(Condition))
    (rule,) = book(row("Wheels", "K0001")).rules
    for condition in CONDITIONS:
        said = condition_in_words(condition, EDITION)
        assert is_said(said)
        for in_words in (judged_in_words, limit_in_words):
            states = {
                in_words(Judged(rule, condition, truth), EDITION) for truth in (True, False, None)
            }
            stateless = in_words is limit_in_words and isinstance(condition, DescribeProcedure)
            assert len(states) == (1 if stateless else 3)
            assert all(is_said(state) and said in state for state in states)


def test_what_a_condition_holds_is_said() -> None:
    for condition in CONDITIONS:
        said = condition_in_words(condition, EDITION)
        for field in fields(condition):
            value = getattr(condition, field.name)
            if isinstance(value, bool):
                continue
            if isinstance(value, date | int) or field.name in {"programs", "plan", "program"}:
                texts = value if isinstance(value, tuple) else (str(value),)
                assert all(text in said for text in texts)


@pytest.mark.parametrize("phone", [None, "555-0100"])
@pytest.mark.parametrize("fax", [None, "555-0199"])
def test_the_ways_to_reach_the_payer(phone: str | None, fax: str | None) -> None:
    said = condition_in_words(Contact(ContactParty.PAYER, phone, fax), EDITION)
    assert is_said(said)
    assert "Acme Health" in said
    assert all(number in said for number in (phone, fax) if number)


def test_the_route_is_said_where_there_is_one() -> None:
    rulebook = book(
        row("Wheels", "K0001"),
        row("Wheels", "K0002", platform="payer"),
        row("Wheels", "K0003", "required", "contact(payer, phone=555-0100)"),
        row("Wheels", "K0004", "out-of-scope"),
        row("Wheels", "K0005", "not-required"),
        row("Wheels", "K0006", platform=None),
    )
    codes = [f"K000{number}" for number in range(1, 7)]
    said = [route_in_words(found, EDITION) for found in ask(rulebook, *codes).determinations]
    assert said[:2] == ["Northwind", "Acme Health"]
    assert "Acme Health" in said[2]
    assert "555-0100" in said[2]
    assert said[3:] == ["Acme Health", "", ""]


def test_not_managed_is_never_said_to_be_a_no() -> None:
    found = ask(book(row("Wheels", "K0001", "out-of-scope")), "K0001")
    (only,) = found.determinations
    assert "may require authorization itself" in next_step(only, found)
    assert "Acme Health" in outcome_in_words(only.outcome, EDITION)


def test_a_violated_limit_is_the_next_step() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "purchase"))
    found = ask(rulebook, line("K0001", modifiers=("RR",)))
    (only,) = found.determinations
    said = "Give K0001 to a person: the list allows purchase only; rental was told."
    assert [next_step(only, found)] == list(plan_in_words(found)) == [said]


def test_a_day_without_an_edition_is_said() -> None:
    rulebook = book(row("Wheels", "K0001"))
    found = answer(rulebook, line("K0001", date_of_service=date(2025, 1, 1)))
    assert answer_in_words(found, EDITION) != outcome_in_words(found.outcome, EDITION)
    assert "2026-01-01" in reason_in_words(found.reasons[0], EDITION)


def test_the_caveats_are_the_same_for_every_answer() -> None:
    caveats = {tuple(receipt(found)["words"]["caveats"]) for found in answers()}
    assert caveats == {CAVEATS}
    assert all(is_said(caveat) for caveat in CAVEATS)


def test_every_answer_of_the_cases_has_words() -> None:
    for found in answers():
        for said in receipt(found)["words"]["determinations"]:
            texts = (said["outcome"], said["next_step"], *said["ask"], *said["reasons"])
            assert all(is_said(text) for text in texts), said
        for determination in found.determinations:
            edition = found.rulebook_of(determination).edition
            assert is_said(answer_in_words(determination, edition))
            routed = determination.route is not None
            assert not routed or is_said(route_in_words(determination, edition))
