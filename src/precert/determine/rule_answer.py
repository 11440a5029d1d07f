"""What one rule answers for one order line, before rules are compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import (
    Ask,
    Fact,
    Judged,
    Outcome,
    Reason,
    ReasonKind,
    Route,
    RuleAnswer,
)
from precert.determine.judge import judge_guard, judge_limit
from precert.model import (
    GUARDS,
    LIMITS,
    PAYER,
    Contact,
    ContactParty,
    DeniedIfRequested,
    NoAuthStated,
    Requirement,
    Unread,
    WithCode,
    WithProgram,
)

if TYPE_CHECKING:
    from datetime import date

    from precert.determine.companions import Companion, Companions
    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine
    from precert.model import Code, Condition, Rule

OUTCOMES = {
    Requirement.REQUIRED: Outcome.AUTH_NEEDED,
    Requirement.UNLISTED: Outcome.AUTH_NEEDED,
    Requirement.NOT_REQUIRED: Outcome.NO_AUTH,
    Requirement.OUT_OF_SCOPE: Outcome.NOT_MANAGED,
    Requirement.INVESTIGATIONAL: Outcome.INVESTIGATIONAL,
    Requirement.ADD_ON: Outcome.CONDITIONAL,
    Requirement.UNREAD: Outcome.CONDITIONAL,
}

_OTHER_CODES = Ask(Fact.OTHER_CODES)
_NOT_NAMED = (Reason(ReasonKind.PRIMARY_NOT_NAMED),)


class Asked(NamedTuple):
    """One order line in its order: what a rule is judged against."""

    order: Order
    line: OrderLine
    companions: Companions
    plans: tuple[str, ...]


class _Following(NamedTuple):
    """Whether a line follows a primary: its truth, the primary, and what would settle it."""

    truth: bool | None
    primary: Companion | None = None
    primary_rule: Rule | None = None
    ask: tuple[Ask, ...] = ()
    reasons: tuple[Reason, ...] = ()


def answer_rule(rule: Rule, asked: Asked) -> RuleAnswer:
    """Return what the rule answers for the line: its outcome, route, judged conditions and asks."""
    if not rule.conditions and rule.requirement is not Requirement.ADD_ON:
        return plain_answer(rule)
    judged, ask, following = _judge_guards(rule, asked)
    stated, contact = _stated(rule, asked.line.date_of_service)
    limits, limit_ask = _judge_limits(rule, asked)
    answer = _settle(rule, judged, following, stated, contact)
    return answer._replace(
        ask=(*ask, *limit_ask),
        conditions=(*judged, *_judge_statements(rule, asked.line.date_of_service)),
        limits=limits,
        reasons=following.reasons if following else (),
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
    following: _Following | None,
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


def _follow(rule: Rule, following: _Following) -> RuleAnswer:
    """Return the answer that goes where the primary's own rule sends the primary."""
    primary, primary_rule = following.primary, following.primary_rule
    if primary is None or primary_rule is None:
        message = "a rule follows only a primary that was found"
        raise AssertionError(message)
    route = plain_answer(primary_rule)
    _, contact = _stated(primary_rule, primary.line.date_of_service)
    if contact:
        route = _by_contact(route, contact)
    return route._replace(rule=rule, outcome=Outcome.FOLLOWS_PRIMARY, primary=primary.number)


def _by_contact(answer: RuleAnswer, contact: Contact) -> RuleAnswer:
    """Return the answer with its contact; a contact that names the payer makes it the route."""
    if contact.party is ContactParty.PAYER and answer.route is not None:
        return answer._replace(route=Route.PAYER, platform=None, contact=contact)
    return answer._replace(contact=contact)


def _stated(rule: Rule, on: date) -> tuple[Outcome | None, Contact | None]:
    """Return what the statements in force on that day make of the outcome, and whom to reach.

    A statement that a request is denied outweighs one that none is needed: the cautious reading.
    """
    outcome: Outcome | None = None
    contact: Contact | None = None
    for condition in rule.conditions:
        match condition:
            case NoAuthStated() if _in_force(condition.effective_from, on):
                outcome = outcome or Outcome.NO_AUTH
            case DeniedIfRequested(codes) if rule.code in codes:
                outcome = Outcome.INVESTIGATIONAL
            case Contact() if _in_force(condition.effective_from, on):
                contact = contact or condition
            case _:
                pass
    return outcome, contact


