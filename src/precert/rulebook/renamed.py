"""Programs that were renamed as a whole: the same codes under a name that is not known before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.rulebook.as_compared import as_compared
from precert.rulebook.difference import Change, Difference, DifferenceKind

if TYPE_CHECKING:
    from precert.model import Program
    from precert.rulebook.as_compared import Renames
    from precert.rulebook.book import Rulebook

_MOST = 0.5  # of the codes of both together: then a program split in two halves is no renaming


def renamed_programs(before: Rulebook, after: Rulebook) -> Renames:
    """Return the programs of `before` that `after` calls otherwise, as they are compared.

    A program is renamed if its name is gone, the other is new, and more than half of the codes that
    the two hold together stand in both.
    """
    gone, come = _codes(before, unlike=after), _codes(after, unlike=before)
    alike = sorted(
        (-len(old & new) / len(old | new), name, other)
        for name, old in gone.items()
        for other, new in come.items()
    )
    renames: Renames = {}
    for share, name, other in alike:
        if -share > _MOST and name not in renames and other not in renames.values():
            renames[name] = other
    return renames


def tell_renames(before: Rulebook, after: Rulebook, renames: Renames) -> list[Difference]:
    """Return a difference for each program that was renamed."""
    old, new = _by_name(before), _by_name(after)
    return [
        Difference(
            DifferenceKind.RENAMED,
            "",
            old[name].name,
            new[other].name,
            (Change("program", old[name].name, new[other].name),),
            before_refs=(old[name].ref,),
            after_refs=(new[other].ref,),
        )
        for name, other in renames.items()
    ]


def _by_name(rulebook: Rulebook) -> dict[str, Program]:
    return {as_compared(program.name): program for program in rulebook.programs}


def _codes(rulebook: Rulebook, *, unlike: Rulebook) -> dict[str, set[str]]:
    """Return the codes of each program whose name the other rulebook does not know."""
    known = _by_name(unlike)
    codes: dict[str, set[str]] = defaultdict(set)
    for rule in rulebook.rules:
        name = as_compared(rule.program)
        if name not in known:
            codes[name].add(str(rule.code))
    return codes
