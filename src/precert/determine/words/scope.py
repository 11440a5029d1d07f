"""Scope guards in plain words, and what a row prints where one of them is false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.words.phrases import either
from precert.model import (
    Age,
    AtPlace,
    InState,
    Requirement,
    UnitsAbove,
    WithDiagnosis,
    WithModifier,
)

if TYPE_CHECKING:
    from precert.model import ScopeGuard

_PRINTED = {
    Requirement.REQUIRED: "authorization is required",
    Requirement.NOT_REQUIRED: "no authorization is required",
    Requirement.OUT_OF_SCOPE: "it is out of scope",
    Requirement.ADD_ON: "it is an add-on code",
    Requirement.INVESTIGATIONAL: "it is experimental",
    Requirement.UNLISTED: "it is an unlisted code",
    Requirement.UNREAD: "something that could not be read",
}


def scope_in_words(guard: ScopeGuard) -> str:
    """Return for what the row holds, as a phrase to which "not" can be put before."""
    match guard:
        case Age(at_least, at_most):
            return f"for members {_aged(at_least, at_most)}"
        case AtPlace(places):
            return f"at the place of service {either(places)}"
        case InState(states):
            return f"for members in {either(states)}"
        case WithDiagnosis(spans):
            return f"with a diagnosis of {either(map(str, spans))}"
        case WithModifier(modifiers):
            return f"with the modifier {either(modifiers)}"
        case UnitsAbove(units, per_line):
            counted = "on a line" if per_line else "with those before"
            return f"for more than {units} units {counted}"


def otherwise_in_words(requirement: Requirement) -> str:
    """Return what the row prints for all others."""
    return f"otherwise {_PRINTED[requirement]}"


def _aged(at_least: int | None, at_most: int | None) -> str:
    if at_most is None:
        return f"of {at_least} years or older"
    if at_least is None:
        return f"up to {at_most} years of age"
    return f"from {at_least} to {at_most} years of age"
