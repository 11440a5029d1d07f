"""Which other lines of an order a line can follow: firm and possible companions.

A firm companion is another line, of a different code and the same date of service, whose own rules
(after deferral and the told program) all require authorization, with no guard and no add-on
descriptor. A possible companion is not firm but may turn out to be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.model import (
    GUARDS,
    DeniedIfRequested,
    NoAuthStated,
    Requirement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine
    from precert.model import Condition, Rule

_POSSIBLE = (Requirement.REQUIRED, Requirement.UNLISTED, Requirement.UNREAD)


class Companion(NamedTuple):
    """Another line of the order (its number, from 1) and the rules it stands on."""

    number: int
    line: OrderLine
    rules: tuple[Rule, ...]

    def rule_of(self, *programs: str) -> Rule | None:
        """Return its first rule of one of these programs, or None."""
        return next((rule for rule in self.rules if rule.program in programs), None)


class Companions:
    """The other lines of one order line: its companions, and the whole order's other lines."""

    __slots__ = ("_index", "_kept", "_order")

    def __init__(self, order: Order, kept: tuple[tuple[Rule, ...], ...], index: int) -> None:
        """Take the order, each line's rules after deferral and told program, and the line."""
        self._order, self._kept, self._index = order, kept, index

    @property
    def order_is_complete(self) -> bool:
        """Whether the lines are known to be the whole order."""
        return self._order.is_complete

    def others(self) -> Iterator[Companion]:
        """Return every other line of the order, whatever its code and date."""
        lines = zip(self._order.lines, self._kept, strict=True)
        for index, (line, rules) in enumerate(lines):
            if index != self._index:
                yield Companion(index + 1, line, rules)

    def firm(self) -> Iterator[Companion]:
        """Return the firm companions, in the order of the lines."""
        return (companion for companion in self._companions() if _is_firm(companion))

    def possible(self, programs: tuple[str, ...]) -> Iterator[Companion]:
        """Return the lines that are not firm but may be companions in one of these programs."""
        return (
            companion
            for companion in self._companions()
            if not _is_firm(companion)
            and any(
                rule.requirement in _POSSIBLE and rule.program in programs
                for rule in companion.rules
            )
        )

    def _companions(self) -> Iterator[Companion]:
        asked = self._order.lines[self._index]
        return (
            other
            for other in self.others()
            if other.line.code != asked.code and other.line.date_of_service == asked.date_of_service
        )


def _is_firm(companion: Companion) -> bool:
    on = companion.line.date_of_service
    return bool(companion.rules) and all(_is_plain_yes(rule, on) for rule in companion.rules)


def _is_plain_yes(rule: Rule, on: date) -> bool:
    return (
        rule.requirement is Requirement.REQUIRED
        and not rule.descriptor_add_on
        and not any(isinstance(condition, GUARDS) for condition in rule.conditions)
        and not any(_lifts(condition, rule, on) for condition in rule.conditions)
    )


def _lifts(condition: Condition, rule: Rule, on: date) -> bool:
    """Return whether a statement of the rule takes its plain yes away."""
    match condition:
        case NoAuthStated(effective_from):
            return effective_from is None or effective_from <= on
        case DeniedIfRequested(codes):
            return rule.code in codes
        case _:
            return False
