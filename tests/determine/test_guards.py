"""Guards that the real list does not hold, and guards together."""

from __future__ import annotations

import pytest

from precert.determine import Outcome, Route
from precert.errors import UnknownPlan
from tests.support.rulebooks import (
    answer,
    ask,
    book,
    facts_asked,
    limits_of,
    line,
    lines_cited,
    row,
)

UNREAD = "unread(note, 0123456789ab)"


@pytest.mark.parametrize("requirement", ["required", "not-required", "out-of-scope", "unread"])
def test_what_was_not_read_is_never_firmer_than_conditional(requirement: str) -> None:
    rulebook = book(row("Wheels", "K0001", requirement, UNREAD))
    for complete in (None, True, False):
        found = answer(rulebook, "K0001", complete=complete)
        assert found.outcome is Outcome.CONDITIONAL
        assert found.route is None
        assert facts_asked(found) == {"printed-line"}
        assert lines_cited(found) == [1]


def test_what_was_not_read_is_open_even_beside_a_false_guard() -> None:
    rulebook = book(row("Wheels", "K0001", "required", f"for-plan(Silver); {UNREAD}"))
    found = answer(rulebook, "K0001", plan="other")
    assert found.outcome is Outcome.CONDITIONAL
    assert [judged.truth for judged in found.conditions] == [False, None]


def test_what_was_not_read_holds_back_a_stated_no() -> None:
    rulebook = book(row("Wheels", "K0001", "out-of-scope", f"{UNREAD}; no-auth-stated"))
    assert answer(rulebook, "K0001").outcome is Outcome.CONDITIONAL


def test_what_was_not_read_holds_back_a_follower() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", f"with-program(Wheels); {UNREAD}"),
        row("Wheels", "K0002"),
    )
    assert answer(rulebook, "K0001", "K0002").outcome is Outcome.CONDITIONAL


def test_an_unread_decision_may_be_a_companion() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", "with-program(Air)"),
        row("Air", "E0601", "unread", "unread(decision, 0123456789ab)"),
    )
    assert answer(rulebook, "K0001", "E0601").outcome is Outcome.CONDITIONAL


@pytest.mark.parametrize(
    ("plan", "outcome"),
    [
        (None, Outcome.CONDITIONAL),
        ("Silver", Outcome.AUTH_NEEDED),
        (" Silver ", Outcome.AUTH_NEEDED),
        ("silver", Outcome.AUTH_NEEDED),
        ("Bronze", Outcome.NOT_MANAGED),
        ("other", Outcome.NOT_MANAGED),
        ("Other", Outcome.NOT_MANAGED),
    ],
)
def test_a_plan_of_the_closed_list(plan: str | None, outcome: Outcome) -> None:
    rulebook = book(row("Wheels", "K0001", "required", "for-plan(Silver)"))
    assert answer(rulebook, "K0001", plan=plan).outcome is outcome


def test_an_unknown_plan_is_refused_before_anything_is_answered() -> None:
    with pytest.raises(UnknownPlan, match=r"Gold.*Silver, Bronze.*'other'"):
        answer(book(row("Wheels", "K0001")), "K0001", plan="Gold")


def test_one_false_guard_outweighs_one_that_is_not_known() -> None:
    """So the answer is settled: whatever is told of the other guard, it stays."""
    rulebook = book(row("Wheels", "K0001", "required", "for-plan(Silver); client-specific"))
    found = answer(rulebook, "K0001", plan="other")
    assert found.outcome is Outcome.NOT_MANAGED
    assert found.route is Route.PAYER
    for managed in (True, False):
        told = answer(rulebook, "K0001", plan="other", client_managed=managed)
        assert told.outcome is Outcome.NOT_MANAGED


def test_two_guards_that_are_not_known_are_both_asked() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "for-plan(Silver); client-specific"))
    assert facts_asked(answer(rulebook, "K0001")) == {"plan", "client-managed"}


def test_two_guards_that_are_true() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "for-plan(Silver); client-specific"))
    found = answer(rulebook, "K0001", plan="Silver", client_managed=True)
    assert found.outcome is Outcome.AUTH_NEEDED
    assert [judged.truth for judged in found.conditions] == [True, True]


def test_a_guard_that_is_not_known_holds_back_a_stated_no() -> None:
    rulebook = book(row("Wheels", "K0001", "out-of-scope", "client-specific; no-auth-stated"))
    assert answer(rulebook, "K0001").outcome is Outcome.CONDITIONAL
    assert answer(rulebook, "K0001", client_managed=True).outcome is Outcome.NO_AUTH
    assert answer(rulebook, "K0001", client_managed=False).outcome is Outcome.NOT_MANAGED


def test_a_guarded_no_is_a_no_only_where_the_guard_is_true() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required", "for-plan(Silver)", platform=None))
    assert answer(rulebook, "K0001").outcome is Outcome.CONDITIONAL
    assert answer(rulebook, "K0001", plan="other").outcome is Outcome.NOT_MANAGED
    assert answer(rulebook, "K0001", plan="Silver").outcome is Outcome.NO_AUTH


