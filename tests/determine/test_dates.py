"""Days of the edition, of rules and of statements; every bound is inclusive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from precert.determine import OrderLine, Outcome
from tests.support.rulebooks import answer, ask, book, facts_asked, line, reasons_given, row

DAY = timedelta(days=1)
FIRST, REVIEW, LAST = date(2026, 1, 1), date(2027, 1, 1), date(2026, 6, 30)


def on(day: date) -> OrderLine:
    return line("K0001", date_of_service=day)


@pytest.mark.parametrize(
    ("requirement", "trusted", "past"),
    [
        ("required", Outcome.AUTH_NEEDED, Outcome.AUTH_NEEDED),
        ("unlisted", Outcome.AUTH_NEEDED, Outcome.AUTH_NEEDED),
        ("investigational", Outcome.INVESTIGATIONAL, Outcome.INVESTIGATIONAL),
        ("not-required", Outcome.NO_AUTH, Outcome.CONDITIONAL),
        ("out-of-scope", Outcome.NOT_MANAGED, Outcome.CONDITIONAL),
    ],
)
@pytest.mark.parametrize("end", [None, LAST])
def test_what_is_trusted_around_the_bounds_of_the_edition(
    requirement: str, trusted: Outcome, past: Outcome, end: date | None
) -> None:
    rulebook = book(row("Wheels", "K0001", requirement), effective_to=end)
    last, reason = (end, "past-edition") if end else (REVIEW, "past-review")
    for day, outcome in ((FIRST, trusted), (last, trusted), (last + DAY, past)):
        found = answer(rulebook, on(day))
        assert found.outcome is outcome
        if outcome is not trusted:
            assert facts_asked(found) == {"newer-edition"}
            assert reasons_given(found) == {reason}
            assert (found.route, found.platform) == (None, None)


def test_before_the_edition_nothing_is_listed() -> None:
    found = answer(book(row("Wheels", "K0001", "not-required")), on(FIRST - DAY))
    assert found.outcome is Outcome.NOT_LISTED
    assert reasons_given(found) == {"no-edition"}
    assert found.rules == ()


def test_a_rule_is_in_force_on_its_first_and_its_last_day() -> None:
    begins, ends = date(2026, 2, 1), date(2026, 2, 28)
    rulebook = book(
        row("Wheels", "K0001", "not-required", effective_from=begins, effective_to=ends)
    )
    for day, outcome in (
        (begins - DAY, Outcome.NOT_LISTED),
        (begins, Outcome.NO_AUTH),
        (ends, Outcome.NO_AUTH),
        (ends + DAY, Outcome.NOT_LISTED),
    ):
        found = answer(rulebook, on(day))
        assert found.outcome is outcome
        if outcome is Outcome.NOT_LISTED:
            assert reasons_given(found) == {"rule-not-in-force", "link-only-programs"}


def test_one_rule_takes_over_from_another() -> None:
    change = date(2026, 4, 1)
    rulebook = book(
        row("Wheels", "K0001", "required", effective_to=change - DAY),
        row("Wheels", "K0001", "not-required", effective_from=change),
    )
    assert answer(rulebook, on(change - DAY)).outcome is Outcome.AUTH_NEEDED
    assert answer(rulebook, on(change)).outcome is Outcome.NO_AUTH


@pytest.mark.parametrize("conditions", ["no-auth-stated(from=2026-04-01)", "no-auth-stated"])
def test_a_stated_no_counts_from_its_day(conditions: str) -> None:
    rulebook = book(row("Wheels", "K0001", "required", conditions))
    before = answer(rulebook, on(date(2026, 3, 31)))
    dated = "from=" in conditions
    assert before.outcome is (Outcome.AUTH_NEEDED if dated else Outcome.NO_AUTH)
    assert [judged.truth for judged in before.conditions] == [not dated]
    assert answer(rulebook, on(date(2026, 4, 1))).outcome is Outcome.NO_AUTH


def test_a_stated_no_in_force_is_no_firm_companion() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on"),
        row("Wheels", "K0002", "required", "no-auth-stated(from=2026-04-01)"),
    )
    for day, outcome in (
        (date(2026, 3, 31), Outcome.FOLLOWS_PRIMARY),
        (date(2026, 4, 1), Outcome.CONDITIONAL),
    ):
        found = answer(rulebook, on(day), line("K0002", date_of_service=day))
        assert found.outcome is outcome


def test_rules_that_disagree_past_the_edition_show_no_untrusted_answer() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required"), row("Air", "K0001"))
    found = answer(rulebook, on(REVIEW + DAY))
    assert [a.outcome for a in found.alternatives] == [Outcome.CONDITIONAL, Outcome.AUTH_NEEDED]
    assert facts_asked(found) == {"program", "newer-edition"}
    assert reasons_given(found) == {"past-review", "rules-disagree"}


def test_two_untrusted_answers_still_disagree() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required"), row("Air", "K0001", "out-of-scope"))
    found = answer(rulebook, on(REVIEW + DAY))
    assert "rules-disagree" in reasons_given(found)
    assert {a.outcome for a in found.alternatives} == {Outcome.CONDITIONAL}


def test_each_line_of_an_order_has_its_own_day() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required"))
    days = (FIRST - DAY, FIRST, REVIEW, REVIEW + DAY)
    found = ask(rulebook, *[on(day) for day in days])
    assert [answered.outcome for answered in found.determinations] == [
        Outcome.NOT_LISTED,
        Outcome.NO_AUTH,
        Outcome.NO_AUTH,
        Outcome.CONDITIONAL,
    ]
    assert found.case_plan.no_case == (2, 3)
    assert found.case_plan.for_a_person == (1, 4)
