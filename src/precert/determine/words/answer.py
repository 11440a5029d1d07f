"""The answer in plain words, for a person who books procedures: one sentence per thing.

Every face prints these sentences, so that a page, a terminal and an EHR say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Fact, Outcome, ReasonKind, Route
from precert.determine.words.phrases import and_list, either
from precert.determine.words.scope import otherwise_in_words, scope_in_words
from precert.model import (
    AddOnTo,
    Age,
    AtHome,
    AtPlace,
    ClientSpecific,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    InState,
    NoAuthStated,
    Otherwise,
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
        Outcome.INVESTIGATIONAL: "experimental: expect a denial",
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
    if line.outcome is Outcome.INVESTIGATIONAL and denial_is_printed(line):
        return "experimental: a request will be denied"
    return outcome_in_words(line.outcome, edition)


def denial_is_printed(line: Determination) -> bool:
    """Return whether the list itself says that a request for the code will be denied."""
    return any(
        judged.truth and isinstance(judged.condition, DeniedIfRequested)
        for judged in line.conditions
    )


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
        return "the device has to be registered with its manufacturer"
    ways = " or ".join(_ways(contact))
    if not ways:
        return f"authorization goes through {edition.payer}"
    return f"reach {edition.payer} by {ways}"


def _ways(contact: Contact) -> list[str]:
    """Return the ways to reach whom the contact names, as the list prints them."""
    told = (("phone", contact.phone), ("fax", contact.fax))
    return [f"{way} {number}" for way, number in told if number]


def ask_in_words(ask: Ask) -> str:
    """Return the question to be answered."""
    choices, lines = either(ask.choices), _lines(ask.choices)
    named = f": {choices}" if choices else ""
    or_another = f": {', '.join((*ask.choices, 'or another'))}" if choices else ""
    return {
        Fact.OTHER_CODES: "What other codes are on the order, and are these all of them?",
        Fact.PRIMARY_CODE: f"Which code on the order is the primary procedure{named}?",
        Fact.ABSENT_PROGRAM: f"Does the program {choices} list another code of the order? "
        "This rulebook does not hold that program.",
        Fact.COMPANION_LINE: f"What is the answer for {lines}? It settles this line as well.",
        Fact.PROGRAM: f"Which program is it ordered under: {choices}?",
        Fact.PLAN: f"Is the member's plan {choices}?",
        Fact.CLIENT_MANAGED: "Does the member's client have its client-specific codes managed?",
        Fact.ACQUISITION: "Is it a purchase or a rental?",
        Fact.UNITS: f"How many units are there{named}?"
        if choices
        else "How many units of each component?",
        Fact.PLACE_OF_SERVICE: f"What is the place of service{or_another}?"
        if choices
        else "What is the place of service (12 is the home)?",
        Fact.MODIFIERS: f"Which modifiers does the line have{or_another}, or none?",
        Fact.AGE: "How old is the member on the date of service, in whole years?",
        Fact.STATE: f"Which state is the member in{or_another}?",
        Fact.DIAGNOSES: f"Which diagnoses are on the order{or_another}, or none?",
        Fact.NEWER_EDITION: "What does a newer edition of the list say?",
        Fact.DEFERRED_PROGRAM: f"What does the program {choices} say of this code?",
        Fact.PRINTED_LINE: "What does the printed line say? The rules could not read it.",
    }[ask.fact]


def condition_in_words(condition: Condition, edition: Edition) -> str:  # noqa: PLR0911, C901, PLR0912 - one phrase for each member of the closed union
    """Return what the condition says, as a clause without its truth."""
    match condition:
        case WithProgram(programs):
            return f"submitted with a code of {either(programs)}"
        case WithCode(codes):
            return f"companion to {either(codes)}"
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
        case Otherwise(requirement):
            return otherwise_in_words(requirement)
        case AddOnTo(primaries):
            return f"added to {either(map(str, primaries))}"
        case Age() | AtPlace() | InState() | WithDiagnosis() | WithModifier() | UnitsAbove():
            return scope_in_words(condition)
        case Unless(guard):
            return f"not {scope_in_words(guard)}"
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
    """Return a limit with its state; a violated one with what was told against it.

    Nobody can tell whether a request will describe something: that limit is said without a state.
    """
    said = condition_in_words(judged.condition, edition)
    if isinstance(judged.condition, DescribeProcedure):
        return said
    if judged.truth is not False:
        return f"{said}: {'met' if judged.truth else 'not known'}"
    match judged.condition:
        case Purchase() | PurchaseAbove():
            return f"the list allows {said}; rental was told"
        case AtHome():
            return f"{said}; another place was told"
        case WithCode(codes):
            absent = "which is not" if len(codes) == 1 else "none of which is"
            return f"the list calls it a {said}, {absent} on the order for that day"
        case _:
            return f"{said}: violated"


def reasons_in_words(line: Determination, edition: Edition) -> list[str]:
    """Return why the answer of a line is what it is, a sentence for each reason."""
    sentences = []
    for reason in line.reasons:
        sentence = reason_in_words(reason, edition)
        if reason.kind is ReasonKind.NOT_IN_TOLD_PROGRAM and line.rules:
            sentence = f"{sentence[:-1]}; the answer is from the other programs."
        sentences.append(sentence)
    return sentences


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
        ReasonKind.LINK_ONLY_PROGRAMS: f"It may belong to {either(subjects)}, for which {vendor} "
        "prints only a link here.",
        ReasonKind.UNREAD_LINES: f"{last} of the lines of {first} could not be read: this code "
        "may stand there.",
        ReasonKind.NOT_IN_TOLD_PROGRAM: f"The told program {named} has no rule for this code.",
        ReasonKind.DEFERRED: f"{first} ({''.join(subjects[1:2])}) gives way to {last}.",
        ReasonKind.SELECTED_BY_PROGRAM: f"Only the rules of {named} were asked, as told.",
        ReasonKind.SELECTED_BY_COMPANION: f"The order holds a code of {named}: its rules decide.",
        ReasonKind.CONDITION_NOT_MET: f"{first} ({last}) is not for this order: another row of its "
        "program decides.",
        ReasonKind.NOTHING_PRINTED: f"{first} is not for this order: the list's condition is not "
        "met, and it prints nothing for that case.",
        ReasonKind.RULES_DISAGREE: "The list prints different answers for this code.",
        ReasonKind.PRIMARY_NOT_NAMED: "The list does not name the primary; it was taken from the "
        "order.",
        ReasonKind.BY_RANGE: f"The list prints the range {named}; whether the code exists was not "
        "checked.",
        ReasonKind.EXHAUSTIVE: f"{first} says that a code which the list does not name needs no "
        "authorization.",
        ReasonKind.EXHAUSTIVE_NOT_RELIED_ON: f"{first} says that a code which the list does not "
        "name needs no authorization; "
        + (
            f"it prints none of the {_codes_of(last)}, so it may not speak of it."
            if len(subjects) > 1
            else "not all of the list was read, so this is not relied on."
        ),
        ReasonKind.POSSIBLE_COMPANION: f"Whether {_lines(subjects)} can be the primary is open.",
    }[reason.kind]


def _lines(numbers: tuple[str, ...]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {and_list(numbers)}"


def _codes_of(code_set: str) -> str:
    return code_set if code_set.endswith("codes") else f"{code_set} codes"


def _since(effective_from: object) -> str:
    return f", since {effective_from}" if effective_from else ""


def _period(effective_from: str, effective_to: str) -> str:
    begins = f" from {effective_from}" if effective_from else ""
    return begins + (f" until {effective_to}" if effective_to else "")