def _judge_statements(rule: Rule, on: date) -> tuple[Judged, ...]:
    """Return each statement of the rule and whether it holds for its code on that day."""
    judged: list[Judged] = []
    for condition in rule.conditions:
        match condition:
            case NoAuthStated(effective_from) | Contact(effective_from=effective_from):
                judged.append(Judged(rule, condition, _in_force(effective_from, on)))
            case DeniedIfRequested(codes):
                judged.append(Judged(rule, condition, rule.code in codes))
            case _:
                pass
    return tuple(judged)


def _in_force(effective_from: date | None, on: date) -> bool:
    return effective_from is None or effective_from <= on


def _judge_guards(
    rule: Rule, asked: Asked
) -> tuple[tuple[Judged, ...], tuple[Ask, ...], _Following | None]:
    """Return the guards with their truth, what would settle them, and the primary if one is due."""
    judged: list[Judged] = []
    ask: list[Ask] = []
    following: _Following | None = None
    named = tuple(code for c in rule.conditions if isinstance(c, WithCode) for code in c.codes)
    for condition in rule.conditions:
        if isinstance(condition, WithProgram):
            following = _with_program(rule, condition.programs, named, asked.companions)
            judged.append(Judged(rule, condition, following.truth))
            ask.extend(following.ask)
        elif isinstance(condition, GUARDS) and not isinstance(condition, WithCode):
            truth, would_settle = judge_guard(condition, asked.order, asked.plans)
            judged.append(Judged(rule, condition, truth))
            ask.extend(would_settle)
    if following is None and (named or rule.requirement is Requirement.ADD_ON):
        following = _add_on(rule, named, asked.companions)
        ask.extend(following.ask)
    return tuple(judged), tuple(ask), following


def _with_program(
    rule: Rule, programs: tuple[str, ...], named: tuple[Code, ...], companions: Companions
) -> _Following:
    """Judge a companion-managed code: the printed primary first, then the rule's own program."""
    firm = [companion for companion in companions.firm() if companion.rule_of(*programs)]
    if firm:
        primary = min(
            firm,
            key=lambda c: (c.line.code not in named, c.rule_of(rule.program) is None, c.number),
        )
        primary_rule = primary.rule_of(rule.program) or primary.rule_of(*programs)
        return _Following(
            truth=True, primary=primary, primary_rule=primary_rule, reasons=_NOT_NAMED
        )
    possible = tuple(str(companion.number) for companion in companions.possible(programs))
    if possible:
        reason = Reason(ReasonKind.POSSIBLE_COMPANION, possible)
        return _Following(truth=None, ask=(_OTHER_CODES,), reasons=(reason,))
    if not companions.order_is_complete:
        return _Following(truth=None, ask=(_OTHER_CODES,))
    return _Following(truth=False)


def _add_on(rule: Rule, named: tuple[Code, ...], companions: Companions) -> _Following:
    """Judge a plain add-on: a firm line of its program, category and (where printed) heading.

    With codes named and no program, only a firm line of one of those codes is a primary.
    """
    for companion in companions.firm():
        for primary_rule in companion.rules:
            if companion.line.code in named or (not named and _same_group(primary_rule, rule)):
                return _Following(
                    truth=True, primary=companion, primary_rule=primary_rule, reasons=_NOT_NAMED
                )
    fact = Fact.PRIMARY_CODE if companions.order_is_complete else Fact.OTHER_CODES
    return _Following(truth=None, ask=(Ask(fact),))


def _same_group(primary: Rule, follower: Rule) -> bool:
    return (primary.program, primary.category) == (follower.program, follower.category) and (
        not primary.heading or not follower.heading or primary.heading == follower.heading
    )


def _judge_limits(rule: Rule, asked: Asked) -> tuple[tuple[Judged, ...], tuple[Ask, ...]]:
    limits: list[Judged] = []
    ask: list[Ask] = []
    for condition in rule.conditions:
        if _is_limit(condition):
            truth, would_settle = judge_limit(condition, rule, asked.line, asked.companions)
            limits.append(Judged(rule, condition, truth))
            ask.extend(would_settle)
    return tuple(limits), tuple(ask)


def _is_limit(condition: Condition) -> bool:
    """Return whether it is printed as a limit: `WithCode` is, beside its part in choosing."""
    return isinstance(condition, (*LIMITS, WithCode))
