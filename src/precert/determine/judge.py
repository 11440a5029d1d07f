"""The truth of guards and limits for one order line: True, False, or None where it is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Ask, Fact
from precert.determine.named import named_as
from precert.determine.order_line import Acquisition
from precert.determine.scope import judge_scope
from precert.model import (
    AddOnTo,
    Age,
    AtHome,
    AtPlace,
    ClientSpecific,
    DefersTo,
    DescribeProcedure,
    ForPlan,
    InState,
    Purchase,
    PurchaseAbove,
    UnitsAbove,
    Unless,
    Unread,
    WithCode,
    WithDiagnosis,
    WithModifier,
    WithProgram,
)

if TYPE_CHECKING:
    from precert.determine.companions import Asked, Companion
    from precert.determine.order_line import OrderLine
    from precert.determine.scope import Verdict
    from precert.model import Guard, Limit, Rule

HOME = "12"
"""CMS place of service code for the member's home."""

_OTHER_CODES = (Ask(Fact.OTHER_CODES),)
_ACQUISITION = (Ask(Fact.ACQUISITION),)
_UNITS = (Ask(Fact.UNITS),)
_PLACE_OF_SERVICE = (Ask(Fact.PLACE_OF_SERVICE),)
_CLIENT_MANAGED = (Ask(Fact.CLIENT_MANAGED),)
_PRINTED_LINE = (Ask(Fact.PRINTED_LINE),)


def judge_guard(guard: Guard, asked: Asked) -> Verdict:
    """Return the truth of a guard that does not look at other lines, and what would settle it.

    `DefersTo` is asked only where that program has no rule for the code: then it is not known. Nor
    are `WithProgram`, `WithCode` and `AddOnTo` known here: `following` judges them.
    """
    order = asked.order
    verdict: Verdict = None, ()
    match guard:
        case ForPlan(plan) if order.plan is None:
            verdict = None, (Ask(Fact.PLAN, (plan,)),)
        case ForPlan(plan):
            verdict = named_as(str(order.plan), (plan,)) is not None, ()
        case ClientSpecific() if order.client_managed is None:
            verdict = None, _CLIENT_MANAGED
        case ClientSpecific():
            verdict = order.client_managed, ()
        case DefersTo(program):
            verdict = None, (Ask(Fact.DEFERRED_PROGRAM, (program,)),)
        case Unread():
            verdict = None, _PRINTED_LINE
        case Age() | AtPlace() | InState() | WithDiagnosis() | WithModifier() | UnitsAbove():
            verdict = judge_scope(guard, asked)
        case Unless():
            verdict = judge_scope(guard, asked)
        case WithProgram() | WithCode() | AddOnTo():
            pass
    return verdict


def judge_limit(limit: Limit | WithCode, rule: Rule, asked: Asked) -> Verdict:
    """Return whether a limit is met (True) or violated (False), and what would settle it."""
    verdict: Verdict = None, ()  # nothing that can be told says whether a request will describe it
    match limit:
        case AtHome() if asked.line.place_of_service is None:
            verdict = None, _PLACE_OF_SERVICE
        case AtHome():
            verdict = asked.line.place_of_service == HOME, ()
        case Purchase():
            verdict = _purchased(asked.line)
        case PurchaseAbove(components):
            verdict = _purchased_above(components, rule, asked)
        case WithCode(codes) if any(other.line.code in codes for other in asked.companions()):
            verdict = True, ()
        case WithCode():
            verdict = (False, ()) if asked.order.is_complete else (None, _OTHER_CODES)
        case DescribeProcedure():
            pass
    return verdict


def _purchased(line: OrderLine) -> Verdict:
    acquired = line.acquired()
    if acquired is None:
        return None, _ACQUISITION
    return acquired is Acquisition.PURCHASE, ()


def _purchased_above(components: int, rule: Rule, asked: Asked) -> Verdict:
    purchased, ask_acquisition = _purchased(asked.line)
    above, ask_components = _more_than(components, rule, asked)
    if purchased or above is False:
        return True, ()
    if above:
        return purchased, ask_acquisition
    return None, (*ask_components, *ask_acquisition)


def _more_than(components: int, rule: Rule, asked: Asked) -> Verdict:
    """Return whether the order holds more components of the rule's category than that."""
    counted, not_listed = 0, False
    ask: tuple[Ask, ...] = () if asked.order.is_complete else _OTHER_CODES
    for other in asked.others():
        if not other.rules:
            not_listed = True  # it may be a component, and nothing that can be told says so
        elif _is_component(other, rule):
            counted += other.line.units or 1
            if other.line.units is None:
                ask += _UNITS
    if counted > components:
        return True, ()
    return (None, tuple(dict.fromkeys(ask))) if ask or not_listed else (False, ())


def _is_component(other: Companion, base: Rule) -> bool:
    same = [
        rule
        for rule in other.rules
        if rule.category and (rule.program, rule.category) == (base.program, base.category)
    ]
    return bool(same) and not any(
        isinstance(condition, Purchase | PurchaseAbove)
        for rule in same
        for condition in rule.limits
    )
