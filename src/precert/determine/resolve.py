"""From the rules that a line stands on to one determination: companion selection, agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from precert.determine.answer import (
    Ask,
    Determination,
    Fact,
    Outcome,
    Reason,
    ReasonKind,
    RuleAnswer,
)
from precert.determine.companions import Asked
from precert.determine.rule_answer import OUTCOMES, answer_rule, route_of
from precert.determine.scope import without_silent
from precert.model import CodeRange, Requirement, Unread, WithProgram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.determine.companions import Standings
    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine
    from precert.model import Rule
    from precert.rulebook import Rulebook


T = TypeVar("T")

_NEWER_EDITION = Ask(Fact.NEWER_EDITION)

# Bound once: in Python 3.11 each look-up of an enum's member costs as much as a dict of them.
_NO_AUTH, _NOT_MANAGED = Outcome.NO_AUTH, Outcome.NOT_MANAGED
_CONDITIONAL, _NOT_LISTED = Outcome.CONDITIONAL, Outcome.NOT_LISTED
_ADD_ON = Requirement.ADD_ON
_EXHAUSTIVE = ReasonKind.EXHAUSTIVE


def resolve(rulebook: Rulebook, order: Order, standings: Standings, index: int) -> Determination:
    """Return the determination of one line: its own rules, seen with the order's other lines."""
    rules, reasons = standings[index]
    line = order.lines[index]
    if not rules:
        return _not_listed(rulebook, line, index, reasons)
    first = rules[0]
    several = len(rules) > 1
    if not several and not first.conditions and first.requirement is not _ADD_ON:
        return _plain(rulebook, line, index, first, reasons)
    asked = Asked(rulebook, order, standings, index)
    if several and order.is_complete:
        rules, selected = _by_companion(rules, asked)
        reasons += selected
    if several and any(rule.scope for rule in rules):
        rules, dropped = without_silent(rules, asked)
        reasons += dropped
    answers = tuple([answer_rule(rule, asked) for rule in rules])
    return _agree(asked, index, answers, reasons)


def _plain(
    rulebook: Rulebook, line: OrderLine, index: int, rule: Rule, reasons: tuple[Reason, ...]
) -> Determination:
    """Return what one rule without conditions says: most codes of most lists."""
    outcome = OUTCOMES[rule.requirement]
    route, platform = route_of(rule, outcome)
    ask: tuple[Ask, ...] = ()
    if rulebook.ranges:
        reasons += _by_range((rule,))
    outdated = _outdated(rulebook, line)
    if outdated is not None:
        reasons = (*reasons, outdated)
        if outcome is _NO_AUTH or outcome is _NOT_MANAGED:
            outcome, route, platform, ask = _CONDITIONAL, None, None, (_NEWER_EDITION,)
    return Determination(
        index + 1,
        line.code,
        line.date_of_service,
        outcome,
        route,
        platform,
        None,
        None,
        (rule,),
        (),
        (),
        ask,
        (),
        reasons,
        rulebook.digest,
    )


def _agree(
    asked: Asked, index: int, answers: tuple[RuleAnswer, ...], reasons: tuple[Reason, ...]
) -> Determination:
    """Return the one answer that all rules give, or `conditional` with each cited answer."""
    outdated = _outdated(asked.rulebook, asked.line)
    first = answers[0]
    if asked.rulebook.ranges:
        reasons += _by_range([answer.rule for answer in answers])
    if len(answers) == 1:
        only = first if outdated is None else _distrusted(first, outdated)
        return _determination(asked, index, only, _distinct(reasons + only.reasons))
    disagree = any(_key(answer) != _key(first) for answer in answers)
    if outdated is not None:
        answers = tuple([_distrusted(answer, outdated) for answer in answers])
        first = answers[0]
    reasons = _distinct([*reasons, *(reason for answer in answers for reason in answer.reasons)])
    ask = tuple([one for answer in answers for one in answer.ask])
    told = (
        tuple([judged for answer in answers for judged in answer.conditions]),
        tuple([judged for answer in answers for judged in answer.limits]),
    )
    rules = tuple([answer.rule for answer in answers])
    if disagree:
        ask = (*_settles(asked, answers), *ask)
        reasons = (*reasons, Reason(ReasonKind.RULES_DISAGREE))
        merged = RuleAnswer(first.rule, _CONDITIONAL, None, None, None, None, ask, *told)
        return _determination(asked, index, merged, reasons, rules, answers)
    contact = next((answer.contact for answer in answers if answer.contact), None)
    conditions, limits = told
    merged = first._replace(contact=contact, ask=ask, conditions=conditions, limits=limits)
    return _determination(asked, index, merged, reasons, rules)


