"""Scope guards: for which members, places, diagnoses, modifiers and units a row holds."""

from __future__ import annotations

from typing import Any

import pytest

from precert.determine import Ask, Fact, Order, Outcome, Route
from precert.errors import BadOrder
from tests.support.rulebooks import (
    answer,
    ask,
    book,
    facts_asked,
    line,
    lines_cited,
    reasons_given,
    row,
)

LINE_FACTS = {"place_of_service", "modifiers", "units"}

TRUTHS: list[tuple[str, dict[str, Any], bool | None]] = [
    ("age(from=21)", {}, None),
    ("age(from=21)", {"age": 20}, False),
    ("age(from=21)", {"age": 21}, True),
    ("age(to=20)", {"age": 20}, True),
    ("age(to=20)", {"age": 21}, False),
    ("age(from=21, to=64)", {"age": 64}, True),
    ("age(from=21, to=64)", {"age": 65}, False),
    ("age(to=0)", {"age": 0}, True),
    ("at-place(11, 22)", {}, None),
    ("at-place(11, 22)", {"place_of_service": "22"}, True),
    ("at-place(11, 22)", {"place_of_service": "12"}, False),
    ("in-state(FL, GA)", {}, None),
    ("in-state(FL, GA)", {"state": "ga"}, True),
    ("in-state(FL, GA)", {"state": "Texas"}, False),
    ("with-diagnosis(C50, M80.0-M80.9)", {}, None),
    ("with-diagnosis(C50, M80.0-M80.9)", {"diagnoses": ()}, False),
    ("with-diagnosis(C50, M80.0-M80.9)", {"diagnoses": ("Z00.0", "c50911")}, True),
    ("with-diagnosis(C50, M80.0-M80.9)", {"diagnoses": ("M80.051A",)}, True),
    ("with-diagnosis(C50, M80.0-M80.9)", {"diagnoses": ("M81.0",)}, False),
    ("with-diagnosis(C50.9)", {"diagnoses": ("C50",)}, None),
    ("with-diagnosis(C50.9)", {"diagnoses": ("C50", "C50.911")}, True),
    ("with-modifier(RT, 50)", {}, None),
    ("with-modifier(RT, 50)", {"modifiers": ()}, False),
    ("with-modifier(RT, 50)", {"modifiers": ("26", "50")}, True),
    ("with-modifier(RT, 50)", {"modifiers": ("26",)}, False),
    ("units-above(5)", {}, None),
    ("units-above(5)", {"units": 6}, True),
    ("units-above(5)", {"units": 5}, None),
    ("units-above(5, per=line)", {}, None),
    ("units-above(5, per=line)", {"units": 6}, True),
    ("units-above(5, per=line)", {"units": 5}, False),
]
"""A scope guard, what is told, and its truth."""

OUTCOMES = {True: Outcome.AUTH_NEEDED, False: Outcome.NO_AUTH, None: Outcome.CONDITIONAL}


@pytest.mark.parametrize("complete", [None, True])
@pytest.mark.parametrize(("guard", "told", "truth"), TRUTHS)
def test_each_guard_and_its_negation(
    guard: str, told: dict[str, Any], *, truth: bool | None, complete: bool | None
) -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions=f"{guard}; otherwise(not-required)"),
        row("Wheels", "K0002", conditions=f"unless-{guard}; otherwise(not-required)"),
    )
    of_line = {name: value for name, value in told.items() if name in LINE_FACTS}
    of_order = {name: value for name, value in told.items() if name not in LINE_FACTS}
    negation = None if truth is None else not truth
    for code, wanted in (("K0001", truth), ("K0002", negation)):
        found = answer(rulebook, line(code, **of_line), complete=complete, **of_order)
        assert found.outcome is OUTCOMES[wanted]
        of_guard, of_statement = found.conditions
        assert of_guard.truth is wanted
        assert of_statement.truth is (None if wanted is None else not wanted)
        assert bool(found.ask) is (wanted is None)


