"""What the statements of a rule make of its outcome and route on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Judged, Outcome
from precert.model import Contact, ContactParty, DeniedIfRequested, NoAuthStated, Otherwise

if TYPE_CHECKING:
    from datetime import date

    from precert.model import Code, Rule


def stated_on(rule: Rule, code: Code, on: date) -> tuple[Outcome | None, Contact | None]:
    """Return what the statements in force make of the outcome, and whom to reach.

    `code` is the code of the line: of a rule's range, a statement may name one code.

    A statement that a request is denied outweighs one that none is needed: the cautious reading.
    So does a contact that names the payer, and so the route, whatever stands before it.
    """
    outcome: Outcome | None = None
    contact: Contact | None = None
    for condition in rule.statements:
        match condition:
            case NoAuthStated(effective_from):
                if _in_force(effective_from, on):
                    outcome = outcome or Outcome.NO_AUTH
            case DeniedIfRequested(codes):
                outcome = Outcome.INVESTIGATIONAL if code in codes else outcome
            case Contact(effective_from=effective_from):
                if _in_force(effective_from, on) and _outranks(condition, contact):
                    contact = condition
            case Otherwise():  # what the row prints in place of its requirement
                pass
    return outcome, contact


def judge_statements(rule: Rule, code: Code, on: date, *, scope: bool | None) -> tuple[Judged, ...]:
    """Return each statement of the rule and whether it holds for the line's code on that day.

    `scope` tells whether its scope guards hold: `Otherwise` speaks for where they do not.
    """
    judged: list[Judged] = []
    for condition in rule.statements:
        match condition:
            case NoAuthStated(effective_from) | Contact(effective_from=effective_from):
                judged.append(Judged(rule, condition, _in_force(effective_from, on)))
            case DeniedIfRequested(codes):
                judged.append(Judged(rule, condition, code in codes))
            case Otherwise():
                judged.append(Judged(rule, condition, None if scope is None else not scope))
    return tuple(judged)


def _outranks(contact: Contact, other: Contact | None) -> bool:
    payer = ContactParty.PAYER
    return other is None or (contact.party is payer and other.party is not payer)


def _in_force(effective_from: date | None, on: date) -> bool:
    return effective_from is None or effective_from <= on
