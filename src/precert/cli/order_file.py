"""From an order file to the order that is asked, with what the options tell about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from precert.determine import named_as, order_from_json, plan_named, read_age, read_state
from precert.determine.asked import Asked, told_diagnoses
from precert.determine.order_json import brief
from precert.determine.receipt import SCHEMA
from precert.errors import BadOrder

if TYPE_CHECKING:
    from datetime import date

    from precert.determine import OrderLine
    from precert.determine.asked import Told
    from precert.rulebook import AnyRulebook

T = TypeVar("T", str, bool, int, tuple[str, ...])


def asked_of_file(value: object, told: Told, on: date, rulebook: AnyRulebook) -> Asked:
    """Return the order of an order file, with what the options told about the order as a whole.

    A receipt is its `facts`. A file that does not speak of `complete` is the whole order. What
    belongs to a line stands in the file, and nothing may be told twice. Raises `CallerError`.
    """
    value = _facts(value)
    of_a_line = {
        "--program": told.program,
        "--place-of-service": told.place_of_service,
        "--acquisition": told.acquisition,
        "--units": told.units,
        "--modifier": told.modifiers or None,
    }
    for option, given in of_a_line.items():
        if given is not None:
            raise BadOrder(read=f"{option} beside --order", expected="it in the lines of the file")
    order = order_from_json(value, on=on)
    complete = _told_once("complete", order.complete, told.complete)
    silent = complete is None and isinstance(value, dict) and "complete" not in value
    order = replace(
        order,
        lines=tuple(_of_program(line, rulebook) for line in order.lines),
        complete=True if silent else complete,
        plan=_told_once("plan", _plan(order.plan, rulebook), _plan(told.plan, rulebook)),
        client_managed=_told_once("client_managed", order.client_managed, told.client_managed),
        age=_told_once("age", order.age, None if told.age is None else read_age(told.age)),
        state=_told_once("state", order.state, _state(told.state)),
        diagnoses=_told_once("diagnoses", order.diagnoses, told_diagnoses(told.diagnoses)),
    )
    return Asked(order, as_file=silent)


def _facts(value: object) -> object:
    """Return the order that an order file holds; of a whole receipt, its `facts`."""
    if not isinstance(value, dict) or not {"schema", "facts"} <= set(value):
        return value
    if value["schema"] != SCHEMA:
        read = f"a receipt of the schema {brief(value['schema'])}"
        raise BadOrder(read=read, expected=f"an order, or a receipt of the schema {SCHEMA}")
    return value["facts"]


def _told_once(fact: str, in_file: T | None, by_option: T | None) -> T | None:
    if in_file is not None and by_option is not None and in_file != by_option:
        raise BadOrder(
            read=f"{fact}: {brief(in_file)} in the file and {brief(by_option)} as an option",
            expected="it once",
        )
    return by_option if in_file is None else in_file


def _of_program(line: OrderLine, rulebook: AnyRulebook) -> OrderLine:
    """Return the line with its program as the rulebook writes it; `determine` refuses another."""
    named = None if line.program is None else named_as(line.program, rulebook.program_names)
    return line if named is None else replace(line, program=named)


def _state(told: str | None) -> str | None:
    return None if told is None else read_state(told)


def _plan(told: str | None, rulebook: AnyRulebook) -> str | None:
    return None if told is None else plan_named(rulebook, told)
