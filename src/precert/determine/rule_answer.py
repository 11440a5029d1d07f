"""What one rule answers for one order line, before rules are compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Ask, Judged, Outcome, Reason, ReasonKind, Route, RuleAnswer
from precert.determine.following import Following, add_on, with_program
from precert.determine.judge import judge_guard, judge_limit
from precert.determine.statements import judge_statements, stated_on
from precert.model import (
    GUARDS,
    LIMITS,
    PAYER,
    AtHome,
    Contact,
    ContactParty,
    Requirement,
    Unread,
    WithCode,
    WithProgram,
)

if TYPE_CHECKING:
    from precert.determine.companions import Companions
    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine
    from precert.model import Condition, Rule
    from precert.rulebook import Rulebook

OUTCOMES = {
    Requirement.REQUIRED: Outcome.AUTH_NEEDED,
    Requirement.UNLISTED: Outcome.AUTH_NEEDED,
    Requirement.NOT_REQUIRED: Outcome.NO_AUTH,
    Requirement.OUT_OF_SCOPE: Outcome.NOT_MANAGED,
    Requirement.INVESTIGATIONAL: Outcome.INVESTIGATIONAL,
    Requirement.ADD_ON: Outcome.CONDITIONAL,
    Requirement.UNREAD: Outcome.CONDITIONAL,
}


class Asked(NamedTuple):
    """One order line in its order: what a rule is judged against."""

    rulebook: Rulebook
    order: Order
    line: OrderLine
    companions: Companions


def answer_rule(rule: Rule, asked: Asked) -> RuleAnswer:
    """Return what the rule answers for the line: its outcome, route, judged conditions and asks."""
    if not rule.conditions and rule.requirement is not Requirement.ADD_ON:
        return plain_answer(rule)
    judged, ask, following = _judge_guards(rule, asked)
    stated, contact = stated_on(rule, asked.line.date_of_service)
    limits, limit_ask = _judge_limits(rule, asked)
    answer = _settle(rule, judged, following, stated, contact)
    return answer._replace(
        ask=(*ask, *limit_ask),
        conditions=(*judged, *judge_statements(rule, asked.line.date_of_service)),
        limits=limits,
        reasons=(*(following.reasons if following else ()), *_lists_not_seen(limits, asked)),
    )


def plain_answer(rule: Rule) -> RuleAnswer:
    """Return the answer of a rule without conditions: what the row prints, and where it goes."""
    outcome = OUTCOMES[rule.requirement]
    return RuleAnswer(rule, outcome, *route_of(rule, outcome))


def route_of(rule: Rule, outcome: Outcome) -> tuple[Route | None, str | None]:
    """Return the route of an outcome by the row's own print, and the platform where it is one.

    A row that requires authorization and prints no platform has no route: nobody guesses one.
    """
    if outcome is Outcome.NOT_MANAGED:
        return Route.PAYER, None
    if outcome is Outcome.AUTH_NEEDED or outcome is Outcome.INVESTIGATIONAL:
        if rule.platform == PAYER:
            return Route.PAYER, None
        if rule.platform is not None:
            return Route.PLATFORM, rule.platform
        if rule.requirement is Requirement.OUT_OF_SCOPE:
            return Route.PAYER, None
    return None, None


def _settle(
    rule: Rule,
    judged: tuple[Judged, ...],
    following: Following | None,
    stated: Outcome | None,
    contact: Contact | None,
) -> RuleAnswer:
    """Return the bare answer: guards first, then what the statements change."""
    truths = [guard.truth for guard in judged]
    if any(isinstance(guard.condition, Unread) for guard in judged):
        outcome = Outcome.CONDITIONAL
    elif False in truths:
        outcome = Outcome.NOT_MANAGED
    elif None in truths:
        outcome = Outcome.CONDITIONAL
    elif stated is not None:
        outcome = stated
    elif following is not None and following.primary_rule is not None:
        return _follow(rule, following)
    else:
        outcome = OUTCOMES[rule.requirement]
    answer = RuleAnswer(rule, outcome, *route_of(rule, outcome))
    return _by_contact(answer, contact) if contact else answer


def _follow(rule: Rule, following: Following) -> RuleAnswer:
    """Return the answer that goes where the primary's own rule sends the primary."""
    primary, primary_rule = following.primary, following.primary_rule
    if primary is None or primary_rule is None:
        message = "a rule follows only a primary that was found"
        raise AssertionError(message)
    route = plain_answer(primary_rule)
    _, contact = stated_on(primary_rule, primary.line.date_of_service)
    if contact:
        route = _by_contact(route, contact)
    return route._replace(rule=rule, outcome=Outcome.FOLLOWS_PRIMARY, primary=primary.number)


def _by_contact(answer: RuleAnswer, contact: Contact) -> RuleAnswer:
    """Return the answer with its contact; a contact that names the payer makes it the route."""
    if contact.party is ContactParty.PAYER and answer.route is not None:
        return answer._replace(route=Route.PAYER, platform=None, contact=contact)
    return answer._replace(contact=contact)


def _judge_guards(
    rule: Rule, asked: Asked
) -> tuple[tuple[Judged, ...], tuple[Ask, ...], Following | None]:
    """Return the guards with their truth, what would settle them, and the primary if one is due."""
    judged: list[Judged] = []
    ask: list[Ask] = []
    following: Following | None = None
    named = tuple(code for c in rule.conditions if isinstance(c, WithCode) for code in c.codes)
    for condition in rule.conditions:
        if isinstance(condition, WithProgram):
            following = with_program(rule, condition.programs, named, asked.companions)
            judged.append(Judged(rule, condition, following.truth))
            ask.extend(following.ask)
        elif isinstance(condition, GUARDS) and not isinstance(condition, WithCode):
            truth, would_settle = judge_guard(condition, asked.order, asked.rulebook.plans)
            judged.append(Judged(rule, condition, truth))
            ask.extend(would_settle)
    if following is None and (named or rule.requirement is Requirement.ADD_ON):
        following = add_on(rule, named, asked.companions)
        ask.extend(following.ask)
    return tuple(judged), tuple(ask), following


def _judge_limits(rule: Rule, asked: Asked) -> tuple[tuple[Judged, ...], tuple[Ask, ...]]:
    limits: list[Judged] = []
    ask: list[Ask] = []
    for condition in rule.conditions:
        if _is_limit(condition):
            truth, would_settle = judge_limit(condition, rule, asked.line, asked.companions)
            limits.append(Judged(rule, condition, truth))
            ask.extend(would_settle)
    return tuple(limits), tuple(ask)


def _lists_not_seen(limits: tuple[Judged, ...], asked: Asked) -> tuple[Reason, ...]:
    """Name the lists not seen where a service that the program knows at home is done elsewhere."""
    elsewhere = any(
        limit.truth is False and isinstance(limit.condition, AtHome) for limit in limits
    )
    if elsewhere and asked.rulebook.link_only:
        return (Reason(ReasonKind.LINK_ONLY_PROGRAMS, asked.rulebook.link_only),)
    return ()


def _is_limit(condition: Condition) -> bool:
    """Return whether it is printed as a limit: `WithCode` is, beside its part in choosing."""
    return isinstance(condition, (*LIMITS, WithCode))
