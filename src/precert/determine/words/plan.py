"""The case plan in words: a sentence for each thing to do, for the order and for one line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Outcome, ReasonKind, Route
from precert.determine.case_plan import Case
from precert.determine.words.answer import ask_in_words, contact_in_words
from precert.determine.words.notes import uncounted_parts
from precert.determine.words.person import for_a_person
from precert.determine.words.phrases import lines_in_words
from precert.model import ContactParty, DescribeProcedure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from precert.determine.answer import Determination
    from precert.determine.case_plan import CasePlan
    from precert.determine.determination import OrderAnswer
    from precert.model import Contact, Edition

Lines = tuple[int, ...]

_PLURALS = (("{it}", "them"), ("{its}", "their"), ("{it is}", "they are"))
# Bound once: in Python 3.11 each look-up of an enum's member costs as much as a dict of them.
_PAYER, _AUTH_NEEDED = Route.PAYER, Outcome.AUTH_NEEDED
_MANUFACTURER = ContactParty.MANUFACTURER


def plan_in_words(answer: OrderAnswer) -> Iterator[str]:
    """Yield what to do, in the order: cases, the payer, no case, further duties, a person."""
    plan = answer.case_plan
    for case in plan.cases:
        yield _case(case, answer)
    yield from _grouped(plan.ask_payer, answer, _ask_payer)
    yield from _grouped(plan.no_case, answer, _no_case)
    yield from _duties([line.line for line in answer.determinations], answer)
    yield from _grouped(plan.for_a_person, answer, for_a_person)


def next_step(line: Determination, answer: OrderAnswer, plan: CasePlan | None = None) -> str:
    """Return what the plan says of one line: where it goes and what is to be done with it.

    `plan` is the answer's own: who asks of every line makes it once.
    """
    plan, only = plan or answer.case_plan, (line.line,)
    for case in plan.cases:
        if line.line in case.lines:
            steps = [_into_case(case, line, answer)]
            break
    else:
        if line.line in plan.ask_payer:
            sentence = _ask_payer
        else:
            sentence = _no_case if line.line in plan.no_case else for_a_person
        steps = [*_grouped(only, answer, sentence)]
    if line.limits or line.contact:  # without either there is nothing to be done beside the case
        steps += _duties(only, answer)
    return " ".join(steps)


def _into_case(case: Case, line: Determination, answer: OrderAnswer) -> str:
    """Return how one of the lines of a case goes into it."""
    only = (line.line,)
    if line.primary is not None:
        where = case.platform or answer.rulebook_of(line).edition.payer
        into = f"the case of line {line.primary}: {where} ({case.program})"
        return f"Put {_named(only, answer)} into {into}."
    if line.limits or line.contact:
        return _case(Case(case.route, case.platform, case.program, only), answer)
    return f"{_to_build(case, _named(only, answer), answer.rulebook_of(line).edition)}."


def _to_build(case: Case, named: str, edition: Edition) -> str:
    if case.route is _PAYER:
        return f"Request the authorization from {edition.payer} ({case.program}) for {named}"
    return f"Build the case on {case.platform} ({case.program}) with {named}"


def _named(lines: Sequence[int], answer: OrderAnswer) -> str:
    """Return how to call the lines: by their numbers, or by the code where there is only one."""
    if len(answer.determinations) == 1:
        return answer.determinations[0].code
    return lines_in_words(lines)


def _grouped(
    numbers: Sequence[int],
    answer: OrderAnswer,
    sentence: Callable[[Determination, OrderAnswer], str],
) -> Iterator[str]:
    """Yield one sentence for the lines of which it is the same; `{lines}` stands for them.

    `{it}`, `{its}` and `{it is}` become the plural where there are several.
    """
    by_sentence: dict[str, list[int]] = {}
    for number in numbers:
        by_sentence.setdefault(sentence(answer.determinations[number - 1], answer), []).append(
            number
        )
    for text, lines in by_sentence.items():
        told = text.replace("{lines}", _named(lines, answer))
        if "{" in told:
            for one, more in _PLURALS:
                told = told.replace(one, more if len(lines) > 1 else one[1:-1])
        yield told


def _case(case: Case, answer: OrderAnswer) -> str:
    """Return which case to build, what goes into it, and what to find out before."""
    lines = [answer.determinations[number - 1] for number in case.lines]
    edition = answer.rulebook_of(lines[0]).edition
    sentence = _to_build(case, _named(case.lines, answer), edition)
    if case.route is _PAYER:
        sentence += _reach(lines, answer)
    followers: dict[int, list[int]] = {}
    for line in lines:
        if line.primary is not None:
            followers.setdefault(line.primary, []).append(line.line)
    for primary, numbers in followers.items():
        go = "goes" if len(numbers) == 1 else "go"
        sentence += f"; {lines_in_words(numbers)} {go} into the case of line {primary}"
    before = "Before you request it" if case.route is _PAYER else "Before you build it"
    return " ".join([f"{sentence}.", *_open_limits(lines, answer, before)])


def _reach(lines: Sequence[Determination], answer: OrderAnswer) -> str:
    """Return how to reach the payer, where the list prints it."""
    ways: dict[str, list[int]] = {}
    for line in lines:
        contact = line.contact
        if contact and contact.party is ContactParty.PAYER and (contact.phone or contact.fax):
            way = contact_in_words(contact, answer.rulebook_of(line).edition)
            ways.setdefault(way, []).append(line.line)
    if list(map(len, ways.values())) == [len(lines)]:  # one way for all of them
        return f"; {next(iter(ways))}"
    return "".join(f"; for {lines_in_words(numbers)} {way}" for way, numbers in ways.items())


def _open_limits(lines: Sequence[Determination], answer: OrderAnswer, before: str) -> Iterator[str]:
    """Yield what to find out before: a limit that is not known to be met may stop the case."""
    if not any(line.limits for line in lines):
        return
    questions: dict[str, list[int]] = {}
    parts: set[int] = set()
    for line in lines:
        open_limits = [limit for limit in line.limits if limit.truth is None]
        if any(not isinstance(limit.condition, DescribeProcedure) for limit in open_limits):
            for ask in line.ask:
                questions.setdefault(ask_in_words(ask), []).append(line.line)
            for limit in open_limits:
                parts.update(uncounted_parts(limit, line, answer.determinations))
    by_lines: dict[Lines, list[str]] = {}
    for question, numbers in questions.items():
        by_lines.setdefault(tuple(numbers), []).append(question)
    for of_lines, asked in by_lines.items():
        what = "the question" if len(asked) == 1 else "the questions"
        yield f"{before}, answer {what} about {_named(of_lines, answer)}: {' '.join(asked)}"
    if parts:
        count = "counts as a component" if len(parts) == 1 else "count as components"
        yield f"{before}, find out whether {lines_in_words(sorted(parts))} {count}."


def _ask_payer(line: Determination, answer: OrderAnswer) -> str:
    edition = answer.rulebook_of(line).edition
    why = f"{edition.vendor} does not manage {{it}}"
    if any(reason.kind is ReasonKind.NOTHING_PRINTED for reason in line.reasons):
        why = "the list's condition is not met, and it prints nothing for that case"
    return (
        f"Ask {edition.payer} about {{lines}}: {why}, but "
        f"{edition.payer} may require authorization itself{_reach([line], answer)}."
    )


def _no_case(line: Determination, answer: OrderAnswer) -> str:  # noqa: ARG001 - as the others
    return "Build no case for {lines}; keep this answer with the order."


def _duties(numbers: Sequence[int], answer: OrderAnswer) -> Iterator[str]:
    """Yield what is to be done beside the case: describe the procedure, register the device."""
    lines = [answer.determinations[number - 1] for number in numbers]
    described = [line.line for line in lines if line.limits and _to_describe(line)]
    if described:
        yield f"Describe the procedure in the request ({_named(described, answer)})."
    registered = [line.line for line in lines if line.contact and _to_register(line.contact)]
    if registered:
        yield f"Register the device ({_named(registered, answer)}) with its manufacturer."


def _to_describe(line: Determination) -> bool:
    return line.outcome is _AUTH_NEEDED and any(
        isinstance(limit.condition, DescribeProcedure) for limit in line.limits
    )


def _to_register(contact: Contact) -> bool:
    return contact.party is _MANUFACTURER
