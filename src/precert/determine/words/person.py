"""What a person has to do with a line that no case can be built for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Outcome, ReasonKind
from precert.determine.words.answer import denial_is_printed, limit_in_words
from precert.determine.words.phrases import and_list

if TYPE_CHECKING:
    from precert.determine.answer import Determination
    from precert.determine.determination import OrderAnswer


def for_a_person(line: Determination, answer: OrderAnswer) -> str:
    """Return what to do with a line for a person; `{lines}` stands for it, `{it}` for "it"."""
    edition = answer.rulebook_of(line).edition
    violated = [limit for limit in line.limits if limit.truth is False]
    if violated:
        limits = dict.fromkeys(limit_in_words(limit, edition) for limit in violated)
        return f"Give {{lines}} to a person: {'; '.join(limits)}."
    if line.outcome is Outcome.NOT_LISTED:
        return _not_listed(line, answer)
    if line.outcome is Outcome.CONDITIONAL and line.ask:
        return "Find out what is asked about {lines} and check again, or give {it} to a person."
    if line.outcome is Outcome.CONDITIONAL:
        why = "what the list says of {it} is open, and nothing that can be told settles it"
    elif line.outcome is Outcome.INVESTIGATIONAL:
        why = "the list calls {it} experimental, so expect a denial"
        if denial_is_printed(line):
            why = "the list says that a request for {it} will be denied"
    elif line.outcome is Outcome.FOLLOWS_PRIMARY:
        why = f"{{its}} primary, line {line.primary}, goes to a person too"
    else:
        why = "the list prints no platform for {it}"
    return f"Give {{lines}} to a person: {why}."


def _not_listed(line: Determination, answer: OrderAnswer) -> str:
    """Return whom to ask about a code that the list does not hold for that day."""
    rulebook = answer.rulebook_of(line)
    edition, link_only = rulebook.edition, rulebook.link_only
    reasons = {reason.kind for reason in line.reasons}
    if ReasonKind.NO_EDITION in reasons:
        return (
            "Look for {lines} in an older edition of the list: this one begins on "
            f"{edition.effective_from}."
        )
    why = "{it is} not on it"
    if ReasonKind.RULE_NOT_IN_FORCE in reasons:
        why = "it prints no rule that is in force on that day"
    elif ReasonKind.UNREAD_LINES in reasons:
        why = "{it is} not on it, or on a line that could not be read"
    sentence = (
        f"Do not rely on this list for {{lines}}: {why}. Ask {edition.payer} or {edition.vendor}"
    )
    if link_only:
        have = "has a list of its own" if len(link_only) == 1 else "have lists of their own"
        sentence += f"; {and_list(link_only)} {have}"
    return f"{sentence}."
