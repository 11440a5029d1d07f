"""Orders as a table of lines, and what each of its lines must be answered: for every batch engine.

An engine answers a table; what it must answer is written here straight from `determine`, in the
words of `docs/batch-columns.md`, and never by what batch itself writes answers with.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pyarrow as pa

from precert.batch import determine_table
from precert.determine import Fact, determine
from precert.notation import encode, format_condition
from tests.support.spark import spark_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from precert.determine import Ask, Determination, Order, OrderAnswer
    from precert.model import Contact, SourceRef
    from precert.rulebook import AnyRulebook

Row = dict[str, Any]
"""One line of a table: what stands in each column."""

Orders = dict[str, "Order"]
"""Orders by their ids."""

TYPES = {
    "order_id": pa.string(),
    "line_id": pa.string(),
    "code": pa.string(),
    "date_of_service": pa.date32(),
    "complete": pa.bool_(),
    "client_managed": pa.bool_(),
    "plan": pa.string(),
    "age": pa.int64(),
    "state": pa.string(),
    "diagnoses": pa.string(),
    "program": pa.string(),
    "modifiers": pa.string(),
    "units": pa.int64(),
    "place_of_service": pa.string(),
    "acquisition": pa.string(),
    "note": pa.string(),
    "place": pa.int64(),
}
"""The columns of a table that says all; the last two mean nothing to anybody else."""

OF_ORDER = ("complete", "client_managed", "plan", "age", "state", "diagnoses")
ANSWER = (
    *("outcome", "route", "platform", "contact", "case_plan", "case_key", "primary_line", "ask"),
    *("violated_limits", "reasons", "rule_ids", "source_lines", "programs", "rulebook"),
)


class Answered(NamedTuple):
    """What an engine made of a table: the rows that it answered and the rows that it did not."""

    answers: list[Row]
    rejects: list[Row]


class Engine(Protocol):
    """Answers a table with a rulebook; own columns and those of the answer stand in each row."""

    def __call__(self, table: Any, rulebook: AnyRulebook, /) -> Answered: ...  # noqa: ANN401 - pyarrow has no types


def by_duckdb(table: Any, rulebook: AnyRulebook, /) -> Answered:  # noqa: ANN401 - pyarrow has no types
    """Answer with the embedded engine."""
    answers, rejects, _ = determine_table(table, rulebook)
    return Answered(answers.to_pylist(), rejects.to_pylist())


def by_spark(table: Any, rulebook: AnyRulebook, /) -> Answered:  # noqa: ANN401 - pyarrow has no types
    """Answer with Spark, in a local session; rows come back in any order."""
    from precert.batch.spark.frame import determine_frame  # noqa: PLC0415 - starts a session

    frame = spark_session().createDataFrame(table)
    rows = determine_frame(frame, rulebook).toArrow().to_pylist()
    return Answered(
        [row for row in rows if row["reject_reason"] is None],
        [row for row in rows if row["reject_reason"] is not None],
    )


def seeded(seed: object) -> Random:
    """Return a source of chance that gives the same on every run."""
    return Random(str(seed))  # noqa: S311 - nothing here is secret


# --- orders as rows ------------------------------------------------------------------------------


def rows_of(orders: Orders) -> list[list[Row]]:
    """Return the rows of each order; every row tells what is known of the order as a whole."""
    return [
        [
            {
                "order_id": order_id,
                "line_id": f"{order_id}/{number}",
                "code": line.code,
                "date_of_service": line.date_of_service,
                "complete": order.complete,
                "client_managed": order.client_managed,
                "plan": order.plan,
                "age": order.age,
                "state": order.state,
                "diagnoses": _listed(order.diagnoses),
                "program": line.program,
                "modifiers": _listed(line.modifiers),
                "units": line.units,
                "place_of_service": line.place_of_service,
                "acquisition": line.acquisition and str(line.acquisition),
                "note": f"kept as it is: {number}",
            }
            for number, line in enumerate(order.lines, start=1)
        ]
        for order_id, order in orders.items()
    ]


def _listed(told: Sequence[str] | None) -> str | None:
    """Return how a table tells several values, that there are none, and nothing."""
    return None if told is None else " ".join(told) or "none"


def told_once(rows: Iterable[Row], random: Random) -> None:
    """Leave each fact of the order as a whole on some of its rows only, on one at least."""
    some = list(rows)
    for fact in OF_ORDER:
        teller = random.randrange(len(some))
        for number, row in enumerate(some):
            if number != teller and random.random() < 0.5:
                row[fact] = None


def interleaved(orders: Iterable[Sequence[Row]], random: Random) -> list[Row]:
    """Return the rows of all orders mixed at random, those of one order in their own order.

    `place` tells where a row stands.
    """
    waiting = [list(reversed(rows)) for rows in orders]
    turns = [number for number, rows in enumerate(waiting) for _ in rows]
    random.shuffle(turns)
    mixed = [waiting[turn].pop() for turn in turns]
    return [{**row, "place": place} for place, row in enumerate(mixed)]


def interleaved_by_turns(orders: Sequence[Sequence[Row]]) -> list[Row]:
    """Return the rows of all orders: the first of each, then the second of each, and so on."""
    longest = max((len(rows) for rows in orders), default=0)
    mixed = [rows[at] for at in range(longest) for rows in orders if at < len(rows)]
    return [{**row, "place": place} for place, row in enumerate(mixed)]


def table_of(rows: Iterable[Row], without: Sequence[str] = (), **types: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the Arrow table of the rows, `without` some columns; `types` replace the usual."""
    columns = {name: kind for name, kind in {**TYPES, **types}.items() if name not in without}
    return pa.Table.from_pylist(list(rows), schema=pa.schema(columns))


