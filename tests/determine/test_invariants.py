"""The invariants of the answering half (2, 3, 4), on the real rulebook and on invented ones."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precert.determine import (
    Order,
    Outcome,
    Route,
    determine,
    order_as_json,
    order_from_json,
    receipt,
)
from precert.model import (
    LIMITS,
    SCOPE_GUARDS,
    NoAuthStated,
    Otherwise,
    Requirement,
    Unless,
    Unread,
)
from precert.rulebook import Rulebook
from tests.support.cases import rulebook_of
from tests.support.orders import INVENTED, Asking, lists, orders, rulebooks, told_more
from tests.support.rulebooks import answer, book, line, row
from tests.support.thorough import examples

if TYPE_CHECKING:
    from datetime import date

    from precert.determine import Determination, OrderAnswer
    from precert.model import Rule

REAL = rulebook_of()
TELLING = [
    code
    for code, rules in REAL.by_code.items()
    for rule in rules
    if rule.conditions
    or rule.descriptor_add_on
    or rule.requirement in {Requirement.ADD_ON, Requirement.UNLISTED, Requirement.NOT_REQUIRED}
    or len(rules) > 1
]
"""The codes whose rows say more than yes or out of scope."""

PRIMARIES = ("63650", "63047", "27447", "27412", "62361", "64479", "36475", "78431", "22552")
ASKING = Asking(
    [*TELLING, *PRIMARIES * 12, *list(REAL.by_code)[::6], "99213", "96413"],
    REAL.program_names,
    REAL.plans,
)
REAL_ORDERS = orders(ASKING)

more = settings(max_examples=examples(15, 100), suppress_health_check=[HealthCheck.too_slow])


def invented(data: st.DataObject) -> tuple[Rulebook, Order]:
    return data.draw(rulebooks()), data.draw(orders(INVENTED))


# --- 2: silence is never "no" --------------------------------------------------------------------


def says_no(answered: Determination) -> bool:
    """Whether one of the cited rules prints a no that is in force on the day."""
    day = answered.date_of_service
    return any(
        prints_no_for_others(rule, answered) or (prints_no(rule, day) and in_scope(rule, answered))
        for rule in answered.rules
        if rule.effective_from is None or rule.effective_from <= day
    )


def prints_no(rule: Rule, day: date) -> bool:
    return rule.requirement is Requirement.NOT_REQUIRED or any(
        isinstance(condition, NoAuthStated)
        and (condition.effective_from is None or condition.effective_from <= day)
        for condition in rule.conditions
    )


def prints_no_for_others(rule: Rule, answered: Determination) -> bool:
    """Whether it prints a no for when a scope guard is false, and one is known to be."""
    return Otherwise(Requirement.NOT_REQUIRED) in rule.conditions and False in truths_of(
        rule, answered
    )


def in_scope(rule: Rule, answered: Determination) -> bool:
    return truths_of(rule, answered) <= {True}


def truths_of(rule: Rule, answered: Determination) -> set[bool | None]:
    return {
        judged.truth
        for judged in answered.conditions
        if judged.rule == rule and isinstance(judged.condition, (*SCOPE_GUARDS, Unless))
    }


def check_silence(answer: OrderAnswer) -> None:
    for answered in answer.determinations:
        edition = answer.rulebook_of(answered).edition
        outcomes = {answered.outcome, *(each.outcome for each in answered.alternatives)}
        if Outcome.NO_AUTH in outcomes:
            assert says_no(answered)
            assert edition.effective_from <= answered.date_of_service <= edition.review_by
            assert edition.effective_to is None or answered.date_of_service <= edition.effective_to
        if any(isinstance(each, Unread) for rule in answered.rules for each in rule.conditions):
            assert answered.outcome is Outcome.CONDITIONAL


@more
@given(REAL_ORDERS)
def test_no_authorization_only_where_the_list_prints_it(order: Order) -> None:
    check_silence(determine(REAL, order))


@more
@given(st.data())
def test_no_authorization_only_where_an_invented_list_prints_it(data: st.DataObject) -> None:
    check_silence(determine(*invented(data)))


# --- 3: every answer has its evidence ------------------------------------------------------------


def check_evidence(answer: OrderAnswer) -> None:
    for number, answered in enumerate(answer.determinations, start=1):
        rulebook = answer.rulebook_of(answered)
        documents = {document.name for document in rulebook.documents}
        asked = answer.order.lines[number - 1]
        assert (answered.line, answered.code) == (number, asked.code)
        assert answered.rulebook == rulebook.digest
        assert bool(answered.rules) is (answered.outcome is not Outcome.NOT_LISTED)
        for rule in answered.rules:
            assert rule in rulebook.rules_for(asked.code)
            assert rule.ref.document in documents
        assert answered.rules or answered.reasons
        cited = {rule.rule_id for rule in answered.rules}
        judged = (*answered.conditions, *answered.limits)
        assert {each.rule.rule_id for each in judged} <= cited
        assert (
            not answered.alternatives
            or {each.rule.rule_id for each in answered.alternatives} == cited
        )


def check_form(answer: OrderAnswer) -> None:
    """The fields of an answer fit each other."""
    for answered in answer.determinations:
        settled = answered.outcome not in {Outcome.CONDITIONAL, Outcome.NOT_LISTED}
        assert (answered.primary is not None) is (answered.outcome is Outcome.FOLLOWS_PRIMARY)
        assert (answered.platform is not None) is (answered.route is Route.PLATFORM)
        assert settled or answered.route is None
        assert answered.outcome is not Outcome.NO_AUTH or answered.route is None
        assert answered.outcome is not Outcome.NOT_MANAGED or answered.route is Route.PAYER
        assert answered.outcome is Outcome.CONDITIONAL or not answered.alternatives
        assert len(set(answered.ask)) == len(answered.ask)
        assert len(set(answered.reasons)) == len(answered.reasons)
        if answered.primary is not None:
            first = answer.determinations[answered.primary - 1]
            assert first.code != answered.code
            assert first.date_of_service == answered.date_of_service


def check_partition(answer: OrderAnswer) -> None:
    plan = answer.case_plan
    placed = [number for case in plan.cases for number in case.lines]
    placed += [*plan.no_case, *plan.ask_payer, *plan.for_a_person]
    assert sorted(placed) == list(range(1, len(answer.order.lines) + 1))
    keys = [(case.route, case.platform, case.program) for case in plan.cases]
    assert len(set(keys)) == len(keys)
    for numbers in (*(case.lines for case in plan.cases), plan.no_case, plan.ask_payer):
        assert list(numbers) == sorted(numbers)
    for answered in answer.determinations:
        violated = any(limit.truth is False for limit in answered.limits)
        outcome = Outcome.CONDITIONAL if violated else answered.outcome
        for_a_person = answered.line in plan.for_a_person
        assert (answered.line in plan.no_case) is (outcome is Outcome.NO_AUTH)
        assert (answered.line in plan.ask_payer) is (outcome is Outcome.NOT_MANAGED)
        assert for_a_person or outcome not in {
            Outcome.CONDITIONAL,
            Outcome.INVESTIGATIONAL,
            Outcome.NOT_LISTED,
        }


@more
@given(REAL_ORDERS)
def test_every_answer_cites_its_rules(order: Order) -> None:
    answer = determine(REAL, order)
    check_evidence(answer)
    check_form(answer)
    check_partition(answer)


@more
@given(st.data())
def test_every_answer_of_an_invented_list_cites_its_rules(data: st.DataObject) -> None:
    answer = determine(*invented(data))
    check_evidence(answer)
    check_form(answer)
    check_partition(answer)


@more
@given(REAL_ORDERS)
def test_receipts_are_json_and_can_be_asked_again(order: Order) -> None:
    written = receipt(determine(REAL, order))
    whole = replace(order, complete=True) if order.is_complete else order
    assert order_from_json(order_as_json(order)) == whole
    again = json.loads(json.dumps(written))
    assert receipt(determine(REAL, order_from_json(again["facts"]))) == again


# --- 4: telling more never un-settles a settled answer -------------------------------------------


def check_settled(before: OrderAnswer, after: OrderAnswer) -> None:
    for answered, now in zip(before.determinations, after.determinations, strict=False):
        if answered.outcome is not Outcome.CONDITIONAL:
            assert now.outcome is answered.outcome
            assert (now.route, now.platform) == (answered.route, answered.platform)
            assert now.primary == answered.primary


@more
@given(st.data())
def test_telling_more_never_unsettles(data: st.DataObject) -> None:
    order = data.draw(REAL_ORDERS)
    told = data.draw(told_more(order, ASKING))
    check_settled(determine(REAL, order), determine(REAL, told))


@more
@given(st.data())
def test_telling_more_never_unsettles_on_an_invented_list(data: st.DataObject) -> None:
    rulebook, order = invented(data)
    told = data.draw(told_more(order, INVENTED))
    check_settled(determine(rulebook, order), determine(rulebook, told))


@more
@given(st.data())
def test_telling_more_also_of_a_single_code(data: st.DataObject) -> None:
    """Asked by itself, a code is the start of an order that may have more."""
    order = data.draw(orders(ASKING, max_lines=1))
    told = data.draw(told_more(order, ASKING))
    check_settled(determine(REAL, order), determine(REAL, told))


def test_a_follower_waits_until_no_further_line_could_be_its_preferred_primary() -> None:
    rulebook = book(
        row("Wheels", "K0001", "add-on", "with-program(Wheels, Air)"),
        row("Air", "E0601", platform="Southwind"),
        row("Wheels", "K0002"),
    )
    before = answer(rulebook, "K0001", "E0601", complete=False)
    after = answer(rulebook, "K0001", "E0601", "K0002", complete=False)
    whole = answer(rulebook, "K0001", "E0601")
    assert (before.outcome, before.primary) == (Outcome.CONDITIONAL, None)
    assert (after.primary, after.platform) == (3, "Northwind")
    assert (whole.primary, whole.platform) == (2, "Southwind")


# --- and: pure, in whatever order the rules stand; limits change no outcome ----------------------


@more
@given(st.data())
def test_the_order_of_the_rules_is_irrelevant(data: st.DataObject) -> None:
    drawn = book(*data.draw(lists()))
    shuffled = data.draw(st.permutations(drawn.rules))
    again = Rulebook.build(drawn.edition, drawn.programs, drawn.plans, drawn.documents, shuffled)
    order = data.draw(orders(INVENTED))
    assert receipt(determine(again, order)) == receipt(determine(drawn, order))


def test_the_order_of_the_real_rules_is_irrelevant() -> None:
    backwards = Rulebook.build(
        REAL.edition, REAL.programs, REAL.plans, REAL.documents, reversed(REAL.rules)
    )
    assert backwards.digest == REAL.digest
    assert backwards.by_code == REAL.by_code


@more
@given(REAL_ORDERS)
def test_the_same_question_gets_the_same_answer(order: Order) -> None:
    assert determine(REAL, order).determinations == determine(REAL, order).determinations


@more
@given(st.data())
def test_the_place_of_a_line_in_the_order_changes_no_outcome(data: st.DataObject) -> None:
    order = data.draw(REAL_ORDERS)
    places = data.draw(st.permutations(range(len(order.lines))))
    moved = replace(order, lines=tuple(order.lines[place] for place in places))
    before = determine(REAL, order).determinations
    after = determine(REAL, moved).determinations
    assert [after[at].outcome for at in range(len(places))] == [
        before[place].outcome for place in places
    ]


@more
@given(st.data())
def test_limits_change_no_outcome(data: st.DataObject) -> None:
    rulebook, order = invented(data)
    bare = Rulebook.build(
        rulebook.edition,
        rulebook.programs,
        rulebook.plans,
        rulebook.documents,
        [
            replace(
                rule,
                conditions=tuple(each for each in rule.conditions if not isinstance(each, LIMITS)),
            )
            for rule in rulebook.rules
        ],
    )
    for one, other in zip(
        determine(rulebook, order).determinations,
        determine(bare, order).determinations,
        strict=True,
    ):
        assert one[3:6] == other[3:6]
        assert one.primary == other.primary


@pytest.mark.parametrize("complete", [None, True, False])
def test_every_code_of_the_list_alone(*, complete: bool | None) -> None:
    """The checks above on each code, so that none is left to chance."""
    for code in REAL.by_code:
        found = determine(REAL, Order((line(code),), complete=complete))
        check_silence(found)
        check_evidence(found)
        check_form(found)
        check_partition(found)
