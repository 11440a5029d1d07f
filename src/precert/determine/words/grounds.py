"""What the answer for a line rests on, as labelled sentences: reasons, alternatives, conditions.

Every face prints them in its own form; what they say is the same on each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Outcome
from precert.determine.words.answer import (
    condition_in_words,
    judged_in_words,
    limit_in_words,
    outcome_in_words,
    reasons_in_words,
    route_in_words,
)
from precert.determine.words.notes import notes_in_words
from precert.determine.words.phrases import either
from precert.determine.words.rulebook import requirement_in_words
from precert.model import (
    STATEMENTS,
    DeniedIfRequested,
    ForPlan,
    Otherwise,
    Requirement,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from precert.determine.answer import Determination, Judged, RuleAnswer
    from precert.determine.determination import OrderAnswer
    from precert.model import Edition, Rule, SourceRef

_NOT_PLAIN = (Requirement.ADD_ON, Requirement.UNREAD)
"""Requirements whose answer does not show what the list prints."""

_OTHERWISE = {
    True: "",
    False: " (but the condition is met)",
    None: " (whether the condition is met is not known)",
}


class Ground(NamedTuple):
    """One thing that an answer rests on: what it is, in a word or two, and the sentence."""

    label: str
    text: str


def grounds_of(
    line: Determination, answer: OrderAnswer, place: Callable[[SourceRef], str]
) -> Iterator[Ground]:
    """Yield what the line rests on beyond its plain row, nothing for most lines.

    `place` says a printed place in the words of the face.
    """
    edition, several = answer.rulebook_of(line).edition, len(line.rules) > 1
    for reason in reasons_in_words(line, edition):
        yield Ground("Because", reason)
    for number, alternative in enumerate(line.alternatives):
        said = alternative_in_words(alternative, edition, place)
        yield Ground("or" if number else "Either", said)
    if not line.alternatives:
        for rule in line.rules:
            if rule.requirement in _NOT_PLAIN or line.conditions:
                yield Ground("List says", _says(rule) + _of_program(rule, several=several))
    for judged in line.conditions:
        label, said = _condition(judged, edition)
        yield Ground(label, said + _of_program(judged.rule, several=several))
    for judged in line.limits:
        said = limit_in_words(judged, edition)
        yield Ground("Limit", said + _of_program(judged.rule, several=several))
    for note in notes_in_words(line, answer.determinations):
        yield Ground("Note", note)


def alternative_in_words(
    answer: RuleAnswer, edition: Edition, place: Callable[[SourceRef], str]
) -> str:
    """Return what one of several rules answers, and where it is printed."""
    where = "" if answer.outcome is Outcome.NOT_MANAGED else route_in_words(answer, edition)
    primary = f" (line {answer.primary})" if answer.primary is not None else ""
    says = outcome_in_words(answer.outcome, edition) + primary + (f", {where}" if where else "")
    return f"{says} ({answer.rule.program}, {place(answer.rule.ref)})"


def _says(rule: Rule) -> str:
    """Return the decision that the list prints, in our words."""
    plans = [guard.plan for guard in rule.guards if isinstance(guard, ForPlan)]
    if plans and rule.requirement is Requirement.REQUIRED:
        return f"in scope for {either(plans)} only"
    return requirement_in_words(rule.requirement)


def _condition(judged: Judged, edition: Edition) -> Ground:
    """Return a guard with its truth, or a statement, with its truth only where it does not hold."""
    condition = judged.condition
    if isinstance(condition, Unread):
        return Ground("Unread", condition_in_words(condition, edition))
    if not isinstance(condition, STATEMENTS):
        return Ground("Condition", judged_in_words(judged, edition))
    stated = condition_in_words(condition, edition)
    if isinstance(condition, Otherwise):
        return Ground("Stated", stated + _OTHERWISE[judged.truth])
    if not judged.truth:
        of_others = isinstance(condition, DeniedIfRequested)
        stated += " (for other codes)" if of_others else " (the date of service is earlier)"
    return Ground("Stated", stated)


def _of_program(rule: Rule, *, several: bool) -> str:
    return f" ({rule.program})" if several else ""