# --- what must be answered -----------------------------------------------------------------------


def wanted(
    rulebook: AnyRulebook, orders: Orders, labels: Mapping[str, Sequence[object]] | None = None
) -> dict[tuple[str, object], Row]:
    """Return the answer to each line, by its order and its label: its `line_id` unless told."""
    found: dict[tuple[str, object], Row] = {}
    for order_id, order in orders.items():
        named = (labels or {}).get(order_id) or label_lines(order_id, order)
        answer = determine(rulebook, order)
        for label, one in zip(named, answer.determinations, strict=True):
            found[order_id, label] = _wanted(answer, one, named)
    return found


def label_lines(order_id: str, order: Order) -> list[str]:
    """Return the `line_id` of each line of an order."""
    return [f"{order_id}/{number}" for number in range(1, len(order.lines) + 1)]


def given(rows: Iterable[Row], label: str = "line_id") -> dict[tuple[str, object], Row]:
    """Return the columns of the answer that an engine gave, by order and label."""
    return {
        (row["order_id"], row[label]): {
            name: str(row[name]) if name == "outcome" else row[name] for name in ANSWER
        }
        for row in rows
    }


def differing(
    got: Mapping[tuple[str, object], Row], want: Mapping[tuple[str, object], Row]
) -> list[str]:
    """Return what differs between two sets of answers, one sentence per field; nothing if equal."""
    found = [f"{key}: not answered" for key in want.keys() - got.keys()]
    found += [f"{key}: nobody asked" for key in got.keys() - want.keys()]
    for key in want.keys() & got.keys():
        found += [
            f"{key}: {name} is {got[key][name]!r}, expected {value!r}"
            for name, value in want[key].items()
            if got[key][name] != value
        ]
    return sorted(found)


def _wanted(answer: OrderAnswer, one: Determination, labels: Sequence[object]) -> Row:
    place, case_key = _place(answer, one.line)
    violated = [limit.condition for limit in one.limits if limit.truth is False]
    programs = dict.fromkeys(rule.program for rule in one.rules)
    texts = {
        "outcome": str(one.outcome),
        "route": None if one.route is None else str(one.route),
        "platform": one.platform,
        "contact": None if one.contact is None else _contact(one.contact),
        "case_plan": place,
        "case_key": case_key,
        "ask": "; ".join(_ask(ask, answer.order) for ask in one.ask),
        "violated_limits": "; ".join(format_condition(condition) for condition in violated),
        "reasons": "; ".join(str(reason.kind) for reason in one.reasons),
        "rule_ids": "; ".join(encode(rule.rule_id) for rule in one.rules),
        "source_lines": "; ".join(encode(_printed(rule.ref)) for rule in one.rules)
        or "; ".join(each.subjects[0] for each in one.reasons if each.kind == "exhaustive"),
        "programs": "; ".join(encode(program) for program in programs),
        "rulebook": answer.rulebook_of(one).digest,
    }
    primary = None if one.primary is None else labels[one.primary - 1]
    return {**{name: text or None for name, text in texts.items()}, "primary_line": primary}


def _place(answer: OrderAnswer, line: int) -> tuple[str, str | None]:
    plan = answer.case_plan
    for case in plan.cases:
        if line in case.lines:
            return "case", f"{case.platform or case.route} / {case.program}"
    if line in plan.no_case:
        return "no-case", None
    if line in plan.ask_payer:
        return "ask-payer", None
    assert line in plan.for_a_person
    return "for-a-person", None


def _contact(contact: Contact) -> str:
    return format_condition(replace(contact, effective_from=None))


def _ask(ask: Ask, order: Order) -> str:
    choices = ask.choices
    if ask.fact is Fact.COMPANION_LINE:
        choices = tuple(dict.fromkeys(order.lines[int(number) - 1].code for number in choices))
    return f"{ask.fact}({', '.join(map(encode, choices))})" if choices else str(ask.fact)


def _printed(ref: SourceRef) -> str:
    """Return a place as an editor takes it, its page or sheet before the line."""
    part = f"page {ref.page}" if ref.page else ref.sheet
    return ":".join(filter(None, (ref.document, part, str(ref.line))))
