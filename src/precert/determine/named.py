"""A plan or a program of the rulebook, named as people do: in any case, with blanks around.

Of several editions the names of all may be told; one that the edition in force lacks is a program
without a rule there, or a plan that no rule speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.errors import UnknownPlan, UnknownProgram

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.rulebook import AnyRulebook

OTHER_PLAN = "other"
"""What is told of a member whose plan is none of those that the rulebook names."""


def named_as(told: str, names: Iterable[str]) -> str | None:
    """Return the name that was told, whatever its case and the blanks around it, or None."""
    known = tuple(names)
    if told in known:
        return told
    wanted = told.strip().casefold()
    return next((name for name in known if name.casefold() == wanted), None)


def plan_named(rulebook: AnyRulebook, told: str) -> str:
    """Return the plan as the rulebook writes it, or `other`. Raises `UnknownPlan`."""
    plan = named_as(told, (*rulebook.plans, OTHER_PLAN))
    if plan is None:
        raise UnknownPlan(told, rulebook.plans)
    return plan


def program_named(rulebook: AnyRulebook, told: str) -> str:
    """Return the program as the rulebook writes it. Raises `UnknownProgram`."""
    program = named_as(told, rulebook.program_names)
    if program is None:
        raise UnknownProgram(told, rulebook.program_names)
    return program
