"""What a text says: conditions, dates, and what of it was not read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from precert.lists.alerts import TURNING_WORDS

if TYPE_CHECKING:
    from datetime import date

    from precert.model import Condition, Requirement

Stretch = tuple[str, ...]
"""The tokens of a text between two that were read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `rest` holds each stretch of it that was not read and adds something.

    `found` tells that a pattern stands in the text, be it one that means nothing by itself.
    `not_where` holds conditions that are not said where the row prints one of the requirements.
    """

    conditions: tuple[Condition, ...] = ()
    not_where: tuple[tuple[Condition, frozenset[Requirement]], ...] = ()
    effective_from: tuple[date, ...] = ()
    effective_to: tuple[date, ...] = ()
    found: bool = False
    rest: tuple[Stretch, ...] = ()
    fillers: frozenset[str] = frozenset()

    def under(self, requirement: Requirement) -> Reading:
        """Return what the text says in a row that prints this requirement."""
        if not self.not_where:
            return self
        said = (each for each, silent in self.not_where if requirement not in silent)
        return replace(self, conditions=(*self.conditions, *said), not_where=())

    def after(self, other: Reading) -> Reading:
        """Return what both texts say, the other one first."""
        return Reading(
            conditions=(*other.conditions, *self.conditions),
            not_where=(*other.not_where, *self.not_where),
            effective_from=(*other.effective_from, *self.effective_from),
            effective_to=(*other.effective_to, *self.effective_to),
            found=other.found or self.found,
            rest=(*other.rest, *self.rest),
            fillers=other.fillers | self.fillers,
        )

    def is_but_for(self, copied: Stretch) -> bool:
        """Return whether all that was left over is `copied`, at least two tokens, and fillers.

        A text in which a negation, a condition or an exception stands is no mere copy: printed as a
        note, it may be meant as one.
        """
        if len(copied) < 2 or not TURNING_WORDS.isdisjoint(copied):  # noqa: PLR2004 - see above
            return False
        return all(self._is_copy(stretch, copied) for stretch in self.rest)

    def _is_copy(self, stretch: Stretch, copied: Stretch) -> bool:
        before, found, after = f" {' '.join(stretch)} ".partition(f" {' '.join(copied)} ")
        return bool(found) and self.fillers.issuperset((*before.split(), *after.split()))


NOTHING = Reading()
"""What a text says in which nothing stands."""
