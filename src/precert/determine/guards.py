"""The guards of a rule, judged for one order line: whether the row applies, what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Ask, Judged
from precert.determine.following import Following, add_on, with_program
from precert.determine.judge import judge_guard
from precert.determine.scope import in_scope
from precert.model import (
    SCOPE_GUARDS,
    AddOnTo,
    Requirement,
    Unless,
    Unread,
    WithCode,
    WithProgram,
    covered,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.determine.companions import Asked
    from precert.model import Guard, Rule

_ADD_ON = Requirement.ADD_ON  # bound once: a look-up of an enum's member is slow in Python 3.11
_SCOPE = (*SCOPE_GUARDS, Unless)


class Guarded(NamedTuple):
    """The guards with their truth, and what the row prints for the line.

    `applies` is False where a guard keeps the row from applying, None where that is not known.
    `scope` tells whether the scope guards hold. `requirement` is what the row prints: in its
    decision column, or otherwise (`is_otherwise`) where they do not hold.
    """

    applies: bool | None
    scope: bool | None
    requirement: Requirement
    is_otherwise: bool = False
    judged: tuple[Judged, ...] = ()
    ask: tuple[Ask, ...] = ()
    following: Following | None = None


def judge_guards(rule: Rule, asked: Asked) -> Guarded:
    """Return the guards of the rule judged for the line.

    What was not read comes first. The other guards hold for all that the row prints: a scope guard
    that is false beside an `Otherwise` is decided, and the row prints that instead.
    """
    scope = in_scope(rule, asked) if rule.scope else True
    is_otherwise = scope is False and rule.otherwise is not None
    requirement = (rule.otherwise if is_otherwise else None) or rule.requirement
    if not rule.guards and requirement is not _ADD_ON:
        return Guarded(applies=True, scope=scope, requirement=requirement)
    judged: list[Judged] = []
    ask: list[Ask] = []
    following: Following | None = None
    for guard in rule.guards:
        if isinstance(guard, WithProgram):
            following = with_program(rule, guard.programs, asked)
            judged.append(Judged(rule, guard, following.truth))
            ask.extend(following.ask)
        elif not isinstance(guard, WithCode | AddOnTo):
            truth, would_settle = judge_guard(guard, asked)
            judged.append(Judged(rule, guard, truth))
            if not (scope is False and isinstance(guard, _SCOPE)):  # else that is decided
                ask.extend(would_settle)
    applies = _all(judged, but=_SCOPE if is_otherwise else ())
    if following is None and requirement is _ADD_ON:
        following = add_on(rule, asked)
        judged.extend(_judged_add_on(rule, following))
        ask.extend(following.ask)
    if is_otherwise and requirement is not _ADD_ON:
        following = None  # it goes with what the row prints in its decision column
    if applies is False:
        ask.clear()  # nothing that can be told makes the row apply
    return Guarded(applies, scope, requirement, is_otherwise, tuple(judged), tuple(ask), following)


def _all(judged: Iterable[Judged], *, but: tuple[type[Guard], ...]) -> bool | None:
    """Return whether all guards but these hold; what was not read is never decided by others."""
    decisive = [each for each in judged if not isinstance(each.condition, but)]
    truths = [each.truth for each in decisive]
    if any(isinstance(each.condition, Unread) for each in decisive):
        return None
    return False if False in truths else None if None in truths else True


def _judged_add_on(rule: Rule, following: Following) -> Iterator[Judged]:
    """Yield which of the named primaries are on the order; none is needed where another is."""
    for guard in rule.guards:
        if isinstance(guard, AddOnTo):
            primary = following.primary
            code = None if primary is None else primary.line.code
            held = code is not None and covered(code, guard.codes)
            yield Judged(rule, guard, held if following.truth else None)
