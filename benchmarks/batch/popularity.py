"""How often each code of a rulebook is ordered: slots of a die that DuckDB throws for each line.

A code holds slots in proportion to its weight. The slots of all groups stand in one table, one
group behind the other, so that a line finds its code with one join on a whole number.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from precert.determine import Look, looks_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert import Rulebook
    from precert.model import Code

_CONTEXT = Look.OTHER_LINES | Look.PLAN | Look.CLIENT_MANAGED
_SLOTS_OF_ALL = 1 << 16  # at least: the rarest of 1,500 codes by Zipf's law still holds five
_SLOTS_OF_A_GROUP = 1 << 12


class Contextual(NamedTuple):
    """A code whose answer looks beyond its line, and where the slots of its fellows lie."""

    code: Code
    first: int
    slots: int


class Popularity(NamedTuple):
    """The codes slot by slot: `plain[:all_slots]` for any order, then a span for each program.

    `contextual` holds the contextual codes slot by slot; it is empty where the rulebook has none.
    """

    plain: tuple[Code, ...]
    all_slots: int
    contextual: tuple[Contextual, ...]


def popularity(rulebook: Rulebook, *, zipf: bool, seed: int) -> Popularity:
    """Return who is ordered how often, by Zipf's law (as claims are) or all codes alike.

    The fellows of a contextual code are plain codes of its first program: a surgical add-on is
    ordered beside surgery of the same list, not beside a wheelchair.
    """
    # Which code is the most popular one is drawn: the rulebook is sorted by program.
    drawn = random.Random(seed)  # noqa: S311 - not for cryptography
    codes = sorted(rulebook.by_code)
    drawn.shuffle(codes)
    plain: list[Code] = []
    contextual: list[Code] = []
    of_program: dict[str, list[Code]] = {}
    for code in codes:
        rules = rulebook.by_code[code]
        if looks_at(rules) & _CONTEXT:
            contextual.append(code)
        else:
            plain.append(code)
            of_program.setdefault(rules[0].program, []).append(code)
    slots = _slots(plain, max(_SLOTS_OF_ALL, 4 * len(plain)), zipf=zipf)
    all_slots = len(slots)
    spans: dict[str, tuple[int, int]] = {}
    for program, fellows in of_program.items():
        spans[program] = len(slots), _SLOTS_OF_A_GROUP
        slots += _slots(fellows, _SLOTS_OF_A_GROUP, zipf=zipf)
    placed = [
        Contextual(code, *spans.get(rulebook.by_code[code][0].program, (0, all_slots)))
        for code in _slots(contextual, _SLOTS_OF_A_GROUP, zipf=zipf)
    ]
    return Popularity(tuple(slots), all_slots, tuple(placed))


def _slots(codes: Sequence[Code], slots: int, *, zipf: bool) -> list[Code]:
    """Return the code of each slot; by Zipf's law the code of rank r has the weight 1/r."""
    if not codes:
        return []
    ends = list(accumulate(1 / rank if zipf else 1.0 for rank in range(1, len(codes) + 1)))
    of_slot: list[Code] = []
    at = 0
    for slot in range(slots):
        middle = (slot + 0.5) / slots * ends[-1]
        while ends[at] < middle:
            at += 1
        of_slot.append(codes[at])
    return of_slot
