"""Facts as far as a rulebook asks for them: two that it cannot tell apart become one.

A batch answers orders that are alike once. Members of 34 and of 35 are alike to a list that speaks
of 21, and so are all modifiers that it does not name.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from precert.facts import STATES
from precert.model import Age, InState, Unless, WithDiagnosis, WithModifier

if TYPE_CHECKING:
    from precert.determine.order_line import OrderLine
    from precert.model import DiagnosisSpan, ScopeGuard
    from precert.rulebook import AnyRulebook


@dataclass(frozen=True, slots=True)
class Sought:
    """What the scope guards of a rulebook ask for."""

    ages: tuple[int, ...]
    """The ages at which an answer may turn, sorted, from 0; none where none is asked for."""
    states: frozenset[str]
    diagnoses: frozenset[DiagnosisSpan]
    modifiers: frozenset[str]
    _covered: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The diagnoses that were looked up, and whether one of the spans may cover them."""

    def line(self, line: OrderLine) -> OrderLine:
        """Return the line with the modifiers that are asked for, and the acquisition they tell."""
        modifiers = line.modifiers
        if modifiers is not None:
            modifiers = tuple(sorted(self.modifiers.intersection(modifiers)))
        kept = modifiers if self.modifiers else None
        return replace(line, modifiers=kept, acquisition=line.acquired())

    def age(self, age: int | None) -> int | None:
        """Return the youngest age that every answer treats as this one."""
        if age is None or not self.ages:
            return None
        return self.ages[bisect_right(self.ages, age) - 1]

    def state(self, state: str | None) -> str | None:
        """Return the state, or the first that nobody asks for in its place."""
        if state is None or not self.states:
            return None
        return state if state in self.states else next(s for s in STATES if s not in self.states)

    def of_diagnoses(self, diagnoses: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Return those of the diagnoses that lie in a span that is asked for, or may do so."""
        if diagnoses is None or not self.diagnoses:
            return None
        return tuple(sorted(filter(self._may_be_covered, diagnoses)))

    def _may_be_covered(self, diagnosis: str) -> bool:
        covered = self._covered.get(diagnosis)
        if covered is None:
            covered = any(span.covers(diagnosis) is not False for span in self.diagnoses)
            self._covered[diagnosis] = covered
        return covered


def sought_by(rulebook: AnyRulebook) -> Sought:
    """Return what the rules of the rulebook ask for."""
    ages: set[int] = set()
    states: set[str] = set()
    diagnoses: set[DiagnosisSpan] = set()
    modifiers: set[str] = set()
    for guard in _guards(rulebook):
        match guard:
            case Age(at_least, at_most):
                ages |= {0, at_least or 0, 0 if at_most is None else at_most + 1}
            case InState(named):
                states.update(named)
            case WithDiagnosis(spans):
                diagnoses.update(spans)
            case WithModifier(named):
                modifiers.update(named)
            case _:
                pass
    return Sought(
        tuple(sorted(ages)), frozenset(states), frozenset(diagnoses), frozenset(modifiers)
    )


def _guards(rulebook: AnyRulebook) -> set[ScopeGuard]:
    found = {guard for rule in rulebook.rules for guard in rule.scope}
    return {guard.guard if isinstance(guard, Unless) else guard for guard in found}
