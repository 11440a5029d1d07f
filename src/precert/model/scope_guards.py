"""Scope guards: for which members, places, diagnoses, modifiers and units a row holds at all.

Each looks at one fact of the order or of its line. What the row prints for all others, if it does,
is the statement `Otherwise`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from precert.model.diagnoses import DiagnosisSpan


@dataclass(frozen=True, slots=True)
class Age:
    """For members of this age, in whole years on the date of service; one bound may be absent."""

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class AtPlace:
    """At one of these places of service (CMS codes of two digits)."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InState:
    """For members in one of these states (USPS abbreviations)."""

    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithDiagnosis:
    """With a diagnosis on the order that lies in one of these spans (ICD-10-CM)."""

    codes: tuple[DiagnosisSpan, ...]


@dataclass(frozen=True, slots=True)
class WithModifier:
    """With one of these modifiers on the line."""

    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitsAbove:
    """For more than so many units: of a series ("after five visits"), or of a single line.

    Of a series only a part stands on the order, so that fewer units on the line say nothing.
    """

    units: int
    per_line: bool = False


ScopeGuard = Age | AtPlace | InState | WithDiagnosis | WithModifier | UnitsAbove

SCOPE_GUARDS: tuple[type[ScopeGuard], ...] = get_args(ScopeGuard)


@dataclass(frozen=True, slots=True)
class Unless:
    """True where the scope guard is false, false where it is true."""

    guard: ScopeGuard
