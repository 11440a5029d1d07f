"""What is wrong with the scope guards of a rule (PC415 to PC417), and which rules exclude another.

A fact of one value (age, state, place) is tried with every value that makes a difference. Of
several values (diagnoses, modifiers) only a guard beside its own negation excludes itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.facts import OLDEST
from precert.model import AddOnTo, Age, AtPlace, InState, Otherwise, Requirement, Unless
from precert.notation import format_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import Rule, ScopeGuard

Guards = tuple["ScopeGuard | Unless", ...]

_ANOTHER = ""
"""A state or a place that no guard names."""


def check_scope(rule: Rule) -> Iterator[Diagnostic]:
    """Yield what is wrong with the rule's conditions of scope."""
    if not can_hold(rule.scope):
        noted = format_conditions(rule.scope)
        yield diagnostic("PC415", rule.ref, procedure=rule.code, conditions=noted)
    printed = [each for each in rule.statements if isinstance(each, Otherwise)]
    if printed and (not rule.scope or len(printed) > 1):
        noted = format_conditions(printed)
        yield diagnostic("PC416", rule.ref, procedure=rule.code, otherwise=noted)
    named = [each for each in rule.guards if isinstance(each, AddOnTo)]
    if named and Requirement.ADD_ON not in {rule.requirement, rule.otherwise}:
        noted = format_conditions(named)
        yield diagnostic(
            "PC417", rule.ref, procedure=rule.code, primaries=noted, requirement=rule.requirement
        )


def exclude_each_other(one: Rule, other: Rule) -> bool:
    """Return whether no order can be one that both rules are for."""
    return bool(one.scope) and bool(other.scope) and not can_hold((*one.scope, *other.scope))


def can_hold(guards: Guards) -> bool:
    """Return whether some order can meet all of these guards."""
    negated = {guard.guard for guard in guards if isinstance(guard, Unless)}
    if negated.intersection(guard for guard in guards if not isinstance(guard, Unless)):
        return False
    ages = [guard for guard in guards if isinstance(_bare(guard), Age)]
    if ages and not _some(ages, range(OLDEST + 1)):
        return False
    return all(
        _some(of_kind, _named(of_kind))
        for kind in (InState, AtPlace)
        if (of_kind := [guard for guard in guards if isinstance(_bare(guard), kind)])
    )


def _bare(guard: ScopeGuard | Unless) -> ScopeGuard:
    return guard.guard if isinstance(guard, Unless) else guard


def _named(guards: Iterable[ScopeGuard | Unless]) -> Iterator[str]:
    """Yield every value that one of the guards names, and one that none does."""
    yield _ANOTHER
    for guard in map(_bare, guards):
        match guard:
            case InState(values) | AtPlace(values):
                yield from values
            case _:
                pass


def _some(guards: Sequence[ScopeGuard | Unless], values: Iterable[object]) -> bool:
    """Return whether one of the values meets all of the guards."""
    return any(
        all(_holds(_bare(guard), value) is not isinstance(guard, Unless) for guard in guards)
        for value in values
    )


def _holds(guard: ScopeGuard, value: object) -> bool:
    match guard:
        case Age(at_least, at_most):
            assert isinstance(value, int)  # noqa: S101 - ages are tried with ages
            low = at_least is None or value >= at_least
            return low and (at_most is None or value <= at_most)
        case InState(values) | AtPlace(values):
            return value in values
        case _:
            return True
