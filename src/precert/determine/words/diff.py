"""Differences in words: what each kind is called, what a rule said and says, and where.

Every face that compares two editions prints these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.words.answer import condition_in_words
from precert.determine.words.rulebook import platform_in_words, requirement_in_words
from precert.model import PAYER
from precert.rulebook.difference import DifferenceKind
from precert.rulebook.facets import conditions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.model import Condition, Edition, Rule, SourceRef
    from precert.rulebook import Rulebook
    from precert.rulebook.difference import Change, Difference

KINDS = {
    DifferenceKind.CODE_ADDED: "Codes added",
    DifferenceKind.CODE_REMOVED: "Codes removed",
    DifferenceKind.MOVED: "Moved between programs",
    DifferenceKind.ANSWER: "Answer changed",
    DifferenceKind.CONDITIONS: "Conditions changed",
    DifferenceKind.DETAILS: "Details changed",
    DifferenceKind.RENAMED: "Programs renamed",
    DifferenceKind.EDITION: "The edition itself",
}
SHORT = {
    DifferenceKind.CODE_ADDED: "Added",
    DifferenceKind.CODE_REMOVED: "Removed",
    DifferenceKind.MOVED: "Moved",
    DifferenceKind.ANSWER: "Answer",
    DifferenceKind.CONDITIONS: "Conditions",
    DifferenceKind.DETAILS: "Details",
    DifferenceKind.RENAMED: "Renamed",
    DifferenceKind.EDITION: "Edition",
}
_WHAT = {
    "descriptor_add_on": "described as an add-on",
    "effective_from": "first day",
    "effective_to": "last day",
    "exhaustive": "a code that is not listed needs no authorization",
    "guards": "conditions",
    "line_of_business": "line of business",
    "link_only": "only a link",
    "review_by": "review by",
    "unread": "not read",
    "um_cs": "included with UM + CS",
}
_NOTHING = "nothing"


class Said(NamedTuple):
    """A change in words: what it is about, what was said before and what is said after."""

    what: str
    before: str
    after: str


def changes_in_words(difference: Difference, before: Edition, after: Edition) -> list[Said]:
    """Return what a difference changes, each change in words."""
    return [_in_words(change, difference, before, after) for change in difference.changes]


def _in_words(change: Change, difference: Difference, before: Edition, after: Edition) -> Said:
    what = _WHAT.get(change.what, change.what)
    old = _said(change.what, change.before, difference.before, before)
    new = _said(change.what, change.after, difference.after, after)
    if old != new:
        return Said(what, old, new)
    if change.what == "unread":
        return Said(what, old, f"{new}, and it is another text")
    return Said(what, change.before, change.after)  # the notation tells what the words do not


def _said(what: str, text: str, rule: Rule | None, edition: Edition) -> str:
    if not text or rule is None:
        return text or _NOTHING
    match what:
        case "rule":
            return rule_in_words(rule, edition)
        case "requirement":
            return requirement_in_words(rule.requirement)
        case "platform":
            return platform_in_words(rule.platform, edition.payer)
        case "guards" | "statements" | "limits" | "unread":
            return _conditions(conditions_of(rule, what), edition)
        case _:
            return text


def rule_in_words(rule: Rule, edition: Edition) -> str:
    """Return what a rule answers and on which conditions, in one line."""
    by = "" if rule.platform is None else f" on {rule.platform}"
    if rule.platform == PAYER:
        by = f" through {edition.payer}"
    conditions = (*rule.guards, *rule.statements, *conditions_of(rule, "limits"))
    parts = [requirement_in_words(rule.requirement) + by]
    parts += [_conditions(conditions, edition)] if conditions else []
    parts += [f"from {rule.effective_from}"] if rule.effective_from else []
    parts += [f"until {rule.effective_to}"] if rule.effective_to else []
    return "; ".join(parts)


def _conditions(conditions: Sequence[Condition], edition: Edition) -> str:
    return "; ".join(condition_in_words(condition, edition) for condition in conditions)


def places_in_words(refs: Sequence[SourceRef], rulebook: Rulebook) -> str:
    """Return where something is printed; the document only where there are several."""
    if len(rulebook.documents) > 1:
        return "; ".join(f"{ref.document}, {ref.place}" for ref in refs)
    return "; ".join(ref.place for ref in refs)
