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
from precert.determine.companions import Companions
from precert.determine.rule_answer import OUTCOMES, Asked, answer_rule, route_of
from precert.model import Requirement, WithProgram

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine
    from precert.determine.standing import Standing
    from precert.model import Rule
    from precert.rulebook import Rulebook


T = TypeVar("T")


def resolve(
    rulebook: Rulebook, order: Order, standings: Sequence[Standing], index: int
) -> Determination:
    """Return the determination of one line: its own rules, seen with the order's other lines."""
    line = order.lines[index]
    rules, reasons = standings[index]
    if len(rules) == 1:
        rule = rules[0]
        if not rule.conditions and rule.requirement is not Requirement.ADD_ON:
            return _plain(rulebook, line, index, rule, reasons)
    if not rules:
        return _not_listed(rulebook, line, index, reasons)
    companions = Companions(order, tuple([other for other, _ in standings]), index)
    if len(rules) > 1 and order.is_complete:
        rules, selected = _by_companion(rules, companions)
        reasons = (*reasons, *selected)
    asked = Asked(rulebook, order, line, companions)
    answers = tuple([answer_rule(rule, asked) for rule in rules])
    return _agree(rulebook, line, index, answers, reasons)


def _plain(
    rulebook: Rulebook, line: OrderLine, index: int, rule: Rule, reasons: tuple[Reason, ...]
) -> Determination:
    """Return what one rule without conditions says: most codes of most lists."""
    outcome = OUTCOMES[rule.requirement]
    route, platform = route_of(rule, outcome)
    ask: tuple[Ask, ...] = ()
    if outcome is Outcome.NO_AUTH or outcome is Outcome.NOT_MANAGED:
        outdated = _outdated(rulebook, line)
        if outdated is not None:
            outcome, route, platform = Outcome.CONDITIONAL, None, None
            ask, reasons = (Ask(Fact.NEWER_EDITION),), (*reasons, outdated)
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
    rulebook: Rulebook,
    line: OrderLine,
    index: int,
    answers: tuple[RuleAnswer, ...],
    reasons: tuple[Reason, ...],
) -> Determination:
    """Return the one answer that all rules give, or `conditional` with each cited answer."""
    first = answers[0]
    alternatives: tuple[RuleAnswer, ...] = ()
    ask = _distinct(asked for answer in answers for asked in answer.ask)
    reasons = _distinct((*reasons, *(reason for answer in answers for reason in answer.reasons)))
    contact = next((answer.contact for answer in answers if answer.contact), None)
    outcome, route, platform, primary = first.outcome, first.route, first.platform, first.primary
    if any(_key(answer) != _key(first) for answer in answers):
        outcome, route, platform, primary, contact = Outcome.CONDITIONAL, None, None, None, None
        programs = _distinct(answer.rule.program for answer in answers)
        settles = Ask(Fact.PROGRAM, programs) if len(programs) > 1 else Ask(Fact.PRINTED_LINE)
        ask, alternatives = _distinct((settles, *ask)), answers
        reasons = (*reasons, Reason(ReasonKind.RULES_DISAGREE))
    elif outcome in {Outcome.NO_AUTH, Outcome.NOT_MANAGED}:
        outdated = _outdated(rulebook, line)
        if outdated is not None:
            outcome, route, platform = Outcome.CONDITIONAL, None, None
            ask, reasons = _distinct((Ask(Fact.NEWER_EDITION), *ask)), (*reasons, outdated)
    return Determination(
        index + 1,
        line.code,
        line.date_of_service,
        outcome,
        route,
        platform,
        contact,
        primary,
        tuple(answer.rule for answer in answers),
        tuple(judged for answer in answers for judged in answer.conditions),
        tuple(judged for answer in answers for judged in answer.limits),
        ask,
        alternatives,
        reasons,
        rulebook.digest,
    )


def _key(answer: RuleAnswer) -> tuple[object, ...]:
    return answer.outcome, answer.route, answer.platform, answer.primary


def _not_listed(
    rulebook: Rulebook, line: OrderLine, index: int, reasons: tuple[Reason, ...]
) -> Determination:
    return Determination(
        index + 1,
        line.code,
        line.date_of_service,
        Outcome.NOT_LISTED,
        None,
        None,
        None,
        None,
        (),
        (),
        (),
        (),
        (),
        reasons,
        rulebook.digest,
    )


def _by_companion(
    rules: tuple[Rule, ...], companions: Companions
) -> tuple[tuple[Rule, ...], tuple[Reason, ...]]:
    """Step 3: keep the rules of the program in which a firm companion of the order stands."""
    named = {
        program
        for rule in rules
        for condition in rule.conditions
        if isinstance(condition, WithProgram)
        for program in condition.programs
    }
    if not named:
        return rules, ()
    present = {
        rule.program
        for companion in companions.firm()
        for rule in companion.rules
        if rule.program in named
    }
    selected = tuple(rule for rule in rules if rule.program in present)
    if not selected or len(selected) == len(rules):
        return rules, ()
    programs = _distinct(rule.program for rule in selected)
    return selected, (Reason(ReasonKind.SELECTED_BY_COMPANION, programs),)


def _outdated(rulebook: Rulebook, line: OrderLine) -> Reason | None:
    """Return why an answer that needs no action is not trusted on that day, or None."""
    edition, on = rulebook.edition, line.date_of_service
    if edition.effective_to is not None and on > edition.effective_to:
        return Reason(ReasonKind.PAST_EDITION, (edition.effective_to.isoformat(),))
    if on > edition.review_by:
        return Reason(ReasonKind.PAST_REVIEW, (edition.review_by.isoformat(),))
    return None


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
