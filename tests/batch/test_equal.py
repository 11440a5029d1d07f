"""Invariant 5 on tables: a line of a table is answered as `determine` answers it in its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precert.batch.columns import find_columns
from precert.determine import OTHER_PLAN, Acquisition, Order, OrderLine
from precert.model import CodeRange, Contact, DiagnosisSpan, NoAuthStated
from precert.rulebook import Editions, Rulebook
from tests.strategies import parts
from tests.support.batch import (
    OF_ORDER,
    TYPES,
    Answered,
    by_duckdb,
    differing,
    interleaved,
    label_lines,
    rows_of,
    seeded,
    table_of,
    told_once,
    wanted,
)
from tests.support.batch import given as answered_by
from tests.support.cases import rulebook_of
from tests.support.editions import ACME
from tests.support.orders import INVENTED, MODIFIERS, OF_MEMBER, Asking, orders, rulebooks
from tests.support.rulebooks import DAY, book, code, line, row
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from precert.rulebook import AnyRulebook
    from tests.support.batch import Engine, Orders, Row

REAL = rulebook_of()
TEXTS: Any = dict.fromkeys(TYPES, pa.string()) | {"place": pa.int64()}

many = settings(max_examples=examples(3, 12), suppress_health_check=list(HealthCheck))
SOME = examples(500, 1500)
"""Orders of a large book."""


# --- orders of every sort ------------------------------------------------------------------------


def turning(rulebook: AnyRulebook) -> list[date]:
    """The days that the rulebook speaks of, with their neighbours."""
    spoken: set[date | None] = set()
    for edition in (one.edition for one in rulebook.editions):
        spoken |= {edition.effective_from, edition.effective_to, edition.review_by}
    for rule in rulebook.rules:
        spoken |= {rule.effective_from, rule.effective_to}
        spoken |= {
            each.effective_from
            for each in rule.conditions
            if isinstance(each, NoAuthStated | Contact)
        }
    days = {date.min, date.max, DAY}
    for day in spoken - {None}:
        assert day is not None
        days |= {
            date.fromordinal(number)
            for number in range(day.toordinal() - 1, day.toordinal() + 2)
            if 1 <= number <= date.max.toordinal()
        }
    return sorted(days)


def asking_of(rulebook: AnyRulebook) -> Asking:
    """The codes of the rulebook, ends of its ranges, those it names, two it does not know."""
    named = [c for rule in rulebook.rules for each in rule.conditions for c in _codes(each)]
    printed = [end for rule in rulebook.rules for end in _ends(rule.code)]
    codes = sorted({*printed, *named})
    return Asking([*codes, "99213", "K0009"], rulebook.program_names, rulebook.plans)


def _codes(condition: object) -> Sequence[str]:
    named = getattr(condition, "codes", ())
    return [code for each in named for code in _ends(each)]


def _ends(named: object) -> Sequence[str]:
    """The code that is named, or the first and the last; of diagnoses none."""
    if isinstance(named, DiagnosisSpan):
        return ()
    return (named.first, named.last) if isinstance(named, CodeRange) else (str(named),)


def random_line(asking: Asking, days: Sequence[date], random: Random) -> OrderLine:
    """A line that tells this and that; mostly on the first of the days."""
    told = OrderLine(
        code(random.choice(asking.codes)),
        days[0] if random.random() < 0.8 else random.choice(days),
        modifiers=random.choice(MODIFIERS),
        units=random.choice([None, None, 1, 2, 5]),
        program=random.choice([None, None, None, *asking.programs]) if asking.programs else None,
        place_of_service=random.choice([None, None, "11", "12"]),
    )
    if told.acquired() is None and random.random() < 0.3:
        return replace(told, acquisition=random.choice(list(Acquisition)))
    return told


def random_orders(rulebook: AnyRulebook, count: int, random: Random, asking: Asking) -> Orders:
    """Many orders with all facts, on and around the days on which an answer may turn."""
    days = turning(rulebook)
    found: Orders = {}
    for number in range(count):
        usual = [random.choice(days), *random.sample(days, min(3, len(days)))]
        size = random.choice([1, 1, 2, 2, 3, 4, 7])
        lines = tuple(random_line(asking, usual, random) for _ in range(size))
        plan = random.choice([None, None, OTHER_PLAN, *asking.plans])
        complete = random.choice([None, True, False])
        of_member = {name: random.choice([None, *of]) for name, of in OF_MEMBER.items()}
        managed = random.choice([None, True, False])
        found[f"o{number}"] = Order(lines, complete, plan, managed, **of_member)
    return found


def telling(rulebook: AnyRulebook) -> Asking:
    """Mostly codes whose rows say more than yes or no: these meet in orders."""
    asking = asking_of(rulebook)
    by_code = {
        code: rulebook.rules_for(code)
        for rule in rulebook.rules
        if not isinstance(code := rule.code, CodeRange)
    }
    codes = [code for code, rules in by_code.items() if len(rules) > 1 or rules[0].conditions]
    primaries = ("63650", "63047", "27447", "27412", "62361", "64479", "36475", "78431", "22552")
    return asking._replace(codes=[*codes * 3, *primaries * 30, *asking.codes])


def check(
    rulebook: AnyRulebook, told: Orders, random: Random, *, without: Sequence[str] = ()
) -> Answered:
    """Every line has its answer; own columns and the order of lines are as they were."""
    rows = rows_of(told)
    for of_order in rows:
        told_once(of_order, random)
    mixed = interleaved(rows, random)
    found = by_duckdb(table_of(mixed, without), rulebook)
    assert found.rejects == []
    own = [name for name in TYPES if name not in without]
    assert [{name: row[name] for name in own} for row in found.answers] == [
        {name: row[name] for name in own} for row in mixed
    ]
    assert differing(answered_by(found.answers), wanted(rulebook, told)) == []
    return found


# --- the equality --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_large_book_of_the_real_list(seed: int) -> None:
    random = seeded(seed)
    check(REAL, random_orders(REAL, 2500, random, telling(REAL)), random)


@pytest.mark.parametrize("edition", ["effective_to", "effective_from"])
def test_a_book_of_an_edition_with_other_dates(edition: str) -> None:
    random = seeded(edition)
    rulebook = rulebook_of(((edition, "2026-06-30"),))
    check(rulebook, random_orders(rulebook, SOME, random, telling(rulebook)), random)


def test_a_book_of_three_editions() -> None:
    """They overlap and leave days out, and each knows other programs and plans."""
    random = seeded(7)
    told = random_orders(ACME, SOME, random, asking_of(ACME))
    found = check(ACME, told, random)
    digests = {edition.digest for edition in ACME.editions}
    assert {row["rulebook"] for row in found.answers} == digests


def test_a_book_of_two_editions_of_the_real_list() -> None:
    """The later one begins within the earlier one, and lacks every second rule."""
    random = seeded(8)
    begins = date(2026, 7, 1)
    first = replace(REAL.edition, effective_to=date(2026, 8, 31))
    later = replace(REAL.edition, name="later", effective_from=begins)
    rules = REAL.rules[::2]
    editions = Editions.build(
        Rulebook.build(edition, REAL.programs, REAL.plans, REAL.documents, kept)
        for edition, kept in ((first, REAL.rules), (later, rules))
    )
    check(editions, random_orders(editions, SOME, random, telling(editions)), random)


@settings(many, max_examples=examples(3, 8))
@given(st.lists(rulebooks(), min_size=2, max_size=3), st.integers(0, 1 << 30))
def test_books_of_editions_of_invented_lists(drawn: list[Rulebook], seed: int) -> None:
    """The first ends before or after the second begins."""
    random = seeded(seed)
    books = []
    for number, one in enumerate(drawn):
        begins = date(2026, 1 + 4 * number, 1)
        ends = random.choice([None, date(2026, 3 + 4 * number, 1), date(2026, 7 + 2 * number, 1)])
        edition = replace(one.edition, name=str(number), effective_from=begins, effective_to=ends)
        books.append(Rulebook.build(edition, one.programs, one.plans, one.documents, one.rules))
    editions = Editions.build(books)
    check(editions, random_orders(editions, 60, random, INVENTED), random)


@pytest.mark.slow
def test_every_code_of_the_real_list_on_every_turning_day() -> None:
    """One line an order, with nothing told: what a batch settles before it sees a line."""
    days = turning(REAL)
    told = {
        f"{code} {day}": Order((OrderLine(code, day),), complete=complete)
        for number, code in enumerate(REAL.by_code)
        for day in days
        for complete in [(None, True, False)[number % 3]]
    }
    check(REAL, told, seeded(0))


@many
@given(rulebooks(), st.integers(0, 1 << 30))
def test_books_of_invented_lists(rulebook: Rulebook, seed: int) -> None:
    random = seeded(seed)
    check(rulebook, random_orders(rulebook, 60, random, INVENTED), random)


@many
@given(rulebooks(), st.lists(orders(INVENTED), min_size=1, max_size=6), st.randoms())
def test_drawn_orders_of_invented_lists(
    rulebook: Rulebook, drawn: list[Order], random: Random
) -> None:
    check(rulebook, {f"o{number}": order for number, order in enumerate(drawn)}, random)


@many
@given(parts(), st.integers(0, 1 << 30))
def test_books_of_rulebooks_with_any_text(drawn: Any, seed: int) -> None:  # noqa: ANN401 - Parts
    rulebook = drawn.build()
    random = seeded(seed)
    asking = asking_of(rulebook)
    names = [name for name in asking.programs if _is_plain(name, asking.programs)]
    plans = [name for name in asking.plans if _is_plain(name, [*asking.plans, OTHER_PLAN])]
    told = random_orders(rulebook, 40, random, asking._replace(programs=names, plans=plans))
    check(rulebook, told, random)


def _is_plain(name: str, names: Sequence[str]) -> bool:
    """Whether a name can be told in one way: no other differs from it in case only."""
    return sum(each.casefold() == name.casefold() for each in names) == 1


@pytest.mark.parametrize(
    "kept",
    [
        (),
        ("units",),
        ("modifiers",),
        ("program",),
        ("place_of_service",),
        ("acquisition",),
        ("plan",),
        ("client_managed",),
        ("complete",),
        ("age",),
        ("state",),
        ("diagnoses",),
        ("units", "plan"),
    ],
    ids="+".join,
)
def test_a_table_with_few_columns(kept: tuple[str, ...]) -> None:
    """A fact without a column is not told; without `complete` an order is whole."""
    random = seeded(str(kept))
    facts = {*OF_ORDER, "program", "modifiers", "units", "place_of_service", "acquisition"}
    rulebook = book(
        row("Wheels", "K0001", "add-on", "with-program(Wheels, Air)"),
        row("Air", "E0601", conditions="purchase-above(1)", platform="Southwind"),
        row("Air", "K0001", conditions="for-plan(Silver)"),
        row("Wheels", "K0002", conditions="client-specific; at-home"),
        row("Knees", "J7330", conditions="purchase"),
        row("Air", "E0470", category="Things"),
        row("Knees", "E0470", conditions="age(from=21); in-state(FL); otherwise(not-required)"),
        row("Knees", "E0601", "not-required", "with-diagnosis(C50); otherwise(required)"),
        row("Knees", "K0002", "add-on", "with-modifier(RT); units-above(2); otherwise(required)"),
        row("Air", "J7330", "add-on", "add-on-to(K0001-K0009)"),
    )
    told = random_orders(rulebook, examples(60, 300), random, INVENTED)
    empty = OrderLine(code("99999"), DAY)
    for order_id, order in told.items():
        lines = tuple(
            replace(each, **{name: getattr(empty, name) for name in facts - {*kept, *OF_ORDER}})
            for each in order.lines
        )
        nothing: Any = dict.fromkeys({*OF_ORDER} - {*kept})
        told[order_id] = replace(order, lines=lines, **nothing)
        if "complete" not in kept:
            told[order_id] = replace(told[order_id], complete=True)
    check(rulebook, told, random, without=sorted(facts - {*kept}))


def test_a_follower_names_its_primary_by_number_where_lines_have_no_ids() -> None:
    random = seeded(3)
    told = random_orders(REAL, 300, random, telling(REAL))
    mixed = interleaved(rows_of(told), random)
    found = by_duckdb(table_of(mixed, ["line_id"]), REAL)
    labels = {order_id: range(1, len(order.lines) + 1) for order_id, order in told.items()}
    rows = [{**answer, "line_id": asked["line_id"]} for answer, asked in zip(found.answers, mixed)]  # noqa: B905 - checked below
    assert len(rows) == len(mixed)
    want = wanted(REAL, told, labels)
    want = {(order_id, f"{order_id}/{label}"): row for (order_id, label), row in want.items()}
    assert differing(answered_by(rows), want) == []
    assert any(row["primary_line"] for row in rows)


# --- ranges of codes -----------------------------------------------------------------------------

RANGES = book(
    row("Wheels", "K0001-K0009"),
    row("Wheels", "K0005", "not-required"),
    row("Air", "E0600-E0699", "not-required"),
    row("Air", "E0650-E0676", "add-on"),
    row("Knees", "L1800-L1899", conditions="with-program(Wheels); with-code(K0003)"),
    row("Knees", "REV0240-REV0249", conditions="denied-if-requested(REV0244)"),
)
OF_RANGES = Asking(
    ("K0001", "K0003", "K0005", "E0600", "E0660", "L1833", "REV0240", "REV0244", "K0010"),
    RANGES.program_names,
    RANGES.plans,
)


def test_codes_that_lie_in_ranges() -> None:
    check_ranges(by_duckdb)


def check_ranges(engine: Engine) -> None:
    random = seeded(21)
    told = random_orders(RANGES, 150, random, OF_RANGES)
    found = engine(table_of(interleaved(rows_of(told), random)), RANGES)
    assert found.rejects == []
    assert differing(answered_by(found.answers), wanted(RANGES, told)) == []
    assert any("by-range" in (answer["reasons"] or "") for answer in found.answers)


# --- what changes nothing ------------------------------------------------------------------------


@settings(many, max_examples=examples(2, 6))
@given(rulebooks(), st.integers(0, 1 << 30))
def test_other_orders_change_nothing(rulebook: Rulebook, seed: int) -> None:
    """Mixed otherwise, answered in two tables, or with strangers beside: each line the same."""
    random = seeded(seed)
    told = random_orders(rulebook, 30, random, INVENTED)
    half = dict(list(told.items())[:15])
    rest = {order_id: order for order_id, order in told.items() if order_id not in half}
    together = answered_by(check(rulebook, told, random).answers)
    apart = answered_by(check(rulebook, half, random).answers)
    apart |= answered_by(check(rulebook, rest, random).answers)
    assert differing(apart, together) == []
    again = answered_by(check(rulebook, told, random).answers)
    assert differing(again, together) == []


# --- lines that cannot be read -------------------------------------------------------------------

UNREADABLE: dict[str, Sequence[str | None]] = {
    "code": ["O331T", "", None, "2744", "72148-RT", "99999999"],
    "date_of_service": ["2026-02-30", None, " ", "03/02/2026", "0000-01-01", "2026-13-01"],
    "units": ["0", "-1", "2.5", "many"],
    "place_of_service": ["home", "123", "-1"],
    "program": ["Nobody"],
    "plan": ["Gold"],
    "complete": ["maybe", "2"],
    "client_managed": ["unknown"],
    "age": ["-1", "131", "1990-03-02"],
    "state": ["XX"],
    "diagnoses": ["174.9", "C50 and more"],
    "modifiers": ["NU RR", "R", "RT LT 50 26 59"],
    "acquisition": ["lent"],
}


def as_texts(rows: list[Row]) -> list[Row]:
    texts = [
        {name: value if value is None else str(value) for name, value in row.items()}
        for row in rows
    ]
    return [{**text, "place": row["place"]} for text, row in zip(texts, rows, strict=True)]


def spoil(row: Row, random: Random, rulebook: Rulebook) -> None:
    """Put something unreadable where the rulebook reads: a fact that it asks for."""
    read = find_columns(list(TYPES), {}, [rulebook])
    role = random.choice([role for role in UNREADABLE if role in read])
    row[role] = random.choice(UNREADABLE[role])


def check_spoiled(
    rulebook: Rulebook, told: Orders, random: Random, engine: Engine = by_duckdb
) -> None:
    rows = as_texts(interleaved(rows_of(told), random))
    spoiled = {row["place"] for row in rows if random.random() < 0.1}
    for place in spoiled:
        spoil(rows[place], random, rulebook)
    left: Orders = {}
    labels: dict[str, list[str]] = {}
    for order_id, order in told.items():
        of_order = sorted(
            (row for row in rows if row["order_id"] == order_id), key=lambda row: row["place"]
        )
        kept = [number for number, row in enumerate(of_order) if row["place"] not in spoiled]
        if kept:
            lines = tuple(order.lines[number] for number in kept)
            complete = order.complete if len(kept) == len(of_order) else False
            left[order_id] = replace(order, lines=lines, complete=complete)
            labels[order_id] = [label_lines(order_id, order)[number] for number in kept]
    found = engine(table_of(rows, **TEXTS), rulebook)
    rejected, answered = ([row["place"] for row in each] for each in reversed(found))
    if engine is not by_duckdb:  # Spark shuffles
        rejected, answered = sorted(rejected), sorted(answered)
    else:
        assert [row["reject_row"] for row in found.rejects] == rejected
    assert rejected == sorted(spoiled)
    assert answered == sorted({*range(len(rows))} - spoiled)
    assert all(row["reject_reason"] for row in found.rejects)
    for reject in found.rejects:
        assert {name: reject[name] for name in TYPES} == rows[reject["place"]]
    assert differing(answered_by(found.answers), wanted(rulebook, left, labels)) == []


@many
@given(rulebooks(), st.integers(0, 1 << 30))
def test_a_line_that_cannot_be_read_leaves_its_order_open(rulebook: Rulebook, seed: int) -> None:
    random = seeded(seed)
    check_spoiled(rulebook, random_orders(rulebook, 60, random, INVENTED), random)


def test_lines_of_the_real_list_that_cannot_be_read() -> None:
    random = seeded(7)
    check_spoiled(REAL, random_orders(REAL, SOME, random, telling(REAL)), random)


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_line_without_an_order_is_a_reject(nothing: str | None) -> None:
    rows: list[Row] = interleaved(rows_of({"a": Order((line("K0001"), line("E0601")))}), seeded(0))
    rows[0]["order_id"] = nothing
    found = by_duckdb(table_of(rows), book(row("Wheels", "K0001"), row("Air", "E0601")))
    assert [answer["place"] for answer in found.answers] == [1]
    assert [(reject["place"], reject["reject_reason"][:9]) for reject in found.rejects] == [
        (0, "order_id:")
    ]


@pytest.mark.parametrize(
    ("fact", "one", "other"),
    [
        ("plan", "Silver", "Bronze"),
        ("client_managed", True, False),
        ("complete", True, False),
        ("age", 34, 35),
        ("state", "FL", "GA"),
        ("diagnoses", "C50.1", "none"),
    ],
)
def test_lines_that_contradict_each_other_about_their_order(
    fact: str, one: object, other: object
) -> None:
    """Only a line whose answer looks at more than itself is a reject; another order is not."""
    rulebook = book(
        row("Wheels", "K0001", conditions="for-plan(Silver); client-specific; age(from=21)"),
        row("Wheels", "E0470", conditions="with-program(Air); in-state(FL); with-diagnosis(C50)"),
        row("Air", "E0601"),
    )
    lines = (line("K0001"), line("E0470"), line("E0601"))
    rows = [row for each in rows_of({"a": Order(lines), "b": Order(lines)}) for row in each]
    rows = interleaved([rows], seeded(0))
    rows[0][fact], rows[2][fact] = one, other
    found = by_duckdb(table_of(rows), rulebook)
    assert [row["line_id"] for row in found.rejects] == ["a/1", "a/2"]
    assert all(f"{fact}: " in row["reject_reason"] for row in found.rejects)
    assert [row["line_id"] for row in found.answers] == ["a/3", "b/1", "b/2", "b/3"]


# --- what the comparison must not overlook -------------------------------------------------------


def test_the_comparison_finds_every_difference() -> None:
    told = {"a": Order((line("K0001"), line("E0601")))}
    rulebook = book(row("Wheels", "K0001", "add-on", "with-program(Air)"), row("Air", "E0601"))
    want = wanted(rulebook, told)
    assert want["a", "a/1"]["primary_line"] == "a/2"
    for name in want["a", "a/1"]:
        changed = {**want, ("a", "a/1"): {**want["a", "a/1"], name: "something else"}}
        assert len(differing(changed, want)) == 1
    assert len(differing({}, want)) == 2
    assert len(differing(want, {})) == 2
