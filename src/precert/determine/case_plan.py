"""The case plan: which cases to build for an order, and what becomes of every other line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Outcome, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.determine.answer import Determination
    from precert.rulebook import Rulebook


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


def plan_cases(rulebook: Rulebook, determinations: Sequence[Determination]) -> CasePlan:
    """Return the case plan of an order; every line number stands in exactly one place.

    Rules of several programs that agree count under the program that comes first in the list. A
    follower goes where its primary goes; so does one whose primary goes to a person. A line with
    a violated limit goes to a person whatever its outcome.
    """
    cases: dict[CaseKey, list[int]] = {}
    no_case: list[int] = []
    ask_payer: list[int] = []
    for_a_person: list[int] = []
    by_line = {determination.line: determination for determination in determinations}
    for determination in determinations:
        key = _case_of(rulebook, by_line, determination)
        if key is not None:
            cases.setdefault(key, []).append(determination.line)
        elif _violated(determination):
            for_a_person.append(determination.line)
        elif determination.outcome is Outcome.NO_AUTH:
            no_case.append(determination.line)
        elif determination.outcome is Outcome.NOT_MANAGED:
            ask_payer.append(determination.line)
        else:
            for_a_person.append(determination.line)
    return CasePlan(
        tuple(Case(*key, tuple(lines)) for key, lines in cases.items()),
        tuple(no_case),
        tuple(ask_payer),
        tuple(for_a_person),
    )


def _case_of(
    rulebook: Rulebook, by_line: dict[int, Determination], determination: Determination
) -> CaseKey | None:
    """Return the case that the line goes into, or None if it goes into none."""
    if _violated(determination):
        return None
    if determination.outcome is Outcome.FOLLOWS_PRIMARY and determination.primary is not None:
        primary = by_line[determination.primary]
        followed = primary.outcome is Outcome.AUTH_NEEDED
        return _case_of(rulebook, by_line, primary) if followed else None
    if determination.outcome is not Outcome.AUTH_NEEDED or determination.route is None:
        return None
    programs = {rule.program for rule in determination.rules}
    program = next(name for name in rulebook.program_names if name in programs)
    return determination.route, determination.platform, program


def _violated(determination: Determination) -> bool:
    return any(limit.truth is False for limit in determination.limits)
