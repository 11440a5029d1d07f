"""Reads an order from JSON values: the `facts` of a receipt, or an order file that a user wrote.

An order file is an object with `lines` and, where told, `complete`, `plan` and `client_managed`; a
line has `code` and, where told, the other fields. Null is "not told". A key nobody knows is
refused: a mistyped fact must not be lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from precert.codes import is_code, parse_code
from precert.determine.order import Order
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

T = TypeVar("T")

_ORDER_KEYS = {"lines", "complete", "plan", "client_managed"}
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
        raise BadOrder(read=repr(lines), expected="a list of at least one line", where="lines")
    return Order(
        tuple(_line(line, f"lines[{index}]", on) for index, line in enumerate(lines)),
        complete=_flag(told, "complete"),
        plan=_text(told, "plan"),
        client_managed=_flag(told, "client_managed"),
    )


def _line(value: object, where: str, on: date | None) -> OrderLine:
    told = _object(value, where, _LINE_KEYS)
    parsed = parse_code(_text(told, "code", where) or "")
    if not is_code(parsed):
        raise BadCode(str(parsed), f"{where}.code")
    return OrderLine(
        code=parsed,
        date_of_service=_date(told, where, on),
        modifiers=_modifiers(told, where),
        units=_units(told, where),
        program=_text(told, "program", where),
        place_of_service=_place(told, where),
        acquisition=_acquisition(told, where),
    )


def _object(value: object, where: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadOrder(read=repr(value), expected="an object", where=where)
    unknown = sorted(set(value) - known)
    if unknown:
        keys = ", ".join(sorted(known))
        raise BadOrder(read=f"the key {unknown[0]!r}", expected=f"one of {keys}", where=where)
    return value


def _flag(told: dict[str, Any], key: str) -> bool | None:
    value = told.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise BadOrder(read=repr(value), expected="true, false or null", where=key)


def _text(told: dict[str, Any], key: str, where: str = "") -> str | None:
    value = told.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    place = f"{where}.{key}" if where else key
    raise BadOrder(read=repr(value), expected="a text or null", where=place)


def _at(where: str, read: Callable[[str], T], text: str) -> T:
    """Return what `read` makes of the text; its error gets the place."""
    try:
        return read(text)
    except BadOrder as error:
        raise BadOrder(read=error.read, expected=error.expected, where=where) from None


def _date(told: dict[str, Any], where: str, on: date | None) -> date:
    text = _text(told, "date_of_service", where)
    if text is not None:
        return _at(f"{where}.date_of_service", read_date, text)
    if on is None:
        raise BadOrder(read="no date_of_service", expected="a date as YYYY-MM-DD", where=where)
    return on


def _modifiers(told: dict[str, Any], where: str) -> tuple[str, ...]:
    place = f"{where}.modifiers"
    value = told.get("modifiers")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadOrder(read=repr(value), expected="a list of modifiers", where=place)
    return tuple(_at(place, read_modifier, text) for text in value)


def _units(told: dict[str, Any], where: str) -> int | None:
    value = told.get("units")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadOrder(read=repr(value), expected="units from 1", where=f"{where}.units")
    return _at(f"{where}.units", read_units, str(value))


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
        raise BadOrder(read=repr(text), expected=expected, where=place) from None
