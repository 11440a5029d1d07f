"""The answer in plain words, for a person who books procedures: one sentence per thing.

Every face prints these sentences, so that a page, a terminal and an EHR say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Fact, Outcome, ReasonKind, Route
from precert.model import (
    AtHome,
    ClientSpecific,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    NoAuthStated,
    Purchase,
    PurchaseAbove,
    Unread,
    WithCode,
    WithProgram,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.determine.answer import Ask, Determination, Judged, Reason, RuleAnswer
    from precert.model import Condition, Edition

_NOT_CHECKED = (
    "Eligibility and the member's plan design were not checked, nor whether the member's client "
    "takes part in the program."
)
CAVEATS = (_NOT_CHECKED, "The list says nothing of inpatient and emergency care.")
"""What every answer leaves open."""


def outcome_in_words(outcome: Outcome, edition: Edition) -> str:
    """Return the outcome as a short phrase."""
    return {
        Outcome.AUTH_NEEDED: "needs prior authorization",
        Outcome.NO_AUTH: "no prior authorization",
        Outcome.FOLLOWS_PRIMARY: "goes into the primary's case",
        Outcome.NOT_MANAGED: f"not managed by {edition.vendor}: ask {edition.payer}",
        Outcome.INVESTIGATIONAL: "experimental: a request will be denied",
        Outcome.CONDITIONAL: "depends on what is not known yet",
        Outcome.NOT_LISTED: "not on this list",
    }[outcome]


def answer_in_words(line: Determination, edition: Edition) -> str:
    """Return the outcome of a line as a short phrase; a day without a rule is said so."""
    reasons = {reason.kind for reason in line.reasons}
    if ReasonKind.NO_EDITION in reasons:
        return "no edition of the list for that day"
    if ReasonKind.RULE_NOT_IN_FORCE in reasons and line.outcome is Outcome.NOT_LISTED:
        return "no rule of the list for that day"
    return outcome_in_words(line.outcome, edition)


def route_in_words(answer: Determination | RuleAnswer, edition: Edition) -> str:
    """Return where the line goes, with the contact where the list prints one; empty for nowhere."""
    contact = answer.contact
    if answer.route is Route.PAYER:
        if contact and contact.party is ContactParty.PAYER:
            return ", ".join((edition.payer, *_ways(contact)))
        where = edition.payer
    else:
        where = answer.platform or "" if answer.route is Route.PLATFORM else ""
    reach = contact_in_words(contact, edition) if contact else ""
    return "; ".join(part for part in (where, reach) if part)


def contact_in_words(contact: Contact, edition: Edition) -> str:
    """Return whom to reach and how."""
    if contact.party is ContactParty.MANUFACTURER:
        return "register the device with the manufacturer"
    ways = " or ".join(_ways(contact))
    return f"reach {edition.payer}" + (f" by {ways}" if ways else " for it")


def _ways(contact: Contact) -> list[str]:
    """Return the ways to reach whom the contact names, as the list prints them."""
    told = (("phone", contact.phone), ("fax", contact.fax))
    return [f"{way} {number}" for way, number in told if number]


def next_step(determination: Determination, edition: Edition) -> str:
    """Return what to do with the line, as one sentence in the imperative."""
    if any(limit.truth is False for limit in determination.limits):
        return "Give it to a person: a limit that the list prints is not met."
    payer, vendor = edition.payer, edition.vendor
    step = {
        Outcome.AUTH_NEEDED: _where_to_request(determination, payer),
        Outcome.FOLLOWS_PRIMARY: f"Put it into the case of line {determination.primary}.",
        Outcome.NO_AUTH: "Build no case; keep this answer with the order.",
        Outcome.NOT_MANAGED: f"Ask {payer}: {vendor} does not manage it, but {payer} may require "
        "authorization itself.",
        Outcome.INVESTIGATIONAL: "Give it to a person before it is scheduled: a request will be "
        "denied.",
        Outcome.CONDITIONAL: "Tell what is asked, or give it to a person.",
        Outcome.NOT_LISTED: f"Give it to a person: look in the other lists of {payer}.",
    }[determination.outcome]
    contact = determination.contact
    if contact and contact.party is ContactParty.MANUFACTURER:
        step += " Register the device with the manufacturer."
    return step


def _where_to_request(determination: Determination, payer: str) -> str:
    if determination.route is Route.PLATFORM:
        return f"Build the case on {determination.platform}."
    if determination.route is Route.PAYER:
        return f"Request the authorization from {payer}."
    return "Give it to a person: the list prints no platform for it."


def ask_in_words(ask: Ask) -> str:
    """Return the question to be answered."""
    choices = _either(ask.choices)
    return {
        Fact.OTHER_CODES: "What other codes are on the order, and are these all of them?",
        Fact.PRIMARY_CODE: "Which code on the order is the primary procedure?",
        Fact.COMPANION_LINE: f"What settles line {choices}? It settles this line as well.",
        Fact.PROGRAM: f"Which program is it ordered under: {choices}?",
        Fact.PLAN: f"Is the member's plan {choices}?",
        Fact.CLIENT_MANAGED: "Does the member's client have its client-specific codes managed?",
        Fact.ACQUISITION: "Is it a purchase or a rental?",
        Fact.UNITS: "How many units of each component?",
        Fact.PLACE_OF_SERVICE: "What is the place of service (12 is the home)?",
        Fact.NEWER_EDITION: "What does a newer edition of the list say?",
        Fact.DEFERRED_PROGRAM: f"What does the program {choices} say of this code?",
        Fact.PRINTED_LINE: "What does the printed line say? The rules could not read it.",
    }[ask.fact]


def condition_in_words(condition: Condition, edition: Edition) -> str:  # noqa: PLR0911, C901, PLR0912 - one phrase for each member of the closed union
    """Return what the condition says, as a clause without its truth."""
    match condition:
        case WithProgram(programs):
            return f"submitted with a code of {_either(programs)}"
        case WithCode(codes):
            return f"companion to {_either(codes)}"
        case ForPlan(plan):
            return f"the member's plan is {plan}"
        case ClientSpecific():
            return "the member's client has it managed"
        case DefersTo(program):
            return f"{program} decides"
        case Unread(field, _):
            return f"the printed {field} could not be read"
        case NoAuthStated(effective_from):
            return "the list states that no authorization is required" + _since(effective_from)
        case DeniedIfRequested():
            return "the list says that a request will be denied"
        case Contact():
            return contact_in_words(condition, edition) + _since(condition.effective_from)
        case Purchase():
            return "purchase only"
        case PurchaseAbove(components):
            return f"purchase only with more than {components} components"
        case DescribeProcedure():
            return "an unlisted code: describe the procedure in the request"
        case AtHome():
            return "the program covers services at home (place of service 12)"


def judged_in_words(judged: Judged, edition: Edition) -> str:
    """Return a guard or statement with its truth."""
    truth = {True: "yes", False: "no", None: "not known"}[judged.truth]
    return f"{condition_in_words(judged.condition, edition)}: {truth}"


def limit_in_words(judged: Judged, edition: Edition) -> str:
    """Return a limit with its state."""
    return f"{condition_in_words(judged.condition, edition)}: {limit_state(judged)}"


def limit_state(judged: Judged) -> str:
    """Return `met`, `violated` or `not known`."""
    return {True: "met", False: "violated", None: "not known"}[judged.truth]


def reason_in_words(reason: Reason, edition: Edition) -> str:
    """Return why the answer is what it is."""
    subjects, vendor = reason.subjects, edition.vendor
    match reason.kind:
        case ReasonKind.NO_EDITION:
            return f"This edition of the list begins on {subjects[0]}; nothing is known before it."
        case ReasonKind.PAST_EDITION:
            return f"This edition ended on {subjects[0]}; look for a newer one."
        case ReasonKind.PAST_REVIEW:
            return f"This edition was to be reviewed by {subjects[0]}; look for a newer one."
        case ReasonKind.RULE_NOT_IN_FORCE:
            period = _period(subjects[1], subjects[2])
            return f"{subjects[0]} has a rule{period}, none for that day."
        case _:
            return _selection_in_words(reason, vendor)


def _selection_in_words(reason: Reason, vendor: str) -> str:
    subjects = reason.subjects
    named, first, last = ", ".join(subjects), "".join(subjects[:1]), "".join(subjects[-1:])
    return {
        ReasonKind.LINK_ONLY_PROGRAMS: f"It may belong to {_either(subjects)}, for which {vendor} "
        "prints only a link here.",
        ReasonKind.UNREAD_LINES: f"It may stand on a line of {first} that could not be read "
        f"({last} in all).",
        ReasonKind.NOT_IN_TOLD_PROGRAM: f"The told program {named} has no rule for this code.",
        ReasonKind.DEFERRED: f"{first} ({''.join(subjects[1:2])}) gives way to {last}.",
        ReasonKind.SELECTED_BY_PROGRAM: f"Only the rules of {named} were asked, as told.",
        ReasonKind.SELECTED_BY_COMPANION: f"The order holds a code of {named}: its rules decide.",
        ReasonKind.RULES_DISAGREE: "The list prints different answers for this code.",
        ReasonKind.PRIMARY_NOT_NAMED: "The list does not name the primary; it was taken from the "
        "order.",
        ReasonKind.POSSIBLE_COMPANION: f"Whether line {named} counts as the companion is open.",
    }[reason.kind]


def _either(names: Iterable[str]) -> str:
    """Return `A`, `A or B`, `A, B or C`; nothing for no names."""
    *others, last = ("", *names)
    return f"{', '.join(others[1:])} or {last}" if others[1:] else last


def _since(effective_from: object) -> str:
    return f", from {effective_from}" if effective_from else ""


def _period(effective_from: str, effective_to: str) -> str:
    begins = f" from {effective_from}" if effective_from else ""
    return begins + (f" until {effective_to}" if effective_to else "")
