"""What one rule answers for one order line, before rules are compared with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from precert.determine.guards import judge_guards
from precert.determine.judge import judge_limit
from precert.determine.statements import judge_statements, stated_on
from precert.model import PAYER, AtHome, Contact, ContactParty, Requirement

if TYPE_CHECKING:
    from precert.determine.companions import Asked
    from precert.determine.following import Following
    from precert.determine.guards import Guarded
    from precert.model import Rule

OUTCOMES = {
    Requirement.REQUIRED: Outcome.AUTH_NEEDED,
    Requirement.UNLISTED: Outcome.AUTH_NEEDED,
    Requirement.NOT_REQUIRED: Outcome.NO_AUTH,
    Requirement.OUT_OF_SCOPE: Outcome.NOT_MANAGED,
    Requirement.INVESTIGATIONAL: Outcome.INVESTIGATIONAL,
    Requirement.ADD_ON: Outcome.CONDITIONAL,
    Requirement.UNREAD: Outcome.CONDITIONAL,
}

# Bound once: in Python 3.11 each look-up of an enum's member costs as much as a dict of them.
_AUTH_NEEDED, _NOT_MANAGED = Outcome.AUTH_NEEDED, Outcome.NOT_MANAGED
_INVESTIGATIONAL, _CONDITIONAL = Outcome.INVESTIGATIONAL, Outcome.CONDITIONAL
_FOLLOWS_PRIMARY, _NO_AUTH = Outcome.FOLLOWS_PRIMARY, Outcome.NO_AUTH
_ADD_ON, _OUT_OF_SCOPE = Requirement.ADD_ON, Requirement.OUT_OF_SCOPE
_PLATFORM, _PAYER, _PAYER_ITSELF = Route.PLATFORM, Route.PAYER, ContactParty.PAYER


def answer_rule(rule: Rule, asked: Asked) -> RuleAnswer:
    """Return what the rule answers for the line: its outcome, route, judged conditions and asks."""
    if not rule.conditions and rule.requirement is not _ADD_ON:
        return plain_answer(rule)
    code, on = asked.line.code, asked.line.date_of_service
    guarded = judge_guards(rule, asked)
    judged, following = guarded.judged, guarded.following
    stated, contact = stated_on(rule, code, on) if rule.statements else (None, None)
    outcome = _outcome(guarded, stated)
    limits: tuple[Judged, ...] = ()
    limit_ask: tuple[Ask, ...] = ()
    if rule.limits and not (judged and outcome is _NOT_MANAGED):  # else the rule does not apply
        limits, limit_ask = _judge_limits(rule, asked)
    if outcome is _NOT_MANAGED or outcome is _NO_AUTH:
        limit_ask = ()  # nothing is requested that a limit could stop
    if outcome is _NO_AUTH and contact is not None and contact.party is _PAYER_ITSELF:
        # "No", and yet the payer is to be reached for the code: nobody can tell which holds.
        outcome, limit_ask = _CONDITIONAL, (Ask(Fact.PRINTED_LINE), *limit_ask)
    primary: int | None = None
    if outcome is _FOLLOWS_PRIMARY and following and following.primary:
        primary = following.primary.number
        route, platform, contact = _as_primary(following)
    else:
        route, platform = route_of(rule, outcome, guarded.requirement)
        route, platform = _by_contact(route, platform, contact)
    reasons = (*_nothing_printed(rule, guarded), *(following.reasons if following else ()))
    return RuleAnswer(
        rule,
        outcome,
        route,
        platform,
        contact,
        primary,
        (*guarded.ask, *limit_ask),
        (*judged, *judge_statements(rule, code, on, scope=guarded.scope))
        if rule.statements
        else judged,
        limits,
        (*reasons, *_lists_not_seen(limits, asked)) if limits else reasons,
    )


def plain_answer(rule: Rule) -> RuleAnswer:
    """Return the answer of a rule without conditions: what the row prints, and where it goes."""
    outcome = OUTCOMES[rule.requirement]
    return RuleAnswer(rule, outcome, *route_of(rule, outcome))


def route_of(
    rule: Rule, outcome: Outcome, requirement: Requirement | None = None
) -> tuple[Route | None, str | None]:
    """Return the route of an outcome by the row's own print, and the platform where it is one.

    `requirement` is what the row prints where that is not its decision column. A row that requires
    authorization and prints no platform has no route: nobody guesses one.
    """
    if outcome is _NOT_MANAGED:
        return _PAYER, None
    if outcome is _AUTH_NEEDED or outcome is _INVESTIGATIONAL:
        if rule.platform == PAYER:
            return _PAYER, None
        if rule.platform is not None:
            return _PLATFORM, rule.platform
        if (requirement or rule.requirement) is _OUT_OF_SCOPE:
            return _PAYER, None
    return None, None


def _outcome(guarded: Guarded, stated: Outcome | None) -> Outcome:
    """Return the outcome: first the guards, with what was not read, then the statements.

    Where the row prints something otherwise, a statement that none is required does not speak of
    that; one that a request is denied does.
    """
    if guarded.applies is False:
        return _NOT_MANAGED
    if guarded.applies is None:
        return _CONDITIONAL
    if stated is not None and (not guarded.is_otherwise or stated is _INVESTIGATIONAL):
        return stated
    if guarded.following is not None and guarded.following.truth:
        return _FOLLOWS_PRIMARY
    return OUTCOMES[guarded.requirement]


def _nothing_printed(rule: Rule, guarded: Guarded) -> tuple[Reason, ...]:
    """Say that the row prints nothing for the line, whose scope guard is false."""
    if guarded.applies is False and guarded.scope is False and rule.otherwise is None:
        return (Reason(ReasonKind.NOTHING_PRINTED, (str(rule.ref),)),)
    return ()


def _as_primary(following: Following) -> tuple[Route | None, str | None, Contact | None]:
    """Return where the primary's own rule sends the primary."""
    rule, primary = following.primary_rule, following.primary
    if rule is None or primary is None:
        return None, None, None
    _, contact = stated_on(rule, primary.line.code, primary.line.date_of_service)
    return *_by_contact(*route_of(rule, OUTCOMES[rule.requirement]), contact), contact


def _by_contact(
    route: Route | None, platform: str | None, contact: Contact | None
) -> tuple[Route | None, str | None]:
    """Return the route, which a contact that names the payer makes the payer."""
    if contact is not None and route is not None and contact.party is _PAYER_ITSELF:
        return _PAYER, None
    return route, platform


def _judge_limits(rule: Rule, asked: Asked) -> tuple[tuple[Judged, ...], tuple[Ask, ...]]:
    limits: list[Judged] = []
    ask: tuple[Ask, ...] = ()
    for condition in rule.limits:
        truth, would_settle = judge_limit(condition, rule, asked)
        limits.append(Judged(rule, condition, truth))
        ask += would_settle
    return tuple(limits), ask


def _lists_not_seen(limits: tuple[Judged, ...], asked: Asked) -> tuple[Reason, ...]:
    """Name the lists not seen where a service that the program knows at home is done elsewhere."""
    for limit in limits:
        if limit.truth is False and isinstance(limit.condition, AtHome):
            link_only = asked.rulebook.link_only
            return (Reason(ReasonKind.LINK_ONLY_PROGRAMS, link_only),) if link_only else ()
    return ()