@pytest.mark.parametrize(
    ("guard", "asked"),
    [
        ("age(from=21)", Ask(Fact.AGE)),
        ("in-state(FL, GA)", Ask(Fact.STATE, ("FL", "GA"))),
        ("at-place(11, 22)", Ask(Fact.PLACE_OF_SERVICE, ("11", "22"))),
        ("unless-with-diagnosis(C50)", Ask(Fact.DIAGNOSES, ("C50",))),
        ("with-diagnosis(C50, C51, C52, C53, C54, C55, C56)", Ask(Fact.DIAGNOSES)),
        ("with-modifier(RT)", Ask(Fact.MODIFIERS, ("RT",))),
        ("units-above(5)", Ask(Fact.UNITS, ("more than 5 with those before",))),
        ("units-above(5, per=line)", Ask(Fact.UNITS, ("more than 5",))),
    ],
)
def test_what_was_not_told_is_asked(guard: str, asked: Ask) -> None:
    assert answer(book(row("Wheels", "K0001", conditions=guard)), "K0001").ask == (asked,)


# --- where a guard is false ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requirement", "outcome", "route"),
    [
        ("required", Outcome.AUTH_NEEDED, Route.PLATFORM),
        ("not-required", Outcome.NO_AUTH, None),
        ("out-of-scope", Outcome.NOT_MANAGED, Route.PAYER),
        ("investigational", Outcome.INVESTIGATIONAL, Route.PLATFORM),
        ("unlisted", Outcome.AUTH_NEEDED, Route.PLATFORM),
        ("add-on", Outcome.CONDITIONAL, None),
    ],
)
def test_the_row_prints_what_holds_otherwise(
    requirement: str, outcome: Outcome, route: Route | None
) -> None:
    conditions = f"in-state(FL); otherwise({requirement})"
    rulebook = book(row("Wheels", "K0001", "not-required", conditions))
    found = answer(rulebook, "K0001", state="GA")
    assert (found.outcome, found.route) == (outcome, route)
    assert not reasons_given(found)
    assert answer(rulebook, "K0001", state="FL").outcome is Outcome.NO_AUTH


def test_an_add_on_otherwise_follows_its_primary() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21); otherwise(add-on)"), row("Wheels", "K0002")
    )
    found = answer(rulebook, "K0001", "K0002", age=3)
    assert (found.outcome, found.primary) == (Outcome.FOLLOWS_PRIMARY, 2)
    assert answer(rulebook, "K0001", "K0002", age=30).outcome is Outcome.AUTH_NEEDED
    assert facts_asked(answer(rulebook, "K0001", age=3, complete=True)) == {"primary-code"}


def test_an_add_on_of_scope_is_no_add_on_otherwise() -> None:
    rulebook = book(row("Wheels", "K0001", "add-on", "age(from=21); otherwise(required)"))
    assert answer(rulebook, "K0001", age=3).outcome is Outcome.AUTH_NEEDED
    assert answer(rulebook, "K0001", age=3).ask == ()


def test_a_row_that_prints_nothing_otherwise_is_not_managed_and_says_so() -> None:
    found = answer(
        book(row("Wheels", "K0001", conditions="age(from=21); in-state(FL)")), "K0001", age=3
    )
    assert (found.outcome, found.route) == (Outcome.NOT_MANAGED, Route.PAYER)
    assert reasons_given(found) == {"nothing-printed"}
    assert found.ask == ()  # the state would change nothing


def test_another_guard_holds_for_what_is_printed_otherwise_too() -> None:
    conditions = "for-plan(Silver); age(from=21); otherwise(not-required)"
    rulebook = book(row("Wheels", "K0001", conditions=conditions))
    open_plan = answer(rulebook, "K0001", age=3)
    assert (open_plan.outcome, facts_asked(open_plan)) == (Outcome.CONDITIONAL, {"plan"})
    assert answer(rulebook, "K0001", age=3, plan="Silver").outcome is Outcome.NO_AUTH
    other = answer(rulebook, "K0001", age=3, plan="Bronze")
    assert (other.outcome, reasons_given(other)) == (Outcome.NOT_MANAGED, set())


def test_what_was_not_read_is_first() -> None:
    conditions = "age(from=21); unread(note, 0123456789ab); otherwise(not-required)"
    rulebook = book(row("Wheels", "K0001", conditions=conditions))
    for age in (None, 3, 30):
        assert answer(rulebook, "K0001", age=age).outcome is Outcome.CONDITIONAL


