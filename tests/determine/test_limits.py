"""Limits: what is bought or rented, components and their units, the place, the description."""

from __future__ import annotations

import pytest

from precert.determine import Acquisition, OrderLine, Outcome
from precert.errors import BadOrder
from tests.support.rulebooks import (
    answer,
    ask,
    book,
    facts_asked,
    limits_of,
    line,
    reasons_given,
    row,
)

BOUGHT, RENTED = Acquisition.PURCHASE, Acquisition.RENTAL


@pytest.mark.parametrize(
    ("modifiers", "told"),
    [(("NU", "RR"), None), (("NU",), RENTED), (("RR",), BOUGHT), (("NU", "RR"), BOUGHT)],
)
def test_purchase_and_rental_told_together_are_refused(
    modifiers: tuple[str, ...], told: Acquisition | None
) -> None:
    with pytest.raises(BadOrder, match="both purchase and rental"):
        line("K0001", modifiers=modifiers, acquisition=told)


@pytest.mark.parametrize(
    ("modifiers", "told", "acquired"),
    [
        ((), None, None),
        (("NU",), None, BOUGHT),
        (("UE",), None, BOUGHT),
        (("BP",), None, BOUGHT),
        (("RR",), None, RENTED),
        (("BR",), None, RENTED),
        (("KI",), None, RENTED),
        (("KJ",), None, RENTED),
        (("LL",), None, RENTED),
        (("KH",), None, None),
        (("KH", "RR"), None, RENTED),
        (("RT", "NU"), None, BOUGHT),
        ((), BOUGHT, BOUGHT),
        ((), RENTED, RENTED),
        (("NU",), BOUGHT, BOUGHT),
    ],
)
def test_what_is_told_of_purchase_and_rental(
    modifiers: tuple[str, ...], told: Acquisition | None, acquired: Acquisition | None
) -> None:
    assert line("K0001", modifiers=modifiers, acquisition=told).acquired() is acquired


@pytest.mark.parametrize("requirement", ["required", "out-of-scope", "not-required", "add-on"])
def test_a_violated_limit_changes_no_outcome_and_goes_to_a_person(requirement: str) -> None:
    with_limit = book(row("Wheels", "K0001", requirement, "purchase"))
    without = book(row("Wheels", "K0001", requirement))
    rented = line("K0001", acquisition=RENTED)
    found = ask(with_limit, rented)
    assert found.determinations[0].outcome is answer(without, rented).outcome
    assert limits_of(found.determinations[0]) == [False]
    assert found.case_plan.for_a_person == (1,)


def test_a_limit_that_is_not_known_leaves_the_line_in_its_case() -> None:
    found = ask(book(row("Wheels", "K0001", "required", "purchase")), "K0001")
    assert facts_asked(found.determinations[0]) == {"acquisition"}
    assert found.case_plan.cases[0].lines == (1,)


BASE = row("Wheels", "K0001", "required", "purchase-above(4)", category="Chairs")
PART = row("Wheels", "E0950", "out-of-scope", category="Chairs")
OTHER_PART = row("Wheels", "E0951", category="Chairs")
SECOND_BASE = row("Wheels", "K0002", "required", "purchase-above(4)", category="Chairs")
BOUGHT_BASE = row("Wheels", "K0003", "required", "purchase", category="Chairs")
ELSEWHERE = row("Air", "E0601", category="Chairs")
OTHER_CATEGORY = row("Wheels", "E0110", category="Canes")
CHAIRS = book(BASE, PART, OTHER_PART, SECOND_BASE, BOUGHT_BASE, ELSEWHERE, OTHER_CATEGORY)


def parts(units: int | None, code: str = "E0950") -> OrderLine:
    return line(code, units=units)


@pytest.mark.parametrize(
    ("others", "met", "asked"),
    [
        ((), True, set()),
        ((parts(4),), True, set()),
        ((parts(5),), False, set()),
        ((parts(2), parts(2, "E0951")), True, set()),
        ((parts(2), parts(3, "E0951")), False, set()),
        ((parts(None),), None, {"units"}),
        ((parts(None), parts(4)), False, set()),
        ((parts(None), parts(3)), None, {"units"}),
        ((parts(9, "K0002"),), True, set()),
        ((parts(9, "K0003"),), True, set()),
        ((parts(9, "E0601"),), True, set()),
        ((parts(9, "E0110"),), True, set()),
        ((parts(9, "K0001"),), True, set()),
        ((parts(4), parts(None, "A9999")), None, set()),
        ((parts(5), parts(None, "A9999")), False, set()),
        ((parts(None), parts(None, "A9999")), None, {"units"}),
    ],
)
def test_the_components_of_a_rented_base(
    *, others: tuple[OrderLine, ...], met: bool | None, asked: set[str]
) -> None:
    found = answer(CHAIRS, line("K0001", acquisition=RENTED), *others, complete=True)
    assert limits_of(found) == [met]
    assert facts_asked(found) == asked


@pytest.mark.parametrize(
    ("acquisition", "units", "complete", "met", "asked"),
    [
        (BOUGHT, 9, None, True, set()),
        (BOUGHT, None, False, True, set()),
        (None, 9, True, None, {"acquisition"}),
        (None, 4, True, True, set()),
        (None, None, True, None, {"acquisition", "units"}),
        (RENTED, 4, False, None, {"other-codes"}),
        (RENTED, None, False, None, {"other-codes", "units"}),
        (RENTED, 5, False, False, set()),
        (None, 4, False, None, {"acquisition", "other-codes"}),
    ],
)
def test_components_and_acquisition_together(
    *,
    acquisition: Acquisition | None,
    units: int | None,
    complete: bool | None,
    met: bool | None,
    asked: set[str],
) -> None:
    base = line("K0001", acquisition=acquisition)
    found = answer(CHAIRS, base, parts(units), complete=complete)
    assert limits_of(found) == [met]
    assert facts_asked(found) == asked


def test_a_base_without_a_category_has_no_components() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "purchase-above(4)", category=""),
        row("Wheels", "E0950", category=""),
    )
    found = answer(rulebook, line("K0001", acquisition=RENTED), parts(9))
    assert limits_of(found) == [True]


@pytest.mark.parametrize(
    ("place", "met"), [(None, None), ("12", True), ("11", False), ("21", False)]
)
def test_a_program_of_services_at_home(*, place: str | None, met: bool | None) -> None:
    found = answer(
        book(row("Air", "S9123", "required", "at-home")), line("S9123", place_of_service=place)
    )
    assert (found.outcome, limits_of(found)) == (Outcome.AUTH_NEEDED, [met])
    assert ("place-of-service" in facts_asked(found)) is (place is None)
    assert ("link-only-programs" in reasons_given(found)) is (met is False)


def test_an_unlisted_code_keeps_the_limit_that_nothing_can_settle() -> None:
    found = answer(book(row("Air", "E1399", "unlisted", "describe-procedure")), "E1399")
    assert (found.outcome, limits_of(found)) == (Outcome.AUTH_NEEDED, [None])
    assert facts_asked(found) == set()
