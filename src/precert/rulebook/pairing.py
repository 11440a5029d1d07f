"""Which rule after is which rule before: first those that say the same, then the most alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.rulebook.facets import Printed


class Pairing(NamedTuple):
    """Rules of a code before and after: those that are each other's, and those left over."""

    pairs: tuple[tuple[Printed, Printed], ...]
    lost: tuple[Printed, ...]
    new: tuple[Printed, ...]


def pair(before: Sequence[Printed], after: Sequence[Printed]) -> Pairing:
    """Return the rules paired; as many are left over as one side has more than the other.

    The order of the rows takes no part in it: between pairs that are equally alike, what they say
    decides.
    """
    lost, new = list(before), list(after)
    pairs: list[tuple[Printed, Printed]] = []
    for old in before:
        same = next((one for one in new if one.profile == old.profile), None)
        if same is not None:
            pairs.append((old, same))
            lost.remove(old)
            new.remove(same)
    alike = sorted(
        (-old.profile.likeness(one.profile), repr(old.profile), repr(one.profile), at, to)
        for at, old in enumerate(lost)
        for to, one in enumerate(new)
    )
    paired_lost: set[int] = set()
    paired_new: set[int] = set()
    for *_, at, to in alike:
        if at not in paired_lost and to not in paired_new:
            pairs.append((lost[at], new[to]))
            paired_lost.add(at)
            paired_new.add(to)
    return Pairing(
        tuple(pairs),
        tuple(old for at, old in enumerate(lost) if at not in paired_lost),
        tuple(one for to, one in enumerate(new) if to not in paired_new),
    )
