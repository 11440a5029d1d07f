"""What the lines of an answer rest on beyond their plain rows: conditions, limits, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.blocks import Item
from precert.cli.order_words import line_in_words
from precert.determine import Fact, Outcome
from precert.determine.notes import notes_in_words
from precert.determine.phrases import either, lines_in_words
from precert.determine.rulebook_words import requirement_in_words
from precert.determine.words import (
    ask_in_words,
    condition_in_words,
    judged_in_words,
    limit_in_words,
    outcome_in_words,
    reasons_in_words,
    route_in_words,
)
from precert.model import (
    STATEMENTS,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    Otherwise,
    Requirement,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.determine import Determination, Judged, Order, OrderAnswer, RuleAnswer
    from precert.model import Edition, Rule

HOW_TO_TELL = {
    Fact.OTHER_CODES: "Give them in the same check; say --complete if there are no others.",
    Fact.PRIMARY_CODE: "None here can be it by this list; if another code is, give it in the "
    "same check.",
    Fact.COMPANION_LINE: "Tell what is asked there, and check again.",
    Fact.ABSENT_PROGRAM: "`precert lint` says where the list names it (PC405).",
    Fact.PROGRAM: "Tell it with --program.",
    Fact.PLAN: "Tell it with --plan; --plan other is none of these.",
    Fact.CLIENT_MANAGED: "Tell it with --client-managed or --no-client-managed.",
    Fact.ACQUISITION: "Tell it with --acquisition, or by the modifier (NU, RR).",
    Fact.UNITS: "Write them behind the code, as in: E0951 x2.",
    Fact.PLACE_OF_SERVICE: "Tell it with --place-of-service.",
    Fact.MODIFIERS: "Write them behind the code, as in: 27447-RT; --modifier none if it has none.",
    Fact.AGE: "Tell it with --age.",
    Fact.STATE: "Tell it with --state.",
    Fact.DIAGNOSES: "Tell all of them with --diagnosis; --diagnosis none if there are none.",
    Fact.NEWER_EDITION: "Import it (precert import), then ask it with --rulebook.",
    Fact.DEFERRED_PROGRAM: "This list does not say it.",
    Fact.PRINTED_LINE: "`precert show` prints it where the document is at hand.",
}
"""How the command line is told each fact."""

_NOT_PLAIN = (Requirement.ADD_ON, Requirement.UNREAD)
"""Requirements whose answer does not show what the list prints."""

_OTHERWISE = {
    True: "",
    False: " (but the condition is met)",
    None: " (whether the condition is met is not known)",
}

_LABEL_WIDTH = len("Condition:")


def explained(answer: OrderAnswer) -> dict[str, tuple[Item, ...]]:
    """Return what lines rest on beyond their plain rows; lines that say the same, once."""
    same: dict[tuple[Item, ...], list[int]] = {}
    for line in answer.determinations:
        details = tuple(_details(line, answer))
        if details:
            same.setdefault(details, []).append(line.line)
    return {_heading(numbers, answer.order): details for details, numbers in same.items()}


def _heading(numbers: Sequence[int], order: Order) -> str:
    codes = dict.fromkeys(line_in_words(order.lines[number - 1]) for number in numbers)
    return f"{lines_in_words(numbers).capitalize()}: {', '.join(codes)}"


def _details(line: Determination, answer: OrderAnswer) -> Iterator[Item]:
    """Yield what the line rests on beyond its plain row; nothing for most lines."""
    edition, several = answer.rulebook_of(line).edition, len(line.rules) > 1
    for reason in reasons_in_words(line, edition):
        yield _labelled("Because", reason)
    for number, alternative in enumerate(line.alternatives):
        yield _labelled("Either" if number == 0 else "or", _alternative(alternative, edition))
    if not line.alternatives:
        for rule in line.rules:
            if rule.requirement in _NOT_PLAIN or line.conditions:
                yield _labelled("List says", _says(rule) + _of_program(rule, several=several))
    for judged in line.conditions:
        yield _condition(judged, edition, several=several)
    for judged in line.limits:
        yield _labelled(
            "Limit", _limit(judged, edition) + _of_program(judged.rule, several=several)
        )
    for note in notes_in_words(line, answer.determinations):
        yield _labelled("Note", note)
    for ask in line.ask:
        yield _labelled("Question", f"{ask_in_words(ask)} {HOW_TO_TELL[ask.fact]}")


def _says(rule: Rule) -> str:
    """Return the decision that the list prints, in our words."""
    plans = [guard.plan for guard in rule.guards if isinstance(guard, ForPlan)]
    if plans and rule.requirement is Requirement.REQUIRED:
        return f"in scope for {either(plans)} only"
    return requirement_in_words(rule.requirement)


def _condition(judged: Judged, edition: Edition, *, several: bool) -> Item:
    """Return a guard with its truth, or a statement, with its truth only where it does not hold."""
    of_program = _of_program(judged.rule, several=several)
    if isinstance(judged.condition, Unread):
        return _labelled("Unread", condition_in_words(judged.condition, edition) + of_program)
    if not isinstance(judged.condition, STATEMENTS):
        return _labelled("Condition", judged_in_words(judged, edition) + of_program)
    stated = condition_in_words(judged.condition, edition)
    if isinstance(judged.condition, Otherwise):
        return _labelled("Stated", stated + _OTHERWISE[judged.truth] + of_program)
    if not judged.truth:
        of_others = isinstance(judged.condition, DeniedIfRequested)
        stated += " (for other codes)" if of_others else " (the date of service is earlier)"
    return _labelled("Stated", stated + of_program)


def _limit(judged: Judged, edition: Edition) -> str:
    """Return a limit with its state; nobody can tell whether a request will describe something."""
    if isinstance(judged.condition, DescribeProcedure):
        return condition_in_words(judged.condition, edition)
    return limit_in_words(judged, edition)


def _of_program(rule: Rule, *, several: bool) -> str:
    return f" ({rule.program})" if several else ""


def _alternative(answer: RuleAnswer, edition: Edition) -> str:
    where = "" if answer.outcome is Outcome.NOT_MANAGED else route_in_words(answer, edition)
    primary = f" (line {answer.primary})" if answer.primary is not None else ""
    says = outcome_in_words(answer.outcome, edition) + primary + (f", {where}" if where else "")
    return f"{says} ({answer.rule.program}, {answer.rule.ref})"


def _labelled(label: str, text: str) -> Item:
    return Item(text, f"{label}:".ljust(_LABEL_WIDTH))
