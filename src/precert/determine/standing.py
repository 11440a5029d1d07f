"""The rules a line stands on: in force on the day, after deferral and the told program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.codes import code_set
from precert.determine.answer import Reason, ReasonKind
from precert.model import DefersTo, Unread

if TYPE_CHECKING:
    from datetime import date

    from precert.determine.order_line import OrderLine
    from precert.model import Rule
    from precert.rulebook import Rulebook

Standing = tuple[tuple["Rule", ...], tuple[Reason, ...]]
"""The rules a line stands on after deferral and the told program, and why these.

A bare tuple: one is made for every order line that is ever asked.
"""


def standing(rulebook: Rulebook, line: OrderLine) -> Standing:
    """Return the rules in force for the line after steps 1 (deferral) and 2 (told program).

    A told program that the edition does not know has no rule in it.
    """
    on = line.date_of_service
    if on < rulebook.edition.effective_from:
        begins = rulebook.edition.effective_from.isoformat()
        return (), (Reason(ReasonKind.NO_EDITION, (begins,)),)
    listed = rulebook.listing.get(line.code, ())
    rules = listed
    for rule in listed:
        if not _in_force(rule, on):
            rules = tuple([rule for rule in listed if _in_force(rule, on)])
            break
    if not rules:
        return (), _why_not_listed(rulebook, listed, line)
    reasons: tuple[Reason, ...] = ()
    if len(rules) > 1 and any(rule.guards for rule in rules):
        rules, reasons = _without_deferring(rules)
    if line.program is not None:
        rules, selected = _of_told_program(rulebook, rules, line.program)
        told_gives_way = any(reason.subjects[1] == line.program for reason in reasons)
        reasons += () if told_gives_way else selected
    if rulebook.unread:
        reasons += _unread_lines(rulebook)
    return rules, reasons


def _in_force(rule: Rule, on: date) -> bool:
    return (rule.effective_from is None or rule.effective_from <= on) and (
        rule.effective_to is None or on <= rule.effective_to
    )


def _why_not_listed(
    rulebook: Rulebook, listed: tuple[Rule, ...], line: OrderLine
) -> tuple[Reason, ...]:
    """Say which rules are not in force on the day, and which programs are only a link.

    And that the list says what holds for a code which it does not list, if it does. A list that
    prints no code of a code set does not speak of it: one of HCPCS codes says nothing of CPT.
    """
    program = line.program
    reasons = [
        Reason(
            ReasonKind.RULE_NOT_IN_FORCE,
            (
                str(rule.ref),
                rule.effective_from.isoformat() if rule.effective_from else "",
                rule.effective_to.isoformat() if rule.effective_to else "",
            ),
        )
        for rule in listed
    ]
    if program is not None and all(rule.program != program for rule in listed):
        reasons.append(Reason(ReasonKind.NOT_IN_TOLD_PROGRAM, (program,)))
    if rulebook.link_only:
        reasons.append(Reason(ReasonKind.LINK_ONLY_PROGRAMS, rulebook.link_only))
    reasons += _unread_lines(rulebook)
    if rulebook.exhaustive is not None and not listed:
        whole = not rulebook.link_only and not rulebook.unread
        asked, stated = code_set(line.code), str(rulebook.exhaustive)
        if asked not in rulebook.exhaustive_sets:
            reasons.append(Reason(ReasonKind.EXHAUSTIVE_NOT_RELIED_ON, (stated, asked.value)))
        else:
            kind = ReasonKind.EXHAUSTIVE if whole else ReasonKind.EXHAUSTIVE_NOT_RELIED_ON
            reasons.append(Reason(kind, (stated,)))
    return tuple(reasons)


def _unread_lines(rulebook: Rulebook) -> tuple[Reason, ...]:
    """Say that a line was not read: a code may stand there, with another answer if it is listed."""
    return tuple(
        Reason(ReasonKind.UNREAD_LINES, (document.name, str(document.unread)))
        for document in rulebook.unread
    )


def _without_deferring(
    rules: tuple[Rule, ...],
) -> tuple[tuple[Rule, ...], tuple[Reason, ...]]:
    """Step 1: drop a rule that defers to a program in which the code has a rule.

    A rule of which something was not read is never dropped: what was not read may say otherwise.
    """
    programs = {rule.program for rule in rules}
    kept: list[Rule] = []
    reasons: list[Reason] = []
    for rule in rules:
        deferred_to = {c.program for c in rule.conditions if isinstance(c, DefersTo)}
        answering = sorted((deferred_to & programs) - {rule.program})
        if answering and not any(isinstance(guard, Unread) for guard in rule.guards):
            reasons.append(Reason(ReasonKind.DEFERRED, (str(rule.ref), rule.program, answering[0])))
        else:
            kept.append(rule)
    return (tuple(kept), tuple(reasons)) if kept else (rules, ())


def _of_told_program(
    rulebook: Rulebook, rules: tuple[Rule, ...], program: str
) -> tuple[tuple[Rule, ...], tuple[Reason, ...]]:
    """Step 2: keep the told program's rules if the code has any; if not, select nothing, say so."""
    of_program = tuple(rule for rule in rules if rule.program == program)
    if not of_program:
        reason = Reason(ReasonKind.NOT_IN_TOLD_PROGRAM, (program,))
        if program in rulebook.link_only:
            return rules, (reason, Reason(ReasonKind.LINK_ONLY_PROGRAMS, (program,)))
        return rules, (reason,)
    if len(of_program) == len(rules):
        return rules, ()
    return of_program, (Reason(ReasonKind.SELECTED_BY_PROGRAM, (program,)),)
