"""Firm and possible companions, the choice of the primary, plain add-ons."""

from __future__ import annotations

from datetime import date

import pytest

from precert.determine import Fact, Outcome, companions
from precert.determine.companions import Companion, _is_firm
from tests.support.rulebooks import (
    Row,
    answer,
    ask,
    book,
    facts_asked,
    line,
    reasons_given,
    row,
)

COMPANION = row("Wheels", "K0001", "add-on", "with-program(Wheels, Air)")
LATER = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        (row("Air", "E0601"), Outcome.FOLLOWS_PRIMARY),
        (row("Air", "E0601", "required", "purchase; at-home"), Outcome.FOLLOWS_PRIMARY),
        (row("Air", "E0601", "required", "contact(manufacturer)"), Outcome.FOLLOWS_PRIMARY),
        (row("Air", "E0601", descriptor_add_on=True), Outcome.CONDITIONAL),
        (row("Air", "E0601", "unlisted"), Outcome.CONDITIONAL),
        (row("Air", "E0601", "required", "for-plan(Silver)"), Outcome.CONDITIONAL),
        (row("Air", "E0601", "required", "client-specific"), Outcome.CONDITIONAL),
        (row("Air", "E0601", "required", "defers-to(Knees)"), Outcome.CONDITIONAL),
        (row("Air", "E0601", "required", "unread(note, 0123456789ab)"), Outcome.CONDITIONAL),
        (row("Air", "E0601", "not-required"), Outcome.NOT_MANAGED),
        (row("Air", "E0601", "out-of-scope"), Outcome.NOT_MANAGED),
        (row("Air", "E0601", "investigational"), Outcome.NOT_MANAGED),
        (row("Air", "E0601", "add-on"), Outcome.NOT_MANAGED),
        (row("Knees", "E0601"), Outcome.NOT_MANAGED),
        (row("Knees", "E0601", "unlisted"), Outcome.NOT_MANAGED),
    ],
)
def test_which_lines_are_firm_and_which_are_possible(other: Row, outcome: Outcome) -> None:
    rulebook = book(COMPANION, other)
    assert answer(rulebook, "K0001", "E0601").outcome is outcome


def test_a_code_with_one_firm_row_and_one_other_is_only_possible() -> None:
    rulebook = book(COMPANION, row("Air", "E0601"), row("Knees", "E0601", "not-required"))
    found = answer(rulebook, "K0001", "E0601")
    assert found.outcome is Outcome.CONDITIONAL
    assert facts_asked(found) == {"companion-line"}
    assert found.ask[0].choices == ("2",)
    assert reasons_given(found) == {"possible-companion"}
    partial = answer(rulebook, "K0001", "E0601", complete=False)
    assert facts_asked(partial) == {"other-codes", "companion-line"}


def test_the_told_program_of_the_other_line_makes_it_firm() -> None:
    rulebook = book(COMPANION, row("Air", "E0601"), row("Knees", "E0601", "not-required"))
    told = line("E0601", program="Air")
    assert answer(rulebook, "K0001", told).outcome is Outcome.FOLLOWS_PRIMARY


def test_deferral_of_the_other_line_makes_it_firm() -> None:
    rulebook = book(
        COMPANION, row("Air", "E0601"), row("Knees", "E0601", "out-of-scope", "defers-to(Air)")
    )
    assert answer(rulebook, "K0001", "E0601").outcome is Outcome.FOLLOWS_PRIMARY


def test_a_companion_has_the_same_day_and_another_code() -> None:
    rulebook = book(COMPANION, row("Air", "E0601"), row("Air", "K0001"))
    other_day = answer(
        book(COMPANION, row("Air", "E0601")), "K0001", line("E0601", date_of_service=LATER)
    )
    assert other_day.outcome is Outcome.NOT_MANAGED
    same_code = answer(rulebook, line("K0001", program="Wheels"), line("K0001", program="Air"))
    assert same_code.outcome is Outcome.NOT_MANAGED


def test_several_days_in_one_order_find_each_their_own_primary() -> None:
    rulebook = book(COMPANION, row("Air", "E0601"))
    found = ask(
        rulebook,
        "K0001",
        "E0601",
        line("K0001", date_of_service=LATER),
        line("E0601", date_of_service=LATER),
    )
    assert [answered.primary for answered in found.determinations] == [2, None, 4, None]


def test_the_own_program_is_preferred_then_the_order_of_the_lines() -> None:
    rulebook = book(
        COMPANION,
        row("Air", "E0601", platform="Southwind"),
        row("Air", "E0470", platform="Southwind"),
        row("Wheels", "K0002"),
    )
    own = answer(rulebook, "K0001", "E0601", "E0470", "K0002")
    assert (own.primary, own.platform) == (4, "Northwind")
    first = answer(rulebook, "K0001", "E0601", "E0470")
    assert (first.primary, first.platform) == (2, "Southwind")


def test_the_printed_code_is_preferred_to_the_own_program() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", "with-program(Wheels, Air); with-code(E0601)"),
        row("Wheels", "K0002"),
        row("Air", "E0601", platform="Southwind"),
    )
    found = answer(rulebook, "K0001", "K0002", "E0601")
    assert (found.primary, found.platform) == (3, "Southwind")


