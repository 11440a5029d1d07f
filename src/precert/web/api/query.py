"""The query of an address as the dataclass that an operation reads, strictly."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from precert.determine import read_date
from precert.determine.order_json import brief
from precert.errors import BadOrder, BadQuery

if TYPE_CHECKING:
    from datetime import date

    from starlette.requests import Request

T = TypeVar("T")

_MOST_DIGITS = 9


def read_query(request: Request, kind: type[T]) -> T:
    """Return the parameters of a request. Those that are not told have their defaults.

    Raises `BadQuery` for a parameter that nobody knows, one that is told twice and means one thing,
    and a value that is none.
    """
    known, needed = _known(kind)
    if not needed and not request.scope["query_string"]:
        return kind()
    told: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            names = ", ".join(known) or "no parameter"
            unknown, expected = f"the parameter {brief(name)}", f"one of: {names}"
            raise BadQuery(unknown, expected, "query")
        told.setdefault(name, []).append(value)
    read = {name: _value(name, values, known[name]) for name, values in told.items()}
    try:
        return msgspec.convert(read, kind)
    except msgspec.ValidationError as error:
        raise _as_query(error, told) from None


def _as_query(error: msgspec.ValidationError, told: dict[str, list[str]]) -> BadQuery:
    """Return what is wrong in the words of all other messages, with the parameter's name."""
    said, _, place = str(error).partition(" - at `$.")
    name = place.rstrip("`")
    if name not in told:  # it is missing: "Object missing required field `rule`"
        missing = said.partition("`")[2].rstrip("`")
        return BadQuery(f"no {missing}", f"the parameter {missing}", "query")
    expected = said.removeprefix("Expected ").replace("`int`", "a whole number")
    return BadQuery(brief(told[name][0]), expected, name)


_KNOWN: dict[type, tuple[dict[str, str], bool]] = {}


def _known(kind: type) -> tuple[dict[str, str], bool]:
    """Return the parameters by name with the type that each is written with, and if one must be."""
    if kind not in _KNOWN:
        written = {one.name: str(one.type) for one in fields(kind)}
        _KNOWN[kind] = written, any(one.default is MISSING for one in fields(kind))
    return _KNOWN[kind]


def _value(name: str, values: list[str], written: str) -> Any:  # noqa: ANN401 - any field's
    if written.startswith("tuple"):
        return tuple(values)
    if len(values) > 1:
        read = f"{name} {len(values)} times"
        raise BadQuery(read, "it once", name)
    (text,) = values
    if "date" in written:
        return _date(name, text)
    if "int" in written:
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise BadQuery(brief(text), "a whole number", name)
        return int(text)
    return text


def _date(name: str, text: str) -> date:
    try:
        return read_date(text)
    except BadOrder as error:
        raise BadQuery(brief(text), error.expected, name) from None
