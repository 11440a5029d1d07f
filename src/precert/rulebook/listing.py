"""The rules of a code, those of the ranges that hold it among them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from precert.model import CodeRange
from precert.model.code import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Protocol

    from precert.model import Code, Program, Rule

    ByCode = Mapping[Code, tuple[Rule, ...]]

    class Listing(Protocol):
        """What gives the rules of a code: a plain dict where the list prints no range."""

        def get(self, code: Code, default: tuple[Rule, ...], /) -> tuple[Rule, ...]:
            """Return the rules of the code, in the order of the list's programs, then by place."""


class WithRanges:
    """Gives the rules of a code and of the ranges that hold it; what was found is remembered.

    No code of a range is made up: a range is asked about a code that somebody asks for.
    """

    def __init__(self, by_code: ByCode, of_ranges: Sequence[Rule], programs: Iterable[str]) -> None:
        self._position = {name: at for at, name in enumerate(programs)}
        self._by_shape: dict[str, list[tuple[CodeRange, Rule]]] = {}
        for rule in of_ranges:
            if isinstance(rule.code, CodeRange):
                shape = shape_of(rule.code.first)
                self._by_shape.setdefault(shape, []).append((rule.code, rule))
        for ranges in self._by_shape.values():
            ranges.sort(key=lambda pair: pair[0].first)
        self._known: dict[Code, tuple[Rule, ...]] = {
            code: self._in_order(rules + self._of_ranges(code)) for code, rules in by_code.items()
        }

    def get(self, code: Code, default: tuple[Rule, ...], /) -> tuple[Rule, ...]:
        """Return the rules of the code, in the order of the programs in the list, then by place."""
        rules = self._known.get(code)
        if rules is None:
            rules = self._in_order(self._of_ranges(code))
            if not rules:
                return default
            self._known[code] = rules
        return rules

    def _of_ranges(self, code: Code) -> tuple[Rule, ...]:
        """Return the rules of the ranges that hold the code; those that begin after it cannot."""
        ranges = self._by_shape.get(shape_of(code))
        if ranges is None:
            return ()
        before = bisect_right(ranges, code, key=lambda pair: pair[0].first)
        return tuple([rule for held, rule in ranges[:before] if code <= held.last])

    def _in_order(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        if len(rules) < 2:  # noqa: PLR2004 - nothing to put in order
            return rules
        return tuple(sorted(rules, key=self._place))

    def _place(self, rule: Rule) -> tuple[int, tuple[str, int, str, int], str]:
        return self._position[rule.program], rule.ref.order, rule.rule_id


def sort_out(
    programs: Iterable[Program], rules: Iterable[Rule]
) -> tuple[dict[Code, tuple[Rule, ...]], list[Rule]]:
    """Return the rules of each code that the list prints by itself, and the rules of ranges.

    Those of a code are in the order of `Listing`.
    """
    position = {program.name: at for at, program in enumerate(programs)}
    by_code: dict[Code, tuple[Rule, ...]] = {}
    of_ranges: list[Rule] = []
    for rule in rules:
        code = rule.code
        if isinstance(code, CodeRange):
            of_ranges.append(rule)
        else:
            by_code[code] = (*by_code.get(code, ()), rule)
    for code, several in by_code.items():
        if len(several) > 1:
            # Stable: the rules of one program keep their order, that of their places.
            by_code[code] = tuple(sorted(several, key=lambda rule: position[rule.program]))
    return by_code, of_ranges
