"""The case plan in words: one sentence for each thing to do, naming the lines of the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.order_words import lines_in_words
from precert.determine import Outcome, ReasonKind, Route
from precert.determine.words import condition_in_words, contact_in_words
from precert.model import ContactParty, DescribeProcedure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.determine import Case, Determination, OrderAnswer
    from precert.model import Edition


def plan_in_words(answer: OrderAnswer) -> Iterator[str]:
    """Yield what to do, in the order: cases, the payer, no case, a person."""
    plan, edition = answer.case_plan, answer.rulebook.edition
    by_line = {line.line: line for line in answer.determinations}
    for case in plan.cases:
        yield _case(case, answer)
    if plan.ask_payer:
        it = "it" if len(plan.ask_payer) == 1 else "them"
        yield (
            f"Ask {edition.payer} about {_named(plan.ask_payer, answer)}: "
            f"{edition.vendor} does not manage {it}, but {edition.payer} may require "
            "authorization itself."
        )
    if plan.no_case:
        yield f"Build no case for {_named(plan.no_case, answer)}; keep this answer with the order."
    described = [line.line for line in answer.determinations if _to_describe(line)]
    if described:
        yield f"Describe the procedure in the request ({_named(described, answer)})."
    registered = [line.line for line in answer.determinations if _to_register(line)]
    if registered:
        yield f"Register the device ({_named(registered, answer)}) with the manufacturer."
    yield from _for_a_person([by_line[number] for number in plan.for_a_person], answer)


def _named(lines: Sequence[int], answer: OrderAnswer) -> str:
    """Return how to call the lines: by their numbers, or by the code where there is only one."""
    if len(answer.determinations) == 1:
        return answer.determinations[0].code
    return lines_in_words(lines)


def _case(case: Case, answer: OrderAnswer) -> str:
    edition = answer.rulebook.edition
    lines = [line for line in answer.determinations if line.line in case.lines]
    named = _named(case.lines, answer)
    if case.route is Route.PAYER:
        sentence = f"Request the authorization from {edition.payer} ({case.program}) for {named}"
        reach = [line.contact for line in lines if line.contact]
        if any(contact.phone or contact.fax for contact in reach):
            sentence += f"; {contact_in_words(reach[0], edition)}"
    else:
        sentence = f"Build the case on {case.platform} ({case.program}) with {named}"
    followers: dict[int | None, list[int]] = {}
    for line in lines:
        if line.outcome is Outcome.FOLLOWS_PRIMARY:
            followers.setdefault(line.primary, []).append(line.line)
    for primary, numbers in followers.items():
        go = "goes" if len(numbers) == 1 else "go"
        sentence += f"; {lines_in_words(numbers)} {go} into the case of line {primary}"
    return f"{sentence}."


def _for_a_person(lines: Sequence[Determination], answer: OrderAnswer) -> Iterator[str]:
    """Yield one sentence for the lines that go to a person for the same reason."""
    by_sentence: dict[str, list[int]] = {}
    for line in lines:
        by_sentence.setdefault(_sentence(line, answer.rulebook.edition), []).append(line.line)
    for sentence, numbers in by_sentence.items():
        yield sentence.replace("{}", _named(numbers, answer))


def _sentence(line: Determination, edition: Edition) -> str:
    """Return what to do with a line for a person; `{}` stands for the line."""
    reasons = {reason.kind for reason in line.reasons}
    violated = [limit for limit in line.limits if limit.truth is False]
    if violated:
        limit = condition_in_words(violated[0].condition, edition)
        return f"Give {{}} to a person. A limit that the list prints is not met: {limit}."
    if line.outcome is Outcome.CONDITIONAL:
        return "Find out what is asked above about {} and check again, or give it to a person."
    if line.outcome is Outcome.INVESTIGATIONAL:
        why = "the list calls it experimental, and a request will be denied"
    elif line.outcome is Outcome.FOLLOWS_PRIMARY:
        why = f"its primary, line {line.primary}, goes to a person too"
    elif ReasonKind.NO_EDITION in reasons:
        why = "look in an older edition of the list"
    elif ReasonKind.RULE_NOT_IN_FORCE in reasons:
        why = "the list has no rule in force on that day"
    elif line.outcome is Outcome.NOT_LISTED:
        why = f"not on this list; look in the other lists of {edition.payer}"
    else:
        why = "the list prints no platform for it"
    return f"Give {{}} to a person: {why}."


def _to_describe(line: Determination) -> bool:
    return line.outcome is Outcome.AUTH_NEEDED and any(
        isinstance(limit.condition, DescribeProcedure) for limit in line.limits
    )


def _to_register(line: Determination) -> bool:
    return line.contact is not None and line.contact.party is ContactParty.MANUFACTURER
