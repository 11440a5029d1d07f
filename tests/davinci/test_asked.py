"""What a request asks of the rulebook: a line for each billing code, all resources one order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from precert.davinci.answer.asked import asked_of
from precert.davinci.focus import Member
from precert.determine import Outcome, determine
from precert.model import Code
from tests.davinci.asking import TODAY, billing, focus, gathered
from tests.davinci.drawn import requests
from tests.support.rulebooks import DAY, book, row
from tests.support.thorough import examples

if TYPE_CHECKING:
    from precert.davinci.focus import Gathered

BOOK = book(row("Wheels", "K0001"), row("Wheels", "K0002"))


def test_one_order_asks_of_resources_with_one_code_each() -> None:
    asked = asked_of(gathered(BOOK, focus("a", "K0001"), focus("b", "K0002-NU", units=2)), TODAY)
    (only,) = asked.orders
    assert [(line.code, line.units, line.modifiers) for line in only.order.lines] == [
        ("K0001", None, None),
        ("K0002", 2, ("NU",)),
    ]
    assert only.order.complete is True
    assert [[(c.order, c.line) for c in each.candidates] for each in asked.focuses] == [
        [(0, 1)],
        [(0, 2)],
    ]


def test_several_candidates_are_asked_each_with_the_certain_lines() -> None:
    asked = asked_of(
        gathered(BOOK, focus("a", "K0001"), focus("b", "K0002", "E0601"), focus("c", "E0470")),
        TODAY,
    )
    assert [[line.code for line in each.order.lines] for each in asked.orders] == [
        ["K0001", "E0470"],
        ["K0001", "K0002", "E0470"],
        ["K0001", "E0601", "E0470"],
    ]
    assert [each.order.complete for each in asked.orders] == [False, False, False]
    assert [[(c.order, c.line) for c in each.candidates] for each in asked.focuses] == [
        [(0, 1)],
        [(1, 2), (2, 2)],
        [(0, 2)],
    ]


def test_candidates_of_two_resources_are_never_asked_together() -> None:
    asked = asked_of(
        gathered(BOOK, focus("a", "K0001", "K0002"), focus("b", "E0601", "E0470")), TODAY
    )
    assert [[line.code for line in each.order.lines] for each in asked.orders] == [
        ["K0001"],
        ["K0002"],
        ["E0601"],
        ["E0470"],
    ]


@pytest.mark.parametrize(
    "others",
    [
        [focus("b")],
        [focus("b", "K0002", "E0601")],
        [focus("b", "K0002-NU-RR")],
        [focus("b", "K0002", "E0601", asked=False)],
    ],
    ids=["no code", "several", "refused", "several of context"],
)
def test_a_line_that_may_be_missing_leaves_the_order_not_whole(others: list[object]) -> None:
    asked = asked_of(gathered(BOOK, focus("a", "K0001"), *others), TODAY)  # type: ignore[arg-type]
    assert all(each.order.complete is False for each in asked.orders)


def test_the_hook_tells_whether_the_order_is_whole() -> None:
    one = gathered(BOOK, focus("a", "K0001"), focus("b", "K0002"), complete=False)
    assert asked_of(one, TODAY).orders[0].order.complete is False


def test_context_is_a_line_and_gets_no_answer() -> None:
    asked = asked_of(gathered(BOOK, focus("a", "K0001", asked=False), focus("b", "K0002")), TODAY)
    assert [line.code for line in asked.orders[0].order.lines] == ["K0001", "K0002"]
    assert [each.focus.reference for each in asked.focuses] == ["DeviceRequest/b"]
    assert asked.focuses[0].candidates[0].line == 2


def test_the_date_of_service_is_the_resources_or_today() -> None:
    asked = asked_of(gathered(BOOK, focus("a", "K0001"), focus("b", "K0002", on=None)), TODAY)
    assert [line.date_of_service for line in asked.orders[0].order.lines] == [DAY, TODAY]


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2005, 3, 2), 21),
        (date(2005, 3, 3), 20),
        (date(2026, 3, 2), 0),
        (date(2026, 3, 3), None),
        (date(1880, 1, 1), None),
        (None, None),
    ],
)
def test_the_age_is_that_on_the_date_of_service(born: date | None, age: int | None) -> None:
    asked = asked_of(gathered(BOOK, focus("a", "K0001"), member=Member(born)), TODAY)
    assert asked.orders[0].order.age == age


def test_an_age_that_is_not_the_same_on_all_dates_is_not_told() -> None:
    two = (focus("a", "K0001"), focus("b", "K0002", on=date(2026, 3, 3)))
    asked = asked_of(gathered(BOOK, *two, member=Member(date(2005, 3, 3))), TODAY)
    assert asked.orders[0].order.age is None


def test_diagnoses_are_told_if_every_resource_tells_the_same() -> None:
    told = (
        focus("a", "K0001", diagnoses=("C50", "M05.1")),
        focus("b", "K0002", diagnoses=("M05.1", "C50")),
    )
    assert asked_of(gathered(BOOK, *told), TODAY).orders[0].order.diagnoses == ("C50", "M05.1")
    for other in (None, (), ("C50",), ("nonsense",)):
        differ = (*told, focus("c", "E0470", diagnoses=other))
        assert asked_of(gathered(BOOK, *differ), TODAY).orders[0].order.diagnoses is None


def test_every_order_of_a_request_tells_the_same_age() -> None:
    """One that told more than the others would settle what is open when all is told."""
    first = focus("a", "K0001", "K0002", on=date(2026, 5, 1))
    second = focus("b", "E0601", on=date(2027, 5, 1))
    asked = asked_of(gathered(BOOK, first, second, member=Member(date(1990, 5, 1))), TODAY)
    assert {each.order.age for each in asked.orders} == {None}


def test_plan_and_client_come_from_the_coverage() -> None:
    asked = asked_of(gathered(BOOK, focus("a", "K0001"), plan="Silver", client_managed=True), TODAY)
    assert (asked.orders[0].order.plan, asked.orders[0].order.client_managed) == ("Silver", True)


def test_what_is_no_fact_is_not_told() -> None:
    odd = focus("a", "K0001", diagnoses=("nonsense",))
    asked = asked_of(gathered(BOOK, odd, plan="Gold", member=Member(state="Atlantis")), TODAY)
    order = asked.orders[0].order
    assert (order.plan, order.state, order.diagnoses) == (None, None, None)


@pytest.mark.parametrize(
    ("each", "said"),
    [
        (focus("a", "K0001-NU-RR"), "both purchase and rental"),
        (focus("a", "K0001-AA-AB-AC-AD-AE"), "at most four modifiers"),
        (focus("a", "K0001", units=0), "units from 1"),
        (focus("a", "K0001", units=1_000_000), "units from 1"),
        (focus("a", "K0001", place_of_service="office"), "place of service"),
        (focus("a", "K0001", on=None, undated=True), "a date of service without its day"),
        (focus("a", "K0001", modified=True), "a modifier extension or implicit rules"),
        (replace(focus("a"), billings=(replace(billing("K0001"), code=Code("K00")),)), "K00"),
    ],
)
def test_what_no_order_can_ask_is_refused_in_words(each: object, said: str) -> None:
    asked = asked_of(gathered(BOOK, each), TODAY)  # type: ignore[arg-type]
    assert not asked.orders
    assert said in asked.focuses[0].candidates[0].refused


def test_one_code_under_two_addresses_is_one_candidate() -> None:
    twice = billing("K0001")
    other = replace(twice, coding=replace(twice.coding, system="http://acme.example/hcpcs"))
    one = replace(focus("a"), billings=(twice, other))
    assert len(asked_of(gathered(BOOK, one), TODAY).focuses[0].candidates) == 1


def test_too_many_candidates_are_asked_each_by_itself() -> None:
    codes = [f"K{number:04}" for number in range(1, 101)]
    others = [focus(f"o{number}", "E0601") for number in range(60)]
    asked = asked_of(gathered(BOOK, focus("a", *codes), *others), TODAY)
    assert [len(each.order.lines) for each in asked.orders] == [60] + [1] * 100


@pytest.mark.parametrize(("count", "orders"), [(200, 1), (201, 201)])
def test_too_many_resources_are_asked_each_by_itself(count: int, orders: int) -> None:
    many = [focus(f"o{number}", "E0601") for number in range(count)]
    asked = asked_of(gathered(BOOK, *many), TODAY)
    assert len(asked.orders) == orders
    assert {each.order.complete for each in asked.orders} == {orders == 1}
    assert [c.order for each in asked.focuses for c in each.candidates][-1] == orders - 1


@settings(max_examples=examples(80, 300))
@given(requests(), st.data())
def test_what_is_settled_stays_so_whatever_is_billed_in_the_end(
    asking: Gathered, data: st.DataObject
) -> None:
    asked = asked_of(asking, TODAY)
    rulebook = asking.coverage.payer.rulebook
    answers = [determine(rulebook, each.order) for each in asked.orders]
    said = [
        (each.focus, candidate, answers[candidate.order].determinations[candidate.line - 1])
        for each in asked.focuses
        for candidate in each.candidates
        if not candidate.refused
    ]
    settled = [each for each in said if each[2].outcome is not Outcome.CONDITIONAL]
    if not settled:
        return
    of, candidate, told = data.draw(st.sampled_from(settled))
    billed = []
    for each in asking.focuses:
        codes = st.lists(st.sampled_from(each.billings), min_size=1, unique=True)
        chosen = data.draw(codes) if each.billings else []
        if each is of:
            chosen = [candidate.billing, *(one for one in chosen if one != candidate.billing)]
        # A resource that bills several codes is as many lines.
        billed += [replace(each, billings=(one,)) for one in chosen] or [replace(each, billings=())]
    place = next(at for at, each in enumerate(billed) if each.reference == of.reference)
    named = [replace(each, asked=at == place) for at, each in enumerate(billed)]
    complete = asking.complete or data.draw(st.booleans())
    whole = asked_of(replace(asking, focuses=tuple(named), complete=complete), TODAY)
    ((final_candidate,),) = [each.candidates for each in whole.focuses]
    final = determine(rulebook, whole.orders[final_candidate.order].order)
    line = final.determinations[final_candidate.line - 1]
    assert (line.outcome, line.route, line.platform) == (told.outcome, told.route, told.platform)
