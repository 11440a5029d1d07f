"""Which lines of an order concern each other, as bits that an engine can compare.

A line whose code no asked line of the order can look at is left out of the question: orders that
differ only in such lines are alike. Each program has a bit; with more programs than bits some
share one, which only asks about more lines than need be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine import looks_among, seen_by_others
from precert.model import covered

if TYPE_CHECKING:
    from collections.abc import Hashable

    from precert.model import Code
    from precert.rulebook import AnyRulebook

_PROGRAM_BITS = 61
_NAMED = 1 << _PROGRAM_BITS  # a code that some rule names
NOT_LISTED = 1 << _PROGRAM_BITS + 1  # a line without a rule on its day; fits a signed 64-bit number


class Concerns:
    """The bits of codes under one rulebook."""

    def __init__(self, rulebook: AnyRulebook) -> None:
        """Take the rulebook."""
        self._rulebook = rulebook
        self._bits = {
            name: 1 << number % _PROGRAM_BITS for number, name in enumerate(rulebook.program_names)
        }
        among = looks_among(rulebook.rules)
        self._named, self._primaries = among.codes, among.primaries

    def _is_named(self, code: Code) -> bool:
        return code in self._named or covered(code, self._primaries)

    def seen_as(self, code: Code) -> Hashable:
        """Return what other lines may see of a line of the code: codes with one key are alike.

        Of several editions they are alike only if they are in each.
        """
        if self._is_named(code):
            return code
        editions = self._rulebook.editions
        seen = tuple(seen_by_others(book.rules_for(code)) for book in editions)
        return code if None in seen else seen

    def of(self, code: Code) -> int:
        """Return the bits by which other lines may look at a line of the code that is listed."""
        bits = _NAMED if self._is_named(code) else 0
        for rule in self._rulebook.rules_for(code):
            bits |= self._bits[rule.program]
        return bits

    def to(self, code: Code) -> int:
        """Return the bits of the lines that a line of the code may look at."""
        among = looks_among(self._rulebook.rules_for(code))
        bits = (_NAMED if among.codes or among.primaries else 0) | (
            NOT_LISTED if among.not_listed else 0
        )
        for program in among.programs:
            bits |= self._bits.get(program, 0)  # a program that is not in the rulebook has no line
        return bits
