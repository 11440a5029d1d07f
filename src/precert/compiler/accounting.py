"""Where every line of the documents went: nothing is lost, and this is the count that shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from precert.lists import ListReading


@dataclass(frozen=True, slots=True)
class Accounting:
    """Lines by kind, which `lists.LineKind` names (rule, heading, title, blank, diagnostic, ...).

    The kinds add up to `lines`. `by_program` counts rules, in the list's order.
    """

    lines: int
    by_kind: Mapping[str, int]
    by_program: Mapping[str, int]
    link_only: tuple[str, ...]


def account(readings: Sequence[ListReading]) -> Accounting:
    """Return where every line of the documents went."""
    kinds = Counter(kind.value for reading in readings for kind in reading.kinds)
    programs = Counter(entry.rule.program for reading in readings for entry in reading.entries)
    return Accounting(
        lines=sum(len(reading.kinds) for reading in readings),
        by_kind=dict(kinds),
        by_program=dict(programs),
        link_only=tuple(
            program.name
            for reading in readings
            for program in reading.programs
            if program.link_only
        ),
    )