def _determination(  # noqa: PLR0913, PLR0917 - one is made for every order line: by position
    asked: Asked,
    index: int,
    answer: RuleAnswer,
    reasons: tuple[Reason, ...],
    rules: tuple[Rule, ...] = (),
    alternatives: tuple[RuleAnswer, ...] = (),
) -> Determination:
    """Return the determination that an answer makes; `rules` are its own where several agree."""
    return Determination(
        index + 1,
        asked.line.code,
        asked.line.date_of_service,
        answer.outcome,
        answer.route,
        answer.platform,
        answer.contact,
        answer.primary,
        rules or (answer.rule,),
        answer.conditions,
        answer.limits,
        _distinct(answer.ask),
        alternatives,
        reasons,
        asked.rulebook.digest,
    )


def _settles(asked: Asked, answers: tuple[RuleAnswer, ...]) -> tuple[Ask, ...]:
    """Return what would settle rules that disagree: the program, and a companion not yet told."""
    programs = _distinct([answer.rule.program for answer in answers])
    settles = Ask(Fact.PROGRAM, programs) if len(programs) > 1 else Ask(Fact.PRINTED_LINE)
    if len(programs) == 1 and any(answer.rule.scope and answer.ask for answer in answers):
        return ()  # the fact that is asked for decides which row of the program holds
    if not asked.order.is_complete and _named([answer.rule for answer in answers]):
        return settles, Ask(Fact.OTHER_CODES)
    return (settles,)


def _distrusted(answer: RuleAnswer, outdated: Reason) -> RuleAnswer:
    """Return the answer as it is trusted past the edition: one that needs no action is open."""
    reasons = (*answer.reasons, outdated)
    if answer.outcome is not _NO_AUTH and answer.outcome is not _NOT_MANAGED:
        return answer._replace(reasons=reasons)
    return answer._replace(
        outcome=_CONDITIONAL,
        route=None,
        platform=None,
        ask=(_NEWER_EDITION, *answer.ask),
        reasons=reasons,
    )


def _key(answer: RuleAnswer) -> tuple[object, ...]:
    return answer.outcome, answer.route, answer.platform, answer.primary


def _not_listed(
    rulebook: Rulebook, line: OrderLine, index: int, reasons: tuple[Reason, ...]
) -> Determination:
    """Return what is answered without a rule: `no-auth` only where the list states it in print."""
    outcome = _NOT_LISTED
    ask: tuple[Ask, ...] = ()
    if rulebook.exhaustive is not None and any(each.kind is _EXHAUSTIVE for each in reasons):
        outcome = _NO_AUTH
        outdated = _outdated(rulebook, line)
        if outdated is not None:
            reasons = (*reasons, outdated)
            outcome, ask = _CONDITIONAL, (_NEWER_EDITION,)
    return Determination(
        index + 1,
        line.code,
        line.date_of_service,
        outcome,
        None,
        None,
        None,
        None,
        (),
        (),
        (),
        ask,
        (),
        reasons,
        rulebook.digest,
    )


def _by_companion(
    rules: tuple[Rule, ...], asked: Asked
) -> tuple[tuple[Rule, ...], tuple[Reason, ...]]:
    """Step 3: keep the rules of the program in which a firm companion of the order stands."""
    named = _named(rules)
    if not named:
        return rules, ()
    present = {
        rule.program
        for companion in asked.firm()
        for rule in companion.rules
        if rule.program in named
    }
    programs = _distinct([rule.program for rule in rules if rule.program in present])
    selected = tuple(rule for rule in rules if rule.program in present or _is_unread(rule))
    if not programs or len(selected) == len(rules):
        return rules, ()
    return selected, (Reason(ReasonKind.SELECTED_BY_COMPANION, programs),)


def _is_unread(rule: Rule) -> bool:
    """Return whether something of the rule was not read: it may say not to drop it."""
    return any(isinstance(guard, Unread) for guard in rule.guards)


def _named(rules: Sequence[Rule]) -> set[str]:
    """Return the programs that a `WithProgram` of the rules names."""
    return {
        program
        for rule in rules
        for condition in rule.guards
        if isinstance(condition, WithProgram)
        for program in condition.programs
    }


def _by_range(rules: Sequence[Rule]) -> tuple[Reason, ...]:
    """Name the printed ranges that answer: nobody checked that the code itself exists."""
    ranges = dict.fromkeys(str(rule.code) for rule in rules if isinstance(rule.code, CodeRange))
    return tuple([Reason(ReasonKind.BY_RANGE, (text,)) for text in ranges])


def _outdated(rulebook: Rulebook, line: OrderLine) -> Reason | None:
    """Return why an answer that needs no action is not trusted on that day, or None."""
    edition, on = rulebook.edition, line.date_of_service
    if edition.effective_to is not None and on > edition.effective_to:
        return Reason(ReasonKind.PAST_EDITION, (edition.effective_to.isoformat(),))
    if on > edition.review_by:
        return Reason(ReasonKind.PAST_REVIEW, (edition.review_by.isoformat(),))
    return None


def _distinct(values: Sequence[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else tuple(values)
