"""Reads an order from JSON values: the `facts` of a receipt, or an order file that a user wrote.

An order file is an object with `lines` and, where told, `complete`, `plan`, `client_managed`,
`age`, `state` and `diagnoses`; a line has `code` and, where told, the other fields. Null is "not
told", an empty list that there are none. A key nobody knows is refused: a mistyped fact must not be
lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from precert.codes import is_code, parse_code
from precert.determine.order import Order
from precert.determine.order_facts import read_age, read_diagnosis, read_state
from precert.determine.order_line import Acquisition, OrderLine
from precert.determine.order_text import (
    read_date,
    read_modifier,
    read_place_of_service,
    read_units,
)
from precert.errors import BadCode, BadOrder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from precert.model import Code

T = TypeVar("T")

_MAX_MODIFIERS = 4  # a claim line holds four
_LONGEST = 60

_ORDER_KEYS = {"lines", "complete", "plan", "client_managed", "age", "state", "diagnoses"}
_LINE_KEYS = {
    "line",
    "code",
    "date_of_service",
    "modifiers",
    "units",
    "program",
    "place_of_service",
    "acquisition",
}


def order_from_json(value: object, *, on: date | None = None) -> Order:
    """Return the order that the JSON values tell.

    `on` is the date of service of a line that tells none. Raises `BadOrder` and `BadCode`, each
    naming the place in the order (`lines[2].units`).
    """
    told = _object(value, "the order", _ORDER_KEYS)
    lines = told.get("lines")
    if not isinstance(lines, list) or not lines:
        expected = "a list of at least one line"
        raise BadOrder(read=_read(told, "lines"), expected=expected, where="lines")
    return Order(
        tuple(_line(line, index, on) for index, line in enumerate(lines)),
        complete=_flag(told, "complete"),
        plan=_text(told, "plan"),
        client_managed=_flag(told, "client_managed"),
        age=_age(told),
        state=_state(told),
        diagnoses=_diagnoses(told),
    )


def brief(value: object, longest: int = _LONGEST) -> str:
    """Return a JSON value as it is written, on one line, cut where it is long."""
    import json  # noqa: PLC0415 - only a message needs it, and not every message

    try:
        text = json.dumps(value, default=repr)
    except (RecursionError, TypeError, ValueError):  # nested too deeply, or no JSON value
        return f"a {type(value).__name__} that is no JSON"
    return text if len(text) <= longest else f"{text[:longest]}..."


def _line(value: object, index: int, on: date | None) -> OrderLine:
    where = f"lines[{index}]"
    told = _object(value, where, _LINE_KEYS)
    number = told.get("line")
    if number is not None and (number != index + 1 or isinstance(number, bool)):
        expected = f"{index + 1}, as the lines are numbered, or no number"
        raise BadOrder(read=brief(number), expected=expected, where=f"{where}.line")
    code = _code(told, where)
    day, modifiers, units = _date(told, where, on), _modifiers(told, where), _units(told, where)
    program, place = _text(told, "program", where), _place(told, where)
    acquisition = _acquisition(told, where)
    try:
        return OrderLine(code, day, modifiers, units, program, place, acquisition)
    except BadOrder as error:  # facts that contradict each other
        raise BadOrder(read=error.read, expected=error.expected, where=where) from None


def _code(told: dict[str, Any], where: str) -> Code:
    place = f"{where}.code"
    value = told.get("code")
    if value is None:
        raise BadOrder(read="no code", expected="a procedure code", where=place)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise BadOrder(read=brief(value), expected="a procedure code as a text", where=place)
    parsed = parse_code(value)
    if is_code(parsed):
        return parsed
    raise BadCode(str(parsed), place)


def _object(value: object, where: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadOrder(read=brief(value), expected="an object", where=where)
    unknown = sorted(set(value) - known, key=str)
    if unknown:
        keys = ", ".join(sorted(known))
        raise BadOrder(read=f"the key {brief(unknown[0])}", expected=f"one of {keys}", where=where)
    return value


def _read(told: dict[str, Any], key: str) -> str:
    """Return what was read under the key, as JSON; that it is missing where it is."""
    return brief(told[key]) if key in told else f"no {key}"


def _flag(told: dict[str, Any], key: str) -> bool | None:
    value = told.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise BadOrder(read=brief(value), expected="true, false or null", where=key)


def _text(told: dict[str, Any], key: str, where: str = "") -> str | None:
    value = told.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    place = f"{where}.{key}" if where else key
    raise BadOrder(read=brief(value), expected="a text or null", where=place)


def _at(where: str, read: Callable[[str], T], text: str) -> T:
    """Return what `read` makes of the text; its error gets the place and the text as JSON."""
    try:
        return read(text)
    except BadOrder as error:
        raise BadOrder(read=brief(text), expected=error.expected, where=where) from None


def _date(told: dict[str, Any], where: str, on: date | None) -> date:
    text = _text(told, "date_of_service", where)
    if text is not None:
        return _at(f"{where}.date_of_service", read_date, text)
    if on is None:
        raise BadOrder(read="no date_of_service", expected="a date as YYYY-MM-DD", where=where)
    return on


def _age(told: dict[str, Any]) -> int | None:
    value = told.get("age")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadOrder(read=brief(value), expected="an age in whole years", where="age")
    return _at("age", read_age, value if isinstance(value, str) else brief(value))


def _state(told: dict[str, Any]) -> str | None:
    text = _text(told, "state")
    return None if text is None else _at("state", read_state, text)


def _diagnoses(told: dict[str, Any]) -> tuple[str, ...] | None:
    value = told.get("diagnoses")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadOrder(read=brief(value), expected="a list of diagnoses", where="diagnoses")
    return tuple(_at("diagnoses", read_diagnosis, text) for text in value)


def _modifiers(told: dict[str, Any], where: str) -> tuple[str, ...] | None:
    place = f"{where}.modifiers"
    value = told.get("modifiers")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadOrder(read=brief(value), expected="a list of modifiers", where=place)
    if len(value) > _MAX_MODIFIERS:
        raise BadOrder(
            read=f"{len(value)} modifiers", expected="at most four modifiers", where=place
        )
    return tuple(_at(place, read_modifier, text) for text in value)


def _units(told: dict[str, Any], where: str) -> int | None:
    value, place = told.get("units"), f"{where}.units"
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadOrder(read=brief(value), expected="units from 1", where=place)
    try:
        return read_units(value if isinstance(value, str) else brief(value))
    except BadOrder as error:
        raise BadOrder(read=brief(value), expected=error.expected, where=place) from None


def _place(told: dict[str, Any], where: str) -> str | None:
    text = _text(told, "place_of_service", where)
    if text is None:
        return None
    return _at(f"{where}.place_of_service", read_place_of_service, text)


def _acquisition(told: dict[str, Any], where: str) -> Acquisition | None:
    text = _text(told, "acquisition", where)
    if text is None:
        return None
    try:
        return Acquisition(text.strip().lower())
    except ValueError:
        expected = " or ".join(Acquisition)
        place = f"{where}.acquisition"
        raise BadOrder(read=brief(text), expected=expected, where=place) from None
