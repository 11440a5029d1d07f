"""Conditions to their notation and back, by the name of each member of the union."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert import codes
from precert.codes import InvalidCode, is_code, parse_code
from precert.model import (
    AddOnTo,
    Age,
    AtHome,
    AtPlace,
    ClientSpecific,
    Code,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    InState,
    NoAuthStated,
    Otherwise,
    Purchase,
    PurchaseAbove,
    Requirement,
    ScopeGuard,
    UnitsAbove,
    Unless,
    Unread,
    WithCode,
    WithDiagnosis,
    WithModifier,
    WithProgram,
)
from precert.notation.arguments import (
    Arguments,
    count,
    day,
    encode,
    named,
    only,
    read_arguments,
    some,
)
from precert.notation.scope import SCOPE_BUILDERS, SCOPE_NAMES, scope_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from precert.model import CodeRange

_CONDITION = re.compile(r"(?P<name>[a-z]+(?:-[a-z]+)*)(?:\((?P<arguments>[^()]*)\))?")
_UNLESS = "unless-"
_GAPS = re.compile(r"(?<=,) +")


def format_conditions(conditions: Iterable[Condition]) -> str:
    """Return the notation of the conditions, in their order; the empty text for none."""
    return "; ".join(format_condition(condition) for condition in conditions)


def format_condition(condition: Condition) -> str:
    """Return the notation of one condition."""
    if isinstance(condition, Unless):
        return _UNLESS + format_condition(condition.guard)
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
    try:
        condition = _BUILDERS[match["name"]](read_arguments(match["arguments"] or ""))
    except (TypeError, ValueError, IndexError, KeyError) as error:
        message = f"{text!r} has arguments that {match['name']} does not take ({error})"
        raise ValueError(message) from error
    written = format_condition(condition)
    if _GAPS.sub("", written) != _GAPS.sub("", text):  # an argument was ignored, or is no value
        message = f"{text!r} has arguments that {match['name']} does not take: expected {written}"
        raise ValueError(message)
    return condition


def _arguments(condition: Condition) -> Iterable[str]:  # noqa: C901 - one case for each member of the closed union
    arguments: Iterable[str] = ()
    match condition:
        case WithProgram(programs):
            arguments = map(encode, programs)
        case WithCode(codes) | DeniedIfRequested(codes):
            arguments = codes
        case AddOnTo(primaries):
            arguments = map(str, primaries)
        case Age() | AtPlace() | InState() | WithDiagnosis() | WithModifier() | UnitsAbove():
            arguments = scope_arguments(condition)
        case Unless(guard):
            arguments = scope_arguments(guard)
        case Otherwise(requirement):
            arguments = (requirement,)
        case ForPlan(name) | DefersTo(name):
            arguments = (encode(name),)
        case Unread(field, digest):
            arguments = (encode(field), digest)
        case PurchaseAbove(components):
            arguments = (str(components),)
        case NoAuthStated(effective_from):
            arguments = named(("from", effective_from))
        case Contact(party, phone, fax, effective_from):
            arguments = (party, *named(("phone", phone), ("fax", fax), ("from", effective_from)))
        case ClientSpecific() | Purchase() | DescribeProcedure() | AtHome():
            pass
    return arguments


def _codes(texts: list[str]) -> tuple[Code, ...]:
    parsed = tuple(parse_code(text) for text in texts)
    for code in parsed:
        if not is_code(code):
            raise ValueError(str(code))
    if not parsed:
        message = "expected at least one code"
        raise ValueError(message)
    return tuple(code for code in parsed if is_code(code))


def _primary(text: str) -> Code | CodeRange:
    primary = codes.parse_code_or_range(text)  # by the package: ranges are seldom needed
    if isinstance(primary, InvalidCode):
        raise ValueError(str(primary))  # noqa: TRY004 - the text is wrong, not its type
    return primary


def _otherwise(arguments: Arguments) -> Otherwise:
    requirement = Requirement(only(arguments))
    if requirement is Requirement.UNREAD:
        message = "nothing is printed that could not be read"
        raise ValueError(message)
    return Otherwise(requirement)


def _unless(build: Callable[[Arguments], ScopeGuard]) -> Callable[[Arguments], Unless]:
    return lambda arguments: Unless(build(arguments))


def _contact(arguments: Arguments) -> Contact:
    (party,), by_name = arguments
    phone, fax = by_name.get("phone"), by_name.get("fax")
    return Contact(ContactParty(party), phone, fax, day(arguments))


def _unread(arguments: Arguments) -> Unread:
    (field, digest), _ = arguments
    return Unread(field, digest)


_BUILDERS: dict[str, Callable[[Arguments], Condition]] = {
    "with-program": lambda arguments: WithProgram(some(arguments)),
    "with-code": lambda arguments: WithCode(_codes(arguments[0])),
    "for-plan": lambda arguments: ForPlan(only(arguments)),
    "client-specific": lambda _: ClientSpecific(),
    "defers-to": lambda arguments: DefersTo(only(arguments)),
    "unread": _unread,
    "add-on-to": lambda arguments: AddOnTo(tuple(map(_primary, some(arguments)))),
    **SCOPE_BUILDERS,
    **{_UNLESS + name: _unless(build) for name, build in SCOPE_BUILDERS.items()},
    "no-auth-stated": lambda arguments: NoAuthStated(day(arguments)),
    "denied-if-requested": lambda arguments: DeniedIfRequested(_codes(arguments[0])),
    "contact": _contact,
    "otherwise": _otherwise,
    "purchase": lambda _: Purchase(),
    "purchase-above": lambda arguments: PurchaseAbove(count(only(arguments))),
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
    AddOnTo: "add-on-to",
    **SCOPE_NAMES,
    NoAuthStated: "no-auth-stated",
    DeniedIfRequested: "denied-if-requested",
    Contact: "contact",
    Otherwise: "otherwise",
    Purchase: "purchase",
    PurchaseAbove: "purchase-above",
    DescribeProcedure: "describe-procedure",
    AtHome: "at-home",
}