def test_a_companion_is_for_what_the_row_prints_in_its_decision_column() -> None:
    conditions = "with-program(Air); age(from=21); otherwise(required)"
    rulebook = book(row("Wheels", "K0001", "required", conditions), row("Air", "E0601"))
    grown = answer(rulebook, "K0001", "E0601", age=30)
    assert (grown.outcome, grown.primary) == (Outcome.FOLLOWS_PRIMARY, 2)
    child = answer(rulebook, "K0001", "E0601", age=3)
    assert (child.outcome, child.primary) == (Outcome.AUTH_NEEDED, None)
    assert not reasons_given(child)


@pytest.mark.parametrize(
    ("statement", "otherwise", "outcome"),
    [
        ("no-auth-stated", "required", Outcome.AUTH_NEEDED),
        ("denied-if-requested(K0001)", "not-required", Outcome.INVESTIGATIONAL),
        ("contact(payer, phone=1)", "not-required", Outcome.CONDITIONAL),
    ],
)
def test_statements_beside_what_is_printed_otherwise(
    statement: str, otherwise: str, outcome: Outcome
) -> None:
    conditions = f"age(from=21); {statement}; otherwise({otherwise})"
    found = answer(book(row("Wheels", "K0001", conditions=conditions)), "K0001", age=3)
    assert found.outcome is outcome


def test_limits_and_route_are_the_rows_own() -> None:
    conditions = "age(from=21); purchase; otherwise(required)"
    rulebook = book(row("Wheels", "K0001", "investigational", conditions, platform="payer"))
    found = ask(rulebook, line("K0001", modifiers=("RR",)), age=3)
    only = found.determinations[0]
    assert (only.outcome, only.route, only.platform) == (Outcome.AUTH_NEEDED, Route.PAYER, None)
    assert found.case_plan.for_a_person == (1,)


# --- several rows of a program -------------------------------------------------------------------


def test_of_two_rows_the_one_that_is_for_the_member_answers() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21)"),
        row("Wheels", "K0001", "not-required", "age(to=20)"),
    )
    child, grown = (answer(rulebook, "K0001", age=age) for age in (3, 30))
    assert (child.outcome, lines_cited(child)) == (Outcome.NO_AUTH, [2])
    assert (grown.outcome, lines_cited(grown)) == (Outcome.AUTH_NEEDED, [1])
    assert reasons_given(child) == reasons_given(grown) == {"condition-not-met"}
    unknown = answer(rulebook, "K0001")
    assert (unknown.outcome, facts_asked(unknown)) == (Outcome.CONDITIONAL, {"age"})


def test_a_row_for_some_beside_a_row_for_all() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21)"), row("Wheels", "K0001", "not-required")
    )
    assert answer(rulebook, "K0001", age=3).outcome is Outcome.NO_AUTH
    unknown = answer(rulebook, "K0001")
    assert (unknown.outcome, facts_asked(unknown)) == (Outcome.CONDITIONAL, {"age"})
    assert len(unknown.alternatives) == 2
    both = answer(rulebook, "K0001", age=30)
    assert (both.outcome, facts_asked(both)) == (Outcome.CONDITIONAL, {"printed-line"})


def test_a_row_with_otherwise_answers_and_the_silent_one_is_dropped() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21); otherwise(not-required)"),
        row("Wheels", "K0001", conditions="in-state(FL)"),
    )
    found = answer(rulebook, "K0001", age=3, state="GA")
    assert (found.outcome, lines_cited(found)) == (Outcome.NO_AUTH, [1])


def test_rows_that_all_print_nothing_are_not_managed() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21)"),
        row("Wheels", "K0001", conditions="in-state(FL)"),
    )
    found = answer(rulebook, "K0001", age=3, state="GA")
    assert (found.outcome, lines_cited(found)) == (Outcome.NOT_MANAGED, [1, 2])


def test_a_row_of_another_program_drops_none() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21)"), row("Air", "K0001", "not-required")
    )
    found = answer(rulebook, "K0001", age=3)
    assert (found.outcome, facts_asked(found)) == (Outcome.CONDITIONAL, {"program"})
    assert answer(rulebook, line("K0001", program="Air"), age=3).outcome is Outcome.NO_AUTH