def test_the_rule_of_the_own_program_tells_where_the_case_is() -> None:
    """The primary stands in two programs; its case is where the follower's program has it."""
    rulebook = book(
        row("Air", "K0001", "add-on", "with-program(Wheels, Air)", platform="Southwind"),
        row("Wheels", "K0002", platform="Southwind"),
        row("Air", "K0002"),
    )
    found = answer(rulebook, "K0001", "K0002")
    assert (found.outcome, found.platform) == (Outcome.FOLLOWS_PRIMARY, "Northwind")


def test_only_a_complete_order_without_companion_is_not_managed() -> None:
    rulebook = book(COMPANION)
    expected = {None: Outcome.CONDITIONAL, False: Outcome.CONDITIONAL, True: Outcome.NOT_MANAGED}
    for complete, outcome in expected.items():
        assert answer(rulebook, "K0001", complete=complete).outcome is outcome


def test_a_plain_add_on_needs_program_category_and_heading() -> None:
    add_on = row("Wheels", "K0001", "add-on", category="Seats", heading="Soft")
    group = {"category": "Seats", "heading": "Soft"}
    follows = [
        row("Wheels", "K0002", **group),
        row("Wheels", "K0002", category="Seats", heading=""),
    ]
    stays = [
        row("Air", "K0002", **group),
        row("Wheels", "K0002", category="Backs", heading="Soft"),
        row("Wheels", "K0002", category="Seats", heading="Hard"),
        row("Wheels", "K0002", "unlisted", **group),
        row("Wheels", "K0002", descriptor_add_on=True, **group),
    ]
    for primary in follows:
        found = answer(book(add_on, primary), "K0001", "K0002")
        assert (found.outcome, found.primary) == (Outcome.FOLLOWS_PRIMARY, 2)
        assert reasons_given(found) == {"primary-not-named"}
    for primary in stays:
        found = answer(book(add_on, primary), "K0001", "K0002")
        assert (found.outcome, found.primary) == (Outcome.CONDITIONAL, None)


def test_an_add_on_without_heading_follows_under_any_heading() -> None:
    rulebook = book(row("Wheels", "K0001", "add-on"), row("Wheels", "K0002", heading="Hard"))
    assert answer(rulebook, "K0001", "K0002").outcome is Outcome.FOLLOWS_PRIMARY


def test_an_add_on_asks_for_the_rest_of_the_order_or_for_the_primary() -> None:
    rulebook = book(row("Wheels", "K0001", "add-on"))
    assert facts_asked(answer(rulebook, "K0001")) == {"other-codes"}
    assert facts_asked(answer(rulebook, "K0001", complete=True)) == {"primary-code"}


def test_a_follower_of_a_line_without_a_route_goes_to_a_person_with_it() -> None:
    rulebook = book(row("Wheels", "K0001", "add-on"), row("Wheels", "K0002", platform=None))
    found = ask(rulebook, "K0001", "K0002")
    assert found.determinations[0].outcome is Outcome.FOLLOWS_PRIMARY
    assert found.case_plan.for_a_person == (1, 2)


def test_a_follower_of_a_line_with_a_violated_limit_goes_to_a_person_with_it() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on"), row("Wheels", "K0002", "required", "purchase")
    )
    found = ask(rulebook, "K0001", line("K0002", modifiers=("RR",)))
    assert found.case_plan.for_a_person == (1, 2)
    assert found.case_plan.cases == ()


def test_two_companion_rules_of_a_code_agree_only_once_the_order_is_complete() -> None:
    """A further line may be the preferred primary of one of the two."""
    rulebook = book(
        COMPANION,
        row("Air", "K0001", "add-on", "with-program(Wheels, Air)"),
        row("Air", "E0601"),
        row("Wheels", "K0002"),
    )
    before = answer(rulebook, "K0001", "E0601", complete=False)
    assert before.outcome is Outcome.CONDITIONAL
    assert Fact.OTHER_CODES in {ask.fact for ask in before.ask}
    assert answer(rulebook, "K0001", "E0601").outcome is Outcome.FOLLOWS_PRIMARY


def test_a_program_that_the_rulebook_does_not_hold_is_asked() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", "with-program(Wheels, Spines)"), row("Air", "E0601")
    )
    found = answer(rulebook, "K0001", "E0601")
    assert found.outcome is Outcome.CONDITIONAL
    assert [(ask.fact.value, ask.choices) for ask in found.ask] == [("absent-program", ("Spines",))]


def test_a_program_that_is_only_a_link_is_asked() -> None:
    rulebook = book(row("Wheels", "K0001", "add-on", "with-program(Drops)"), row("Air", "E0601"))
    assert answer(rulebook, "K0001", "E0601").outcome is Outcome.CONDITIONAL


def test_equal_lines_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An order of hundreds of lines is answered in a time that grows with its lines alone."""
    looked: list[int] = []

    def is_firm(companion: Companion) -> bool:
        looked.append(companion.number)
        return _is_firm(companion)

    monkeypatch.setattr(companions, "_is_firm", is_firm)
    rules = book(COMPANION, row("Air", "E0601"), row("Wheels", "K0002"))
    lines = [line("E0601")] * 50 + [line("K0002")] * 50 + [line("K0001")] * 50
    later = [line("K0002", date_of_service=LATER), line("K0001", date_of_service=LATER)]
    found = ask(rules, *lines, *later)
    primaries = [each.primary for each in found.determinations]
    assert primaries == [None] * 100 + [51] * 50 + [None, 151]
    assert looked == [1, 51, 101, 151, 152]
