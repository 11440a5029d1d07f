"""The compact notation of conditions: `with-program(Joint Surgery, Sleep); with-code(27412)`.

A rulebook's `conditions` column holds it, a layout's note patterns are written in it, and an
answer prints it. Conditions are separated by `; `, arguments by `, `, a named argument is
`name=value`; the characters `% ; , ( ) =` inside a value are percent-encoded. `parse_conditions`
and `format_conditions` are each other's inverse.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code
from precert.model import (
    AtHome,
    ClientSpecific,
    Code,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    NoAuthStated,
    Purchase,
    PurchaseAbove,
    Unread,
    WithCode,
    WithProgram,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CONDITION = re.compile(r"(?P<name>[a-z]+(?:-[a-z]+)*)(?:\((?P<arguments>[^()]*)\))?")
_RESERVED = "%;,()="
_GAPS = re.compile(r"(?<=,) +")

Arguments = tuple[list[str], dict[str, str]]


def format_conditions(conditions: Iterable[Condition]) -> str:
    """Return the notation of the conditions, in their order; the empty text for none."""
    return "; ".join(format_condition(condition) for condition in conditions)


def format_condition(condition: Condition) -> str:
    """Return the notation of one condition."""
    name = _NAMES[type(condition)]
    arguments = ", ".join(_arguments(condition))
    return f"{name}({arguments})" if arguments else name


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """Return the conditions that `text` notes.

    Raises ValueError, saying what was read and what was expected, when the text is no notation.
    """
    return tuple(_parse_condition(part.strip()) for part in text.split(";")) if text else ()


def _parse_condition(text: str) -> Condition:
    match = _CONDITION.fullmatch(text)
    if match is None or match["name"] not in _BUILDERS:
        expected = ", ".join(sorted(_BUILDERS))
        message = f"{text!r} is no condition: expected one of {expected}"
        raise ValueError(message)
    positional: list[str] = []
    named: dict[str, str] = {}
    for argument in (match["arguments"] or "").split(","):
        key, equals, value = argument.strip().partition("=")
        if equals:
            named[key] = _decode(value)
        elif key:
            positional.append(_decode(key))
    try:
        condition = _BUILDERS[match["name"]]((positional, named))
    except (TypeError, ValueError, IndexError, KeyError) as error:
        message = f"{text!r} has arguments that {match['name']} does not take ({error})"
        raise ValueError(message) from error
    written = format_condition(condition)
    if _GAPS.sub("", written) != _GAPS.sub("", text):  # an argument was ignored, or is no value
        message = f"{text!r} has arguments that {match['name']} does not take: expected {written}"
        raise ValueError(message)
    return condition


def _arguments(condition: Condition) -> Iterable[str]:
    arguments: Iterable[str] = ()
    match condition:
        case WithProgram(programs):
            arguments = map(encode, programs)
        case WithCode(codes) | DeniedIfRequested(codes):
            arguments = codes
        case ForPlan(name) | DefersTo(name):
            arguments = (encode(name),)
        case Unread(field, digest):
            arguments = (encode(field), digest)
        case PurchaseAbove(components):
            arguments = (str(components),)
        case NoAuthStated(effective_from):
            arguments = _named(("from", effective_from))
        case Contact(party, phone, fax, effective_from):
            arguments = (party, *_named(("phone", phone), ("fax", fax), ("from", effective_from)))
        case ClientSpecific() | Purchase() | DescribeProcedure() | AtHome():
            pass
    return arguments


def _named(*arguments: tuple[str, str | date | None]) -> list[str]:
    return [f"{key}={encode(str(value))}" for key, value in arguments if value is not None]


def encode(value: str) -> str:
    """Return a value as an argument of the notation: its reserved characters are encoded."""
    return "".join(f"%{ord(c):02X}" if c in _RESERVED else c for c in value)


def _decode(value: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), value.strip())


def _codes(texts: list[str]) -> tuple[Code, ...]:
    codes = tuple(parse_code(text) for text in texts)
    for code in codes:
        if not is_code(code):
            raise ValueError(str(code))
    if not codes:
        message = "expected at least one code"
        raise ValueError(message)
    return tuple(code for code in codes if is_code(code))


def _some(texts: list[str]) -> tuple[str, ...]:
    if not texts:
        message = "expected at least one name"
        raise ValueError(message)
    return tuple(texts)


def _only(arguments: Arguments) -> str:
    (text,), _ = arguments
    return text


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        message = f"read {text!r}, expected a number from 0"
        raise ValueError(message)
    return int(text)


def _date(named: dict[str, str]) -> date | None:
    return date.fromisoformat(named["from"]) if "from" in named else None


def _contact(arguments: Arguments) -> Contact:
    (party,), named = arguments
    return Contact(ContactParty(party), named.get("phone"), named.get("fax"), _date(named))


def _unread(arguments: Arguments) -> Unread:
    (field, digest), _ = arguments
    return Unread(field, digest)


_BUILDERS: dict[str, Callable[[Arguments], Condition]] = {
    "with-program": lambda arguments: WithProgram(_some(arguments[0])),
    "with-code": lambda arguments: WithCode(_codes(arguments[0])),
    "for-plan": lambda arguments: ForPlan(_only(arguments)),
    "client-specific": lambda _: ClientSpecific(),
    "defers-to": lambda arguments: DefersTo(_only(arguments)),
    "unread": _unread,
    "no-auth-stated": lambda arguments: NoAuthStated(_date(arguments[1])),
    "denied-if-requested": lambda arguments: DeniedIfRequested(_codes(arguments[0])),
    "contact": _contact,
    "purchase": lambda _: Purchase(),
    "purchase-above": lambda arguments: PurchaseAbove(_count(_only(arguments))),
    "describe-procedure": lambda _: DescribeProcedure(),
    "at-home": lambda _: AtHome(),
}

_NAMES: dict[type[Condition], str] = {
    WithProgram: "with-program",
    WithCode: "with-code",
    ForPlan: "for-plan",
    ClientSpecific: "client-specific",
    DefersTo: "defers-to",
    Unread: "unread",
    NoAuthStated: "no-auth-stated",
    DeniedIfRequested: "denied-if-requested",
    Contact: "contact",
    Purchase: "purchase",
    PurchaseAbove: "purchase-above",
    DescribeProcedure: "describe-procedure",
    AtHome: "at-home",
}