def test_a_row_that_was_not_read_wholly_is_never_dropped() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="age(from=21); unread(note, 0123456789ab)"),
        row("Wheels", "K0001", "not-required"),
    )
    assert answer(rulebook, "K0001", age=3).outcome is Outcome.CONDITIONAL


# --- other lines ---------------------------------------------------------------------------------


def test_a_line_with_a_scope_guard_is_no_firm_companion() -> None:
    rulebook = book(
        row("Wheels", "K0001", conditions="with-program(Air)"),
        row("Air", "E0601", conditions="age(from=21)"),
        row("Air", "E0470", "not-required", "age(from=21); otherwise(required)"),
    )
    for other in ("E0601", "E0470"):
        found = answer(rulebook, "K0001", other, age=30)
        assert (found.outcome, facts_asked(found)) == (Outcome.CONDITIONAL, {"companion-line"})


ADD_ON = book(
    row("Wheels", "K0001", "add-on", "add-on-to(E0600-E0610, J7330)", category="Parts"),
    row("Air", "E0601", heading="New"),
    row("Wheels", "K0002", category="Parts"),
    row("Knees", "J7330", conditions="for-plan(Silver)"),
    row("Air", "E0470", "not-required"),
)


def test_an_add_on_follows_a_named_primary_whatever_its_program() -> None:
    found = answer(ADD_ON, "K0001", "K0002", "E0601")
    assert (found.outcome, found.primary, found.platform) == (
        Outcome.FOLLOWS_PRIMARY,
        3,
        "Northwind",
    )
    assert not reasons_given(found)  # the add-on code file names the primary
    assert [judged.truth for judged in found.conditions] == [True]


@pytest.mark.parametrize("others", [(), ("K0002",), ("J7330",), ("E0470",)])
def test_an_add_on_without_a_named_primary_is_conditional(others: tuple[str, ...]) -> None:
    found = answer(ADD_ON, "K0001", *others, complete=True)
    assert found.outcome is Outcome.CONDITIONAL
    assert found.ask == (Ask(Fact.PRIMARY_CODE, ("E0600-E0610", "J7330")),)
    assert [judged.truth for judged in found.conditions] == [None]


def test_an_add_on_of_an_open_order_asks_for_the_others() -> None:
    assert facts_asked(answer(ADD_ON, "K0001")) == {"other-codes"}


def test_the_first_named_primary_is_followed() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", "add-on-to(E0600-E0610)"),
        row("Air", "E0601"),
        row("Air", "E0602"),
    )
    assert answer(rulebook, "K0001", "E0602", "E0601").primary == 2


# --- what is no such fact ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        {"age": -1},
        {"age": 131},
        {"age": True},
        {"age": "34"},
        {"age": 34.5},
        {"state": "XX"},
        {"state": ""},
        {"state": 7},
        {"diagnoses": "C50"},
        {"diagnoses": ("C5",)},
        {"diagnoses": ("C50", None)},
    ],
)
def test_what_is_no_fact_of_a_member_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(BadOrder):
        Order((line("K0001"),), **told)


def test_facts_are_kept_in_canonical_form() -> None:
    order = Order((line("K0001"),), state="florida", diagnoses=("c50911", "C50.911", "z170"))
    assert (order.state, order.diagnoses) == ("FL", ("C50.911", "Z17.0"))


def test_a_line_that_tells_no_modifiers_is_not_one_that_has_none() -> None:
    assert line("K0001").modifiers is None
    assert line("K0001", modifiers=()).modifiers == ()
    assert line("K0001", modifiers=("rt",)).modifiers == ("RT",)


@pytest.mark.parametrize("first", ["required", "not-required"])
def test_two_that_hold_otherwise_and_differ_leave_it_open(first: str) -> None:
    """Which of them holds would be told by their order alone."""
    second = "not-required" if first == "required" else "required"
    for noted, outcome in (
        (f"otherwise({first}); otherwise({second})", Outcome.CONDITIONAL),
        ("otherwise(not-required); otherwise(not-required)", Outcome.NO_AUTH),
    ):
        listed = book(row("Wheels", "K0001", conditions=f"in-state(FL); {noted}"))
        assert answer(listed, "K0001", state="GA").outcome is outcome
        assert answer(listed, "K0001", state="FL").outcome is Outcome.AUTH_NEEDED