def test_a_required_row_that_names_a_companion_code_stays_required() -> None:
    """`with-code` alone decides nothing: it is a limit, and limits change no outcome."""
    rulebook = book(row("Wheels", "K0001", "required", "with-code(K0002)"), row("Wheels", "K0002"))
    alone = answer(rulebook, "K0001")
    assert (alone.outcome, limits_of(alone)) == (Outcome.AUTH_NEEDED, [None])
    assert facts_asked(alone) == {"other-codes"}
    whole = answer(rulebook, "K0001", complete=True)
    assert (whole.outcome, limits_of(whole)) == (Outcome.AUTH_NEEDED, [False])
    both = answer(rulebook, "K0001", "K0002")
    assert (both.outcome, limits_of(both)) == (Outcome.AUTH_NEEDED, [True])


def test_an_add_on_that_names_its_primary_follows_no_other() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", "with-code(K0003)"),
        row("Wheels", "K0002"),
        row("Air", "K0003", platform="Southwind"),
    )
    other = answer(rulebook, "K0001", "K0002")
    assert (other.outcome, limits_of(other)) == (Outcome.CONDITIONAL, [False])
    named = answer(rulebook, "K0001", "K0002", "K0003")
    assert (named.outcome, named.primary) == (Outcome.FOLLOWS_PRIMARY, 3)
    assert (named.platform, limits_of(named)) == ("Southwind", [True])


@pytest.mark.parametrize(
    "conditions",
    [
        "no-auth-stated; denied-if-requested(K0001)",
        "denied-if-requested(K0001); no-auth-stated",
    ],
)
def test_a_denial_is_more_cautious_than_a_stated_no(conditions: str) -> None:
    rulebook = book(row("Wheels", "K0001", "out-of-scope", conditions))
    assert answer(rulebook, "K0001").outcome is Outcome.INVESTIGATIONAL


def test_a_denial_of_other_codes_leaves_this_one_alone() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "denied-if-requested(K0002)"))
    found = answer(rulebook, "K0001")
    assert found.outcome is Outcome.AUTH_NEEDED
    assert [judged.truth for judged in found.conditions] == [False]


def test_a_false_guard_outweighs_a_denial() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "for-plan(Silver); denied-if-requested(K0001)")
    )
    assert answer(rulebook, "K0001", plan="other").outcome is Outcome.NOT_MANAGED


def test_a_required_row_without_a_platform_has_no_route_and_goes_to_a_person() -> None:
    found = ask(book(row("Wheels", "K0001", platform=None)), "K0001")
    assert found.determinations[0].outcome is Outcome.AUTH_NEEDED
    assert found.determinations[0].route is None
    assert found.case_plan.for_a_person == (1,)


def test_only_a_contact_that_names_the_payer_moves_the_route() -> None:
    for party, route in (("manufacturer", Route.PLATFORM), ("payer", Route.PAYER)):
        found = answer(book(row("Wheels", "K0001", "required", f"contact({party})")), "K0001")
        assert (found.outcome, found.route) == (Outcome.AUTH_NEEDED, route)
        assert found.contact is not None


def test_an_investigational_row_out_of_scope_is_left_to_the_payer() -> None:
    rulebook = book(
        row("Wheels", "K0001", "out-of-scope", "denied-if-requested(K0001)", platform=None),
        row("Wheels", "K0002", "investigational", platform=None),
        row("Wheels", "K0003", "investigational"),
    )
    found = ask(rulebook, "K0001", "K0002", "K0003").determinations
    assert [each.route for each in found] == [Route.PAYER, None, Route.PLATFORM]


def test_no_beside_a_contact_with_the_payer_is_no_answer() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required", "contact(payer, phone=1)"))
    found = answer(rulebook, "K0001")
    assert (found.outcome, found.route) == (Outcome.CONDITIONAL, None)
    assert facts_asked(found) == {"printed-line"}
    assert found.contact is not None


@pytest.mark.parametrize(
    "contacts",
    ["contact(payer); contact(manufacturer)", "contact(manufacturer); contact(payer)"],
)
def test_the_payer_counts_in_whatever_order_contacts_stand(contacts: str) -> None:
    """The route goes to the payer, and "No" beside the payer is no answer."""
    needed = answer(book(row("Wheels", "K0001", conditions=contacts)), "K0001")
    assert (needed.outcome, needed.route) == (Outcome.AUTH_NEEDED, Route.PAYER)
    assert answer(book(row("Wheels", "K0001", "not-required", contacts)), "K0001").outcome is (
        Outcome.CONDITIONAL
    )


def test_a_contact_with_the_manufacturer_leaves_no_as_it_is() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required", "contact(manufacturer)"))
    found = answer(rulebook, "K0001")
    assert (found.outcome, found.route) == (Outcome.NO_AUTH, None)
    assert found.contact is not None


def test_limits_of_a_rule_that_does_not_apply_are_not_judged() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "for-plan(Silver); at-home"))
    found = answer(rulebook, line("K0001", place_of_service="11"), plan="other")
    assert (found.outcome, found.limits, found.ask) == (Outcome.NOT_MANAGED, (), ())


def test_a_follower_goes_where_the_contact_sends_its_primary() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on"),
        row("Wheels", "K0002", "required", "contact(payer, phone=1)"),
    )
    found = ask(rulebook, "K0001", "K0002")
    follower = found.determinations[0]
    assert (follower.outcome, follower.route) == (Outcome.FOLLOWS_PRIMARY, Route.PAYER)
    assert follower.platform is None
    assert found.case_plan.cases[0].lines == (1, 2)
