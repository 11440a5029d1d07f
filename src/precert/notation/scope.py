"""Scope guards in the notation: `age(from=21, to=64)`, `with-diagnosis(C50, M80.0-M80.9)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.codes import parse_modifier
from precert.facts import STATES, is_place, parse_diagnosis
from precert.model import (
    Age,
    AtPlace,
    Condition,
    DiagnosisSpan,
    InState,
    ScopeGuard,
    UnitsAbove,
    WithDiagnosis,
    WithModifier,
)
from precert.notation.arguments import Arguments, count, named, only, some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def scope_arguments(guard: ScopeGuard) -> Iterable[str]:
    """Return the arguments of a scope guard as they are written."""
    match guard:
        case WithDiagnosis(spans):
            return map(str, spans)
        case AtPlace(values) | InState(values) | WithModifier(values):
            return values
        case Age(at_least, at_most):
            return named(("from", at_least), ("to", at_most))
        case UnitsAbove(units, per_line):
            return (str(units), *named(("per", "line" if per_line else None)))


def _diagnosis_span(text: str) -> DiagnosisSpan:
    first, dash, last = text.partition("-")
    span = DiagnosisSpan(first, last if dash else first)
    known = all(parse_diagnosis(code) == code for code in span)
    if not known or not span.ascends or str(span) != text:
        message = f"read {text!r}, expected a diagnosis (C50, C50.911), or the first and the last"
        raise ValueError(message)
    return span


def _each(arguments: Arguments, known: Callable[[str], bool], expected: str) -> tuple[str, ...]:
    texts = some(arguments)
    for text in texts:
        if not known(text):
            message = f"read {text!r}, expected {expected}"
            raise ValueError(message)
    return texts


def _age(arguments: Arguments) -> Age:
    (), bounds = arguments
    if not bounds:
        message = "expected from, to, or both"
        raise ValueError(message)
    low, high = (count(bounds[key]) if key in bounds else None for key in ("from", "to"))
    return Age(low, high)


def _units_above(arguments: Arguments) -> UnitsAbove:
    return UnitsAbove(count(only(arguments)), per_line=arguments[1].get("per") == "line")


SCOPE_BUILDERS: dict[str, Callable[[Arguments], ScopeGuard]] = {
    "age": _age,
    "at-place": lambda arguments: AtPlace(_each(arguments, is_place, "two digits")),
    "in-state": lambda arguments: InState(_each(arguments, STATES.__contains__, "FL and the like")),
    "with-diagnosis": lambda arguments: WithDiagnosis(tuple(map(_diagnosis_span, some(arguments)))),
    "with-modifier": lambda arguments: WithModifier(
        _each(arguments, lambda text: parse_modifier(text) == text, "two letters or digits")
    ),
    "units-above": _units_above,
}
"""What makes a scope guard of its arguments, by its name; each raises ValueError."""

SCOPE_NAMES: dict[type[Condition], str] = {
    Age: "age",
    AtPlace: "at-place",
    InState: "in-state",
    WithDiagnosis: "with-diagnosis",
    WithModifier: "with-modifier",
    UnitsAbove: "units-above",
}
