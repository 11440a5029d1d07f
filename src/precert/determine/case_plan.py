"""The case plan: which cases to build for an order, and what becomes of every other line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Outcome, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.determine.answer import Determination


class Case(NamedTuple):
    """One case to build: order lines of one route, platform and program, followers included."""

    route: Route
    platform: str | None
    program: str
    lines: tuple[int, ...]


class CasePlan(NamedTuple):
    """A partition of the order's line numbers by what is to be done with them."""

    cases: tuple[Case, ...]
    no_case: tuple[int, ...]
    ask_payer: tuple[int, ...]
    for_a_person: tuple[int, ...]


CaseKey = tuple[Route, str | None, str]

# Bound once: in Python 3.11 each look-up of an enum's member costs as much as a dict of them.
_AUTH_NEEDED, _FOLLOWS_PRIMARY = Outcome.AUTH_NEEDED, Outcome.FOLLOWS_PRIMARY
_NO_AUTH, _NOT_MANAGED = Outcome.NO_AUTH, Outcome.NOT_MANAGED


def plan_cases(determinations: Sequence[Determination]) -> CasePlan:
    """Return the case plan of an order; every line number stands in exactly one place.

    Rules of several programs that agree count under the program that comes first in the list. A
    follower goes where its primary goes; so does one whose primary goes to a person. A line with
    a violated limit goes to a person whatever its outcome.
    """
    cases: dict[CaseKey, list[int]] = {}
    no_case: list[int] = []
    ask_payer: list[int] = []
    for_a_person: list[int] = []
    for determination in determinations:
        case = _case_of(determination, determinations)
        outcome = determination.outcome
        if case is not None:
            cases.setdefault(case, []).append(determination.line)
        elif outcome is _NO_AUTH and not _violated(determination):
            no_case.append(determination.line)
        elif outcome is _NOT_MANAGED and not _violated(determination):
            ask_payer.append(determination.line)
        else:
            for_a_person.append(determination.line)
    return CasePlan(
        tuple([Case(*case, tuple(lines)) for case, lines in cases.items()]),
        tuple(no_case),
        tuple(ask_payer),
        tuple(for_a_person),
    )


def _case_of(
    determination: Determination, determinations: Sequence[Determination]
) -> CaseKey | None:
    """Return the case that the line goes into, or None if it goes into none."""
    if _violated(determination):
        return None
    if determination.outcome is _AUTH_NEEDED and determination.route is not None:
        # The rules stand in the order of the programs in the list: the first counts.
        return determination.route, determination.platform, determination.rules[0].program
    if determination.outcome is _FOLLOWS_PRIMARY and determination.primary is not None:
        primary = determinations[determination.primary - 1]
        if primary.outcome is _AUTH_NEEDED:
            return _case_of(primary, determinations)
    return None


def _violated(determination: Determination) -> bool:
    limits = determination.limits
    return bool(limits) and any(limit.truth is False for limit in limits)
