"""What an answer depends on: nothing that `looks` leaves out changes an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precert.determine import (
    OTHER_PLAN,
    Acquisition,
    Among,
    Fact,
    Look,
    Order,
    OrderLine,
    determine,
    looks_among,
    looks_at,
    sought_by,
    tells,
    turning_days,
)
from precert.determine.looks import seen_by_others
from precert.model import CodeRange, Contact, NoAuthStated, Requirement, covered
from tests.support.cases import rulebook_of
from tests.support.orders import INVENTED, OF_MEMBER, Asking, order_lines, orders, rulebooks
from tests.support.rulebooks import DAY, book, line, row
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.determine import Determination, OrderAnswer
    from precert.rulebook import Rulebook
    from tests.support.rulebooks import Row

REAL = rulebook_of()
TELLING = [
    code
    for code, rules in REAL.by_code.items()
    if len(rules) > 1 or rules[0].conditions or rules[0].requirement is Requirement.ADD_ON
]
PRIMARIES = ("63650", "63047", "27447", "27412", "62361", "64479", "36475", "78431", "22552")
ASKING = Asking([*TELLING, *PRIMARIES * 12, "99213"], REAL.program_names, REAL.plans)

more = settings(max_examples=examples(12, 80), suppress_health_check=list(HealthCheck))
BOOKS = st.just((REAL, ASKING)) | rulebooks().map(lambda drawn: (drawn, INVENTED))


def days_around(rulebook: Rulebook) -> list[date]:
    """Every day that the rulebook speaks of, the day before it and the day after it."""
    edition = rulebook.edition
    spoken = {edition.effective_from, edition.effective_to, edition.review_by, DAY}
    for rule in rulebook.rules:
        spoken |= {rule.effective_from, rule.effective_to}
        spoken |= {
            each.effective_from
            for each in rule.conditions
            if isinstance(each, NoAuthStated | Contact)
        }
    return sorted(
        day + timedelta(days=step) for day in spoken if day is not None for step in (-1, 0, 1)
    )


@st.composite
def asked(draw: st.DrawFn) -> tuple[Rulebook, Asking, Order]:
    """A rulebook and an order, some of whose days lie around the days that the rulebook names."""
    rulebook, asking = draw(BOOKS)
    order = draw(orders(asking))
    day = draw(st.none() | st.sampled_from(days_around(rulebook)))
    if day is not None:
        order = replace(
            order, lines=tuple(replace(each, date_of_service=day) for each in order.lines)
        )
    return rulebook, asking, order


# --- facts ---------------------------------------------------------------------------------------


def other_facts(line: OrderLine) -> Iterator[tuple[Look, OrderLine]]:
    """The line with one fact told otherwise, and which fact; its code and date as they were."""
    for place in (None, "11", "12"):
        yield Look.PLACE_OF_SERVICE, replace(line, place_of_service=place)
    for acquisition in (None, *Acquisition):
        told = replace(line, modifiers=None, acquisition=acquisition)
        yield Look.ACQUISITION | Look.MODIFIERS, told
        if line.modifiers is None:
            yield Look.ACQUISITION, told
    for units in (None, 1, 7):
        yield Look.UNITS, replace(line, units=units)
    for modifiers in (None, (), ("RT",), ("50", "GY")):
        if line.acquired() is None or line.acquisition is not None:
            yield Look.MODIFIERS, replace(line, modifiers=modifiers)


def other_orders(order: Order, asking: Asking) -> Iterator[tuple[Look, Order]]:
    """The order with one fact of its own told otherwise."""
    for plan in (None, OTHER_PLAN, *asking.plans):
        yield Look.PLAN, replace(order, plan=plan)
    for told in (None, True, False):
        yield Look.CLIENT_MANAGED, replace(order, client_managed=told)
        yield Look.OTHER_LINES, replace(order, complete=told)
    for look, name in ((Look.AGE, "age"), (Look.STATE, "state"), (Look.DIAGNOSES, "diagnoses")):
        for value in (None, *OF_MEMBER[name]):
            yield look, replace(order, **{name: value})


LOOKS = [
    ("add-on", "", Look.OTHER_LINES),
    ("required", "with-program(Air)", Look.OTHER_LINES),
    ("required", "with-code(K0002)", Look.OTHER_LINES),
    ("required", "purchase-above(2)", Look.OTHER_LINES | Look.ACQUISITION),
    ("required", "purchase", Look.ACQUISITION),
    ("required", "at-home", Look.PLACE_OF_SERVICE),
    ("required", "for-plan(Silver)", Look.PLAN),
    ("required", "client-specific", Look.CLIENT_MANAGED),
    ("unlisted", "describe-procedure; no-auth-stated; contact(payer)", Look(0)),
    ("unread", "unread(note, 0123456789ab); defers-to(Air)", Look(0)),
    ("not-required", "denied-if-requested(K0001)", Look(0)),
    ("required", "age(from=21)", Look.AGE),
    ("required", "unless-age(from=21)", Look.AGE),
    ("required", "at-place(11)", Look.PLACE_OF_SERVICE),
    ("required", "in-state(FL)", Look.STATE),
    ("required", "with-diagnosis(C50)", Look.DIAGNOSES),
    ("required", "unless-with-diagnosis(C50)", Look.DIAGNOSES),
    ("required", "with-modifier(RT)", Look.MODIFIERS),
    ("required", "units-above(5)", Look.UNITS),
    ("required", "otherwise(not-required)", Look(0)),
    ("required", "otherwise(add-on)", Look.OTHER_LINES),
    ("required", "add-on-to(E0600-E0610)", Look(0)),
    ("add-on", "add-on-to(E0600-E0610)", Look.OTHER_LINES),
]
"""Requirements and conditions, and what they look at beside code, date and told program."""


@pytest.mark.parametrize(("requirement", "conditions", "looks"), LOOKS)
def test_each_condition_looks_at_its_facts(requirement: str, conditions: str, looks: Look) -> None:
    rulebook = book(row("Wheels", "K0001", requirement, conditions))
    assert looks_at(rulebook.rules) == looks | Look.PROGRAM


def test_all_rules_of_a_code_are_looked_through() -> None:
    rulebook = book(*(row("Wheels", "K0001", *of_rule) for *of_rule, _ in LOOKS))
    every = Look(0)
    for look in Look:
        every |= look
    assert looks_at(rulebook.rules) == every
    among = looks_among(rulebook.rules)
    named, spans = frozenset({line("K0002").code}), frozenset({span("E0600", "E0610")})
    assert among == Among(frozenset({"Wheels", "Air"}), named, not_listed=True, primaries=spans)


def test_no_rule_looks_among_no_lines() -> None:
    assert looks_at(()) == Look.PROGRAM
    assert looks_among(()) == Among(frozenset(), frozenset(), not_listed=False)


def span(first: str, last: str) -> CodeRange:
    return CodeRange(line(first).code, line(last).code)


@more
@given(asked())
def test_a_fact_that_is_not_looked_at_changes_nothing(
    drawn: tuple[Rulebook, Asking, Order],
) -> None:
    """All facts at once: beside the code and the date only `looks_at` may make a difference."""
    rulebook, asking, order = drawn
    before = determine(rulebook, order).determinations
    for index, told in enumerate(order.lines):
        looks = looks_at(rulebook.rules_for(told.code))
        changed = [
            (look, replace(order, lines=(*order.lines[:index], other, *order.lines[index + 1 :])))
            for look, other in other_facts(told)
        ]
        for look, other in [*changed, *other_orders(order, asking)]:
            if not look & looks:
                after = determine(rulebook, other).determinations
                assert after[index] == before[index], (look, told.code)


@more
@given(asked(), st.data())
def test_a_program_is_looked_at_where_it_is_told(
    drawn: tuple[Rulebook, Asking, Order], data: st.DataObject
) -> None:
    rulebook, _, order = drawn
    one = order.lines[0]
    assert Look.PROGRAM in looks_at(rulebook.rules_for(one.code))
    assert (Look.PROGRAM in tells(one)) is (one.program is not None)
    assert (Look.PLACE_OF_SERVICE in tells(one)) is (one.place_of_service is not None)
    assert (Look.ACQUISITION in tells(one)) is (one.acquired() is not None)
    assert (Look.UNITS in tells(one)) is (one.units is not None)
    assert (Look.MODIFIERS in tells(one)) is (one.modifiers is not None)
    of_order = Look.PLAN | Look.CLIENT_MANAGED | Look.AGE | Look.STATE | Look.DIAGNOSES
    assert not tells(one) & (Look.OTHER_LINES | of_order)
    bare = OrderLine(one.code, one.date_of_service)
    assert tells(bare) == Look(0)
    units = data.draw(st.integers(1, 9))
    assert tells(replace(bare, units=units, modifiers=("RT",))) == Look.UNITS | Look.MODIFIERS
    assert tells(replace(bare, modifiers=())) == Look.MODIFIERS


@more
@given(asked())
def test_an_order_as_it_is_looked_at_is_answered_the_same(
    drawn: tuple[Rulebook, Asking, Order],
) -> None:
    rulebook, _, order = drawn
    sought = sought_by(rulebook)
    seen = Order(
        tuple(map(sought.line, order.lines)),
        order.complete,
        order.plan,
        order.client_managed,
        sought.age(order.age),
        sought.state(order.state),
        sought.of_diagnoses(order.diagnoses),
    )
    assert determine(rulebook, seen).determinations == determine(rulebook, order).determinations


def test_facts_that_nobody_asks_for_become_one() -> None:
    conditions = "age(from=21, to=64); in-state(AL, FL); with-diagnosis(C50); with-modifier(RT)"
    sought = sought_by(book(row("Wheels", "K0001", conditions=conditions)))
    assert [sought.age(age) for age in (None, 0, 20, 21, 64, 65, 130)] == [
        None,
        0,
        0,
        21,
        21,
        65,
        65,
    ]
    assert [sought.state(state) for state in (None, "FL", "AL", "GA", "PR")] == [
        *(None, "FL", "AL", "AK", "AK")
    ]
    assert sought.of_diagnoses(("Z17.0", "C50.911")) == ("C50.911",)
    assert sought.of_diagnoses(("Z17.0",)) == ()
    assert sought.of_diagnoses(None) is None
    assert sought.line(line("K0001", modifiers=("50", "RT"))).modifiers == ("RT",)
    assert sought.line(line("K0001", modifiers=("NU",))).modifiers == ()
    assert sought.line(line("K0001")).modifiers is None
    nothing = sought_by(book(row("Wheels", "K0001")))
    assert (nothing.age(3), nothing.state("FL"), nothing.of_diagnoses(())) == (None, None, None)
    assert nothing.line(line("K0001", modifiers=("RR",))) == line(
        "K0001", acquisition=Acquisition.RENTAL
    )


# --- other lines ---------------------------------------------------------------------------------


def may_be_seen(rulebook: Rulebook, asked: OrderLine, other: OrderLine) -> bool:
    """Whether the answer of a line may look at another, as `looks_among` says."""
    among = looks_among(rulebook.rules_for(asked.code))
    rules = rulebook.rules_for(other.code)
    begins = rulebook.edition.effective_from
    day = other.date_of_service
    listed = day >= begins and any(
        (rule.effective_from or date.min) <= day <= (rule.effective_to or date.max)
        for rule in rules
    )
    return (
        other.code in among.codes
        or covered(other.code, among.primaries)
        or (among.not_listed and not listed)
        or any(rule.program in among.programs for rule in rules)
    )


def without_numbers(answer: OrderAnswer, index: int, names: list[object]) -> tuple[Any, ...]:
    """A determination in which the numbers of lines are replaced by names."""
    one = answer.determinations[index]

    def named(kind: str, texts: tuple[str, ...]) -> tuple[object, ...]:
        if kind in {"companion-line", "possible-companion"}:
            return tuple(names[int(text) - 1] for text in texts)
        return texts

    def of(each: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a determination, or one of its rules'
        primary = each.primary and names[each.primary - 1]
        asks = [(ask.fact, named(ask.fact, ask.choices)) for ask in each.ask]
        reasons = [(why.kind, named(why.kind, why.subjects)) for why in each.reasons]
        facts = (each.outcome, each.route, each.platform, each.contact, each.conditions)
        return (*facts, each.limits, primary, asks, reasons)

    return (of(one), one.rules, [(each.rule, of(each)) for each in one.alternatives])


@more
@given(asked(), st.data())
def test_a_line_that_is_not_among_those_looked_at_changes_nothing(
    drawn: tuple[Rulebook, Asking, Order], data: st.DataObject
) -> None:
    """Added anywhere, beside what is told of the whole order: only numbers of lines may move."""
    rulebook, asking, order = drawn
    order = replace(order, complete=order.is_complete)
    further = data.draw(order_lines(asking))
    place = data.draw(st.integers(0, len(order.lines)))
    codes = data.draw(st.lists(st.sampled_from(asking.codes), max_size=8, unique=True))
    day = order.lines[0].date_of_service
    others = [replace(line(code), date_of_service=day) for code in codes]
    for other in (further, *others):
        check_further(rulebook, order, other, place)


def check_further(rulebook: Rulebook, order: Order, further: OrderLine, place: int) -> None:
    longer = replace(order, lines=(*order.lines[:place], further, *order.lines[place:]))
    names: list[object] = list(range(len(order.lines)))
    names_after = [*names[:place], "the further line", *names[place:]]
    before, after = determine(rulebook, order), determine(rulebook, longer)
    for index, told in enumerate(order.lines):
        if not may_be_seen(rulebook, told, further):
            moved = index + (index >= place)
            assert without_numbers(after, moved, names_after) == without_numbers(
                before, index, names
            )


SEEN = [
    ("add-on", "", ({"Wheels"}, set(), False)),
    ("required", "with-program(Air, Knees)", ({"Air", "Knees"}, set(), False)),
    ("required", "with-code(K0002, E0601)", (set(), {"K0002", "E0601"}, False)),
    ("required", "purchase-above(2)", ({"Wheels"}, set(), True)),
    ("required", "purchase; at-home; for-plan(Silver); client-specific", (set(), set(), False)),
    ("required", "no-auth-stated; denied-if-requested(K0002)", (set(), set(), False)),
    ("required", "age(from=2); in-state(FL); otherwise(add-on)", ({"Wheels"}, set(), False)),
]
"""Requirements and conditions, and the programs, codes and unlisted lines that they look at."""


@pytest.mark.parametrize(("requirement", "conditions", "among"), SEEN)
def test_each_condition_looks_at_its_lines(
    requirement: str, conditions: str, among: tuple[set[str], set[str], bool]
) -> None:
    found = looks_among(book(row("Wheels", "K0001", requirement, conditions)).rules)
    assert ({*found.programs}, {*map(str, found.codes)}, found.not_listed) == among


@pytest.mark.parametrize(
    ("asked", "other", "order"),
    [
        (row("Wheels", "K0001", "add-on"), row("Wheels", "E0601"), ("K0001", "E0601")),
        (
            row("Wheels", "K0001", conditions="with-program(Air)"),
            row("Air", "E0601"),
            ("K0001", "E0601"),
        ),
        (
            row("Wheels", "K0001", conditions="with-program(Wheels); with-code(K0002)"),
            row("Wheels", "E0601"),
            ("K0001", "E0601", "K0002"),
        ),
        (
            row("Wheels", "K0001", conditions="purchase-above(0)"),
            row("Wheels", "E0601"),
            ("K0001", "E0601"),
        ),
        (
            row("Wheels", "K0001", conditions="purchase-above(0)"),
            row("Air", "E0601"),
            ("K0001", "J7330"),
        ),
    ],
)
def test_a_line_that_is_looked_at_changes_something(
    asked: Row, other: Row, order: tuple[str, ...]
) -> None:
    """So that the lines left out are not all that there are."""
    rulebook = book(asked, other)
    *fewer, last = map(line, order)
    assert may_be_seen(rulebook, line("K0001"), last)
    before = determine(rulebook, Order(tuple(fewer), complete=True))
    after = determine(rulebook, Order((*fewer, last), complete=True))
    assert before.determinations[0] != after.determinations[0]


@more
@given(asked(), st.data())
def test_codes_that_are_seen_alike_are_alike_to_other_lines(
    drawn: tuple[Rulebook, Asking, Order], data: st.DataObject
) -> None:
    """In place of a line another of a code with the same key: the other lines answer the same."""
    rulebook, asking, order = drawn
    among = looks_among(rulebook.rules)
    named: set[str] = set(among.codes)
    listed = [*rulebook.by_code, *{line(each).code for each in asking.codes}]
    named |= {each for each in listed if covered(each, among.primaries)}
    index = data.draw(st.integers(0, len(order.lines) - 1))
    told = order.lines[index]
    key = seen_by_others(rulebook.rules_for(told.code))
    there = {each.code for each in order.lines}
    alike = [
        code
        for code in ["99213", "K0009", *rulebook.by_code]
        if code not in named | there and seen_by_others(rulebook.rules_for(line(code).code)) == key
    ]
    if key is None or told.code in named or not alike:
        return
    other = replace(told, code=line(data.draw(st.sampled_from(sorted(alike)))).code)
    changed = replace(order, lines=(*order.lines[:index], other, *order.lines[index + 1 :]))
    before, after = determine(rulebook, order), determine(rulebook, changed)
    for number, one in enumerate(order.lines):
        # A line of the code itself takes no other line of that code for a companion.
        if number != index and one.code != told.code:
            assert before.determinations[number] == after.determinations[number]
            asks = {choice for ask in before.determinations[number].ask for choice in ask.choices}
            assert str(index + 1) not in asks  # it would be asked for by its code


def seen_rows() -> list[tuple[Row, ...]]:
    """The rows of a code: a plain yes of Wheels, and what differs from it in one thing."""
    base = row("Wheels", "E0601")
    differing = [
        row("Air", "E0601"),
        row("Wheels", "E0601", category="Others"),
        row("Wheels", "E0601", heading="New"),
        row("Wheels", "E0601", platform="Southwind"),
        row("Wheels", "E0601", descriptor_add_on=True),
        row("Wheels", "E0601", effective_from=date(2026, 3, 3)),
        row("Wheels", "E0601", effective_to=date(2026, 3, 1)),
        *(row("Wheels", "E0601", requirement) for requirement in Requirement),
        *(row("Wheels", "E0601", conditions=conditions) for _, conditions, _ in LOOKS),
    ]
    return [(base,), *((one,) for one in differing), *((base, one) for one in differing)]


ASKS = (
    row("Wheels", "K0001", "add-on", heading="Old"),
    row("Wheels", "K0001", conditions="with-program(Wheels)"),
    row("Wheels", "K0001", conditions="with-program(Wheels, Air)"),
    row("Wheels", "K0001", conditions="purchase-above(0)"),
)
"""Rows that look at other lines in every way there is."""


@pytest.mark.parametrize("asks", ASKS)
def test_what_another_line_may_see_of_a_code_is_in_its_key(asks: Row) -> None:
    """Two codes, with all pairs of rows: one key, one answer for the line beside them."""
    keyed = [(seen_by_others(book(*rows).rules), rows) for rows in seen_rows()]
    alike = 0
    for key, of_one in keyed:
        for other_key, of_other in keyed:
            if key is not None and key == other_key:
                alike += 1
                others = [each._replace(code="J7330") for each in of_other]
                rulebook = book(asks, *of_one, *others)
                one, other = (beside(rulebook, text) for text in ("E0601", "J7330"))
                assert one == other
                assert not any(ask.fact is Fact.COMPANION_LINE for ask in one.ask)
    assert alike >= 10  # each plain row with itself


def beside(rulebook: Rulebook, text: str) -> Determination:
    """The answer to K0001, with a line of that code beside it."""
    lines = (replace(line("K0001"), acquisition=Acquisition.RENTAL), line(text))
    return determine(rulebook, Order(lines, complete=True)).determinations[0]


# --- days ----------------------------------------------------------------------------------------


@more
@given(asked(), st.data())
def test_between_two_turning_days_nothing_changes(
    drawn: tuple[Rulebook, Asking, Order], data: st.DataObject
) -> None:
    """All days of an order moved within their spans; those that were one day stay one day."""
    rulebook, _, order = drawn
    turning = turning_days(rulebook, rulebook.rules)
    check_turning(turning)
    moved: dict[date, date] = {}
    for day in sorted({each.date_of_service for each in order.lines}):
        others = [each for each in span_of(turning, day) if each not in moved.values()]
        moved[day] = data.draw(st.sampled_from(others)) if others else day
    if len(set(moved.values())) < len(moved):
        return
    lines = [replace(each, date_of_service=moved[each.date_of_service]) for each in order.lines]
    before = determine(rulebook, order)
    after = determine(rulebook, replace(order, lines=tuple(lines)))
    for one, other in zip(before.determinations, after.determinations, strict=True):
        assert other == one._replace(date_of_service=other.date_of_service)


def test_between_two_turning_days_of_a_code_nothing_changes() -> None:
    """Each code of the real list alone, on the days around every day that the list speaks of."""
    days = days_around(REAL)
    for code, rules in REAL.by_code.items():
        check_code(REAL, turning_days(REAL, rules), code, days)


@more
@given(rulebooks())
def test_between_two_turning_days_of_an_invented_code_nothing_changes(rulebook: Rulebook) -> None:
    for text in INVENTED.codes:
        code = line(text).code
        rules = rulebook.rules_for(code)
        check_code(rulebook, turning_days(rulebook, rules), code, days_around(rulebook))


@pytest.mark.parametrize(
    ("facts", "conditions", "edition"),
    [
        ({"effective_from": date(2026, 5, 5)}, "", {}),
        ({"effective_to": date(2026, 5, 4)}, "", {}),
        ({}, "no-auth-stated(from=2026-05-05)", {}),
        ({}, "contact(payer, from=2026-05-05)", {}),
        ({}, "", {"effective_from": date(2026, 5, 5)}),
        ({}, "no-auth-stated", {"effective_to": date(2026, 5, 4)}),
        ({}, "no-auth-stated", {"review_by": date(2026, 5, 4)}),
    ],
)
def test_each_day_on_which_an_answer_turns_is_named(
    facts: dict[str, Any], conditions: str, edition: dict[str, Any]
) -> None:
    rulebook = book(row("Wheels", "K0001", conditions=conditions, **facts), **edition)
    code = line("K0001").code
    turning = turning_days(rulebook, rulebook.rules)
    check_turning(turning)
    assert date(2026, 5, 5) in turning
    check_code(rulebook, turning, code, days_around(rulebook))


def test_the_last_day_there_is_turns_nothing() -> None:
    rulebook = book(row("Wheels", "K0001", effective_to=date.max), review_by=date.max)
    check_turning(turning_days(rulebook, rulebook.rules))


def check_turning(turning: tuple[date, ...]) -> None:
    assert turning[0] == date.min
    assert list(turning) == sorted(set(turning))


def check_code(rulebook: Rulebook, turning: tuple[date, ...], code: str, days: list[date]) -> None:
    asked = line(code)
    first: dict[date, Determination] = {}
    for day in days:
        told = Order((replace(asked, date_of_service=day),), complete=True)
        (found,) = determine(rulebook, told).determinations
        begins = max(each for each in turning if each <= day)
        known = first.setdefault(begins, found)
        assert known._replace(date_of_service=day) == found


def span_of(turning: tuple[date, ...], day: date) -> list[date]:
    """Some days that no turning day parts from this one: the ends, those beside it, itself."""
    first = max(each for each in turning if each <= day)
    after = [each for each in turning if each > day]
    last = after[0] - timedelta(days=1) if after else date.max
    near = {date.fromordinal(max(1, day.toordinal() + step)) for step in (-1, 1, 40)}
    return sorted({first, last, day, *(each for each in near if first <= each <= last)})
