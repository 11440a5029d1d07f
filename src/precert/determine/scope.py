"""Whether the scope guards of a rule hold for an order line, and which rules then say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Ask, Fact, Reason, ReasonKind
from precert.model import (
    Age,
    AtPlace,
    InState,
    UnitsAbove,
    Unless,
    Unread,
    WithDiagnosis,
    WithModifier,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.determine.companions import Asked
    from precert.model import Rule, ScopeGuard

Verdict = tuple[bool | None, tuple[Ask, ...]]

MOST_CHOICES = 6
"""More than so many choices are not named in a question: nobody reads them there."""


def judge_scope(guard: ScopeGuard | Unless, asked: Asked) -> Verdict:
    """Return whether a scope guard holds, None where its fact was not told, and what to ask."""
    if isinstance(guard, Unless):
        truth, ask = _judge(guard.guard, asked)
        return (None if truth is None else not truth), ask
    return _judge(guard, asked)


def _judge(guard: ScopeGuard, asked: Asked) -> Verdict:
    order, line = asked.order, asked.line
    match guard:
        case Age(at_least, at_most):
            return _aged(order.age, at_least, at_most)
        case AtPlace(places):
            told = None if line.place_of_service is None else (line.place_of_service,)
            return _one_of(told, places, Fact.PLACE_OF_SERVICE)
        case InState(states):
            told = None if order.state is None else (order.state,)
            return _one_of(told, states, Fact.STATE)
        case WithModifier(modifiers):
            return _one_of(line.modifiers, modifiers, Fact.MODIFIERS)
        case WithDiagnosis():
            return _diagnosed(order.diagnoses, guard)
        case UnitsAbove():
            return _above(line.units, guard)


def in_scope(rule: Rule, asked: Asked) -> bool | None:
    """Return whether all scope guards of the rule hold: one that is false decides."""
    truths = [judge_scope(guard, asked)[0] for guard in rule.scope]
    return False if False in truths else None if None in truths else True


def without_silent(
    rules: tuple[Rule, ...], asked: Asked
) -> tuple[tuple[Rule, ...], tuple[Reason, ...]]:
    """Step 4: drop a rule that prints nothing for this line where its program prints something.

    It prints nothing where a scope guard is false and no `Otherwise` stands beside it. A rule of
    which something was not read is never dropped: what was not read may say otherwise.
    """
    silent = [rule for rule in rules if _is_silent(rule, asked)]
    speaking = {rule.program for rule in rules if rule not in silent}
    dropped = [rule for rule in silent if rule.program in speaking]
    reasons = [
        Reason(ReasonKind.CONDITION_NOT_MET, (str(rule.ref), rule.program)) for rule in dropped
    ]
    return tuple(rule for rule in rules if rule not in dropped), tuple(reasons)


def few(names: Iterable[object]) -> tuple[str, ...]:
    """Return the choices of a question, none where they are many."""
    choices = tuple(map(str, names))
    return choices if len(choices) <= MOST_CHOICES else ()


def _is_silent(rule: Rule, asked: Asked) -> bool:
    return (
        bool(rule.scope)
        and rule.otherwise is None
        and in_scope(rule, asked) is False
        and not any(isinstance(guard, Unread) for guard in rule.guards)
    )


def _aged(age: int | None, at_least: int | None, at_most: int | None) -> Verdict:
    if age is None:
        return None, (Ask(Fact.AGE),)
    return (at_least is None or age >= at_least) and (at_most is None or age <= at_most), ()


def _one_of(told: tuple[str, ...] | None, named: tuple[str, ...], fact: Fact) -> Verdict:
    if told is None:
        return None, (Ask(fact, few(named)),)
    return any(each in named for each in told), ()


def _diagnosed(told: tuple[str, ...] | None, guard: WithDiagnosis) -> Verdict:
    """Return whether a told diagnosis is covered; one wider than what is named leaves it open."""
    ask = (Ask(Fact.DIAGNOSES, few(guard.codes)),)
    if told is None:
        return None, ask
    truths = [span.covers(diagnosis) for diagnosis in told for span in guard.codes]
    if True in truths:
        return True, ()
    return (None, ask) if None in truths else (False, ())


def _above(units: int | None, guard: UnitsAbove) -> Verdict:
    """Return whether there are more units; of a series those before are not on the line."""
    if units is not None and units > guard.units:
        return True, ()
    if units is not None and guard.per_line:
        return False, ()
    series = "" if guard.per_line else " with those before"
    return None, (Ask(Fact.UNITS, (f"more than {guard.units}{series}",)),)
