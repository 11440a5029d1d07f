"""What a rule says, facet by facet: what is compared, and of which kind it is if it differs.

A rule's id and place are no facets. A field that `Rule` may get one day is a detail at once, so
that no difference goes unseen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, NamedTuple

from precert.model import LIMITS, Rule, Unread
from precert.notation import format_conditions
from precert.rulebook.as_compared import as_compared, conditions_as_compared
from precert.rulebook.difference import ANSWER, Change, DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.model import Condition, SourceRef

_NOT_COMPARED = ("rule_id", "program", "code", "conditions", "ref")
_CONDITIONS = ("guards", "limits")
_NOTED = ("statements", "unread", *_CONDITIONS)  # what stands in the column of conditions
_SORTED_OUT = (*ANSWER, *_CONDITIONS, *_NOT_COMPARED)
_DETAILS = tuple(
    field.name for field in fields(Rule) if field.init and field.name not in _SORTED_OUT
)

FACETS = (*ANSWER, *_CONDITIONS, *_DETAILS)
"""What of a rule is compared, in the order in which it is told."""

# How much it counts, for two rules of one code, that they agree here: what a row stands under and
# for whom it is printed says rather which row it is than what it decides.
_WEIGHTS = {"guards": 4, "category": 4, "heading": 4, "product": 3, "requirement": 2}


class Profile(NamedTuple):
    """What a rule says, as it is compared: one key for each of `FACETS`."""

    keys: tuple[object, ...]

    def likeness(self, other: Profile) -> int:
        """Return how much two rules of one code have in common; the more, the more alike."""
        pairs = zip(FACETS, self.keys, other.keys, strict=True)
        return sum(_WEIGHTS.get(facet, 1) for facet, one, another in pairs if one == another)


@dataclass(frozen=True, slots=True)
class Printed:
    """A rule, what it says, and every place of its program that prints just this for its code."""

    rule: Rule
    profile: Profile
    refs: tuple[SourceRef, ...]

    def changes_to(self, other: Printed) -> tuple[Change, ...]:
        """Return what the other rule says otherwise."""
        triples = zip(FACETS, self.profile.keys, other.profile.keys, strict=True)
        differing = [facet for facet, one, another in triples if one != another]
        return tuple(
            Change(facet, facet_text(self.rule, facet), facet_text(other.rule, facet))
            for facet in differing
        )


def kind_of(changes: Iterable[Change]) -> DifferenceKind:
    """Return the kind of a difference in which these facets say something else."""
    changed = {change.what for change in changes}
    if changed.intersection(ANSWER):
        return DifferenceKind.ANSWER
    return (
        DifferenceKind.CONDITIONS if changed.intersection(_CONDITIONS) else DifferenceKind.DETAILS
    )


def printed(rules: Iterable[Rule], renames: Mapping[str, str]) -> tuple[Printed, ...]:
    """Return what rules of one code in one program say, each thing once, in the order of places."""
    rule_of: dict[Profile, Rule] = {}
    refs: dict[Profile, list[SourceRef]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.ref.order):
        profile = Profile(tuple(_key(rule, facet, renames) for facet in FACETS))
        rule_of.setdefault(profile, rule)
        refs[profile].append(rule.ref)
    return tuple(Printed(rule, profile, tuple(refs[profile])) for profile, rule in rule_of.items())


def facet_text(rule: Rule, facet: str) -> str:
    """Return what a rule says of a facet, as `rules.csv` writes it; empty where it says nothing."""
    if facet in _NOTED:
        return format_conditions(conditions_of(rule, facet))
    value = getattr(rule, facet)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _key(rule: Rule, facet: str, renames: Mapping[str, str]) -> object:
    if facet in _NOTED:
        return conditions_as_compared(conditions_of(rule, facet), renames)
    value = getattr(rule, facet)
    return as_compared(value) if type(value) is str else value


def conditions_of(rule: Rule, facet: str) -> tuple[Condition, ...]:
    """Return the conditions of a kind; `WithCode` is a guard, though it is printed as a limit."""
    if facet == "statements":
        return rule.statements
    if facet == "limits":
        return tuple(limit for limit in rule.limits if isinstance(limit, LIMITS))
    return tuple(guard for guard in rule.guards if isinstance(guard, Unread) is (facet == "unread"))
