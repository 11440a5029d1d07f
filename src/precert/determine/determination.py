"""The one entry to the answering half: a rulebook and an order in, cited answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.case_plan import plan_cases
from precert.determine.named import plan_named
from precert.determine.resolve import resolve
from precert.determine.standing import standing

if TYPE_CHECKING:
    from precert.determine.answer import Determination
    from precert.determine.case_plan import CasePlan
    from precert.determine.order import Order
    from precert.determine.standing import Standing
    from precert.rulebook import Rulebook


class OrderAnswer(NamedTuple):
    """The determinations of an order, one per line in the order of the lines."""

    rulebook: Rulebook
    order: Order
    determinations: tuple[Determination, ...]

    @property
    def case_plan(self) -> CasePlan:
        """Return which cases to build, and what becomes of every other line."""
        return plan_cases(self.determinations)


def determine(rulebook: Rulebook, order: Order) -> OrderAnswer:
    """Return one determination per order line, and from them the case plan.

    Pure: the same rulebook and order give the same answer, whatever the day and in whatever order
    the rules stand. Raises `UnknownPlan` and `UnknownProgram` for a name the rulebook does not
    know, before anything is answered.
    """
    if order.plan is not None:
        plan_named(rulebook, order.plan)
    standings: list[Standing] = []
    for line in order.lines:  # plain loops: a comprehension costs a call in Python 3.11
        standings.append(standing(rulebook, line))  # noqa: PERF401
    determinations: list[Determination] = []
    for index in range(len(standings)):
        determinations.append(resolve(rulebook, order, standings, index))  # noqa: PERF401
    return OrderAnswer(rulebook, order, tuple(determinations))
