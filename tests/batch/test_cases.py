"""Invariant 5: the language-neutral cases as orders of a table, one table for each rulebook."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tests.support.batch import TYPES, by_duckdb, interleaved_by_turns, table_of
from tests.support.cases import CaseBook, answered_cases, refused_cases
from tests.support.each_file import of_each_file

if TYPE_CHECKING:
    from tests.support.batch import Answered, Engine, Row
    from tests.support.cases import Json, SuiteCase

TEXTS: Any = dict.fromkeys(TYPES, pa.string()) | {
    "complete": pa.bool_(),
    "client_managed": pa.bool_(),
    "place": pa.int64(),
}
NO_TABLE = {"An order without a line", "A fact nobody knows"}
"""Refused cases that no table can tell: it has no order without a line and no nameless fact."""

Answers = dict[CaseBook, "Answered"]


def rows_of_case(case: SuiteCase) -> list[Row]:
    """Return the lines of the case's order; every fact stands as a text, as files hold them."""
    order = case.order
    return [
        {
            "order_id": str(case),
            "line_id": str(number),
            "complete": order.get("complete"),
            "client_managed": order.get("client_managed"),
            "plan": order.get("plan"),
            **{
                name: None if order.get(name) is None else _text(order[name])
                for name in ("age", "state", "diagnoses")
            },
            **{name: None if value is None else _text(value) for name, value in line.items()},
        }
        for number, line in enumerate(order["lines"], start=1)
    ]


def _text(value: object) -> str:
    return (" ".join(value) or "none") if isinstance(value, list) else str(value)


def answer_cases(engine: Engine) -> Answers:
    """Return what the engine answers to all cases, in one call for each rulebook."""
    cases = [case for case in (*answered_cases(), *refused_cases()) if case.name not in NO_TABLE]
    found: Answers = {}
    for book in dict.fromkeys(case.book for case in cases):
        of_book = [case for case in cases if case.book == book]
        table = table_of(interleaved_by_turns(list(map(rows_of_case, of_book))), **TEXTS)
        found[book] = engine(table, of_book[0].rulebook)
    return found


def case_differences(case: SuiteCase, answered: Answered) -> list[str]:
    """Return what differs between the rows of a case's order and what it expects."""
    rows = [row for row in answered.answers if row["order_id"] == str(case)]
    rows.sort(key=lambda row: int(row["line_id"]))
    wants = case.expect["determinations"]
    if len(rows) != len(wants):
        return [f"{len(rows)} lines answered, expected {len(wants)}"]
    plan = case.expect.get("case_plan")
    return [
        f"line {row['line_id']}: {name} is {row_value!r}, expected {value!r}"
        for row, want in zip(rows, wants, strict=True)
        for name, value in {**_wanted(want), **_in_plan(plan, want["line"])}.items()
        for row_value in [_told(row)[name]]
        if row_value != value
    ]


def _wanted(want: Json) -> Json:
    """Return a determination of a case in the words of the columns."""
    return {
        **{name: want[name] for name in ("outcome", "route", "platform", "source_lines")},
        "primary_line": want["primary"] and str(want["primary"]),
        "contact_party": want.get("contact_party"),
        "ask": sorted(want["ask"]),
        "violated_limits": [
            limit["condition"] for limit in want.get("limits", ()) if limit["met"] is False
        ],
        "reasons": sorted(want.get("reasons", ())),
    }


def _told(row: Row) -> Json:
    """Return a row in the words of the cases."""
    contact = row["contact"]
    return {
        **{name: row[name] for name in ("route", "platform", "primary_line", "case_plan")},
        "outcome": str(row["outcome"]),
        "case_key": row["case_key"],
        "source_lines": [int(ref.rpartition(":")[2]) for ref in _parts(row["source_lines"])],
        "contact_party": contact and contact.removeprefix("contact(").rstrip(")").split(",")[0],
        "ask": sorted({ask.partition("(")[0] for ask in _parts(row["ask"])}),
        "violated_limits": _parts(row["violated_limits"]),
        "reasons": sorted(set(_parts(row["reasons"]))),
    }


def _parts(text: str | None) -> list[str]:
    return text.split("; ") if text else []


def _in_plan(plan: Json | None, line: int) -> Json:
    """Return where the expected case plan has the line; nothing where a case expects none."""
    if plan is None:
        return {}
    for case in plan["cases"]:
        if line in case["lines"]:
            key = f"{case['platform'] or case['route']} / {case['program']}"
            return {"case_plan": "case", "case_key": key}
    places = [name for name in ("no_case", "ask_payer", "for_a_person") if line in plan[name]]
    return {"case_plan": places[0].replace("_", "-"), "case_key": None}


# --- the embedded engine -------------------------------------------------------------------------


@cache
def duckdb_answers() -> Answers:
    return answer_cases(by_duckdb)


@of_each_file(answered_cases())
def test_a_table_is_answered_as_the_case_expects(case: SuiteCase) -> None:
    assert case_differences(case, duckdb_answers()[case.book]) == []


@of_each_file(case for case in refused_cases() if case.name not in NO_TABLE)
def test_a_line_that_is_refused_is_a_reject(case: SuiteCase) -> None:
    check_refused(case, duckdb_answers()[case.book])


def check_refused(case: SuiteCase, answered: Answered) -> None:
    """Some line of the order is a reject with a reason, and every line has become something."""
    rejects = [row for row in answered.rejects if row["order_id"] == str(case)]
    answers = [row for row in answered.answers if row["order_id"] == str(case)]
    assert rejects
    assert all(row["reject_reason"] for row in rejects)
    lines = sorted(int(row["line_id"]) for row in (*rejects, *answers))
    assert lines == list(range(1, len(case.order["lines"]) + 1))


# --- what the comparison must not overlook -------------------------------------------------------


def test_only_lines_of_refused_orders_are_rejects() -> None:
    refused = {str(case) for case in refused_cases()}
    for answered in duckdb_answers().values():
        assert {row["order_id"] for row in answered.rejects} <= refused


def test_a_difference_is_found() -> None:
    case = next(case for case in answered_cases() if case.expect.get("case_plan"))
    answered = duckdb_answers()[case.book]
    row = next(row for row in answered.answers if row["order_id"] == str(case))
    for name in ("outcome", "route", "case_plan", "case_key", "reasons", "violated_limits", "ask"):
        changed = [{**row, name: "x"} if each is row else each for each in answered.answers]
        assert len(case_differences(case, answered._replace(answers=changed))) == 1
    assert case_differences(case, answered._replace(answers=[])) != []
