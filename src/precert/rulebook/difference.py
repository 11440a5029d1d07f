"""The vocabulary of differences: what differs between two editions of a list, of which kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from precert.rulebook.as_compared import as_compared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.model import Rule, SourceRef
    from precert.rulebook.book import Rulebook


class DifferenceKind(StrEnum):
    """What a difference is about, the most important first: a difference has the first that fits.

    An *answer* is the requirement, the platform, the statements and the dates of a rule, what of it
    could not be read, and which rules there are; *conditions* are its guards and limits; *details*
    are what is left of it, which decides whether an add-on finds its primary.
    """

    CODE_ADDED = "code-added"
    CODE_REMOVED = "code-removed"
    MOVED = "moved"
    ANSWER = "answer-changed"
    CONDITIONS = "conditions-changed"
    DETAILS = "details-changed"
    RENAMED = "program-renamed"
    EDITION = "edition-changed"


ANSWER = ("requirement", "platform", "statements", "unread", "effective_from", "effective_to")
"""What of a rule is its answer; what nobody could read may change it, and so counts as one."""


class Change(NamedTuple):
    """One thing that says something else: a field, and what it said and says as text.

    The texts are those of `rules.csv` and `rulebook.toml`; empty where nothing is said. The field
    `rule` is a whole rule: of a code that has one rule more, or one fewer, in its program.
    """

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return `what: before -> after`."""
        return f"{self.what}: {self.before or '(nothing)'} -> {self.after or '(nothing)'}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: of a code in a program, of a program (`code` is empty), of the edition.

    `before` and `after` are the rules that differ, None where there is none, and `before_refs` and
    `after_refs` all places that print them. `changes` says what differs between the two; of a moved
    code the field `program` and whatever else does. `also_in` names the other programs in which the
    code stands after.
    """

    kind: DifferenceKind
    code: str
    program_before: str
    program_after: str
    changes: tuple[Change, ...] = ()
    before: Rule | None = None
    after: Rule | None = None
    before_refs: tuple[SourceRef, ...] = ()
    after_refs: tuple[SourceRef, ...] = ()
    also_in: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        """The program it is about; of a code that moved or is renamed, where it is now."""
        return self.program_after or self.program_before

    @property
    def answers_otherwise(self) -> bool:
        """Whether the answer itself is among what changed."""
        return any(change.what in ANSWER for change in self.changes)

    def __str__(self) -> str:
        """Return kind, code, program, what changed and the places, on one line."""
        refs = [", ".join(map(str, refs)) for refs in (self.before_refs, self.after_refs)]
        subject = " ".join(part for part in (self.code, self.program) if part)
        said = "; ".join(map(str, self.changes))
        places = " -> ".join(place or "(nowhere)" for place in refs) if any(refs) else ""
        parts = (str(self.kind), subject, said, places)
        return " | ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences between two rulebooks: by kind, then program, then code."""

    before: Rulebook
    after: Rulebook
    found: tuple[Difference, ...]

    @property
    def counts(self) -> dict[DifferenceKind, int]:
        """How many there are of each kind, 0 too, in the order of the kinds."""
        counted = Counter(difference.kind for difference in self.found)
        return {kind: counted[kind] for kind in DifferenceKind}

    @property
    def by_program(self) -> dict[str, dict[DifferenceKind, int]]:
        """How many of each kind a program has, in the order of the list; the edition has none.

        A program that is spelt otherwise, or renamed, is one, under its name after.
        """
        called = names_after(self.before, self.after, self._renames)
        counted = Counter(
            (called.get(as_compared(difference.program), ""), difference.kind)
            for difference in self.found
        )
        return {
            name: {kind: counted[name, kind] for kind in DifferenceKind}
            for name in dict.fromkeys(called.values())
            if any(counted[name, kind] for kind in DifferenceKind)
        }

    @property
    def _renames(self) -> dict[str, str]:
        return {
            as_compared(difference.program_before): as_compared(difference.program_after)
            for difference in self.found
            if difference.kind is DifferenceKind.RENAMED
        }


def names_after(before: Rulebook, after: Rulebook, renames: Mapping[str, str]) -> dict[str, str]:
    """Return what each program, as it is compared, is called after; what is gone as it was.

    They stand in the order of the list after, then in that of the list before.
    """
    called: dict[str, str] = {}
    for name in after.program_names:
        called.setdefault(as_compared(name), name)
    for name in before.program_names:
        compared = as_compared(name)
        called.setdefault(compared, called.get(renames.get(compared, compared), name))
    return called
