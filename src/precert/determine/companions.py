"""One order line among the others: which of them it can follow, firm and possible companions.

A firm companion is another line, of a different code and the same date of service, whose own rules
(after deferral and the told program) all require authorization, with no guard and no add-on
descriptor. A possible companion is not firm but may turn out to be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.statements import stated_on
from precert.model import Requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine
    from precert.determine.standing import Standing
    from precert.model import Rule
    from precert.rulebook import Rulebook

_REQUIRED = Requirement.REQUIRED  # bound once: a look-up of an enum's member is slow in Python 3.11
_POSSIBLE = (Requirement.REQUIRED, Requirement.UNLISTED, Requirement.UNREAD)


class Companion(NamedTuple):
    """Another line of the order (its number, from 1) and the rules it stands on."""

    number: int
    line: OrderLine
    rules: tuple[Rule, ...]

    def rule_of(self, *programs: str) -> Rule | None:
        """Return its first rule of one of these programs, or None."""
        return next((rule for rule in self.rules if rule.program in programs), None)


class Standings(list["Standing"]):
    """What each line of an order stands on.

    Which lines are firm is found once for all of them, which are possible once for lines alike.
    """

    # Made when first asked for: most orders have one line, which has no companion.
    _firm: dict[date, list[Companion]] | None = None
    _possible: dict[tuple[date, str, tuple[str, ...]], tuple[str, ...]] | None = None

    def firm_on(self, order: Order, day: date) -> Sequence[Companion]:
        """Return the firm lines of a day, of those that are alike in code and rules the first.

        A line looks at firm lines for their code, their rules and which comes first: an order of
        hundreds of equal lines is answered in time.
        """
        if self._firm is None:
            self._firm = self._found_firm(order)
        return self._firm.get(day, ())

    def possible_of(
        self, line: OrderLine, programs: tuple[str, ...], find: Callable[[], tuple[str, ...]]
    ) -> tuple[str, ...]:
        """Return the numbers of the possible companions of lines like this one, found once."""
        if self._possible is None:
            self._possible = {}
        alike = line.date_of_service, line.code, programs
        if alike not in self._possible:
            self._possible[alike] = find()
        return self._possible[alike]

    def _found_firm(self, order: Order) -> dict[date, list[Companion]]:
        firsts: dict[tuple[date, str, tuple[int, ...]], Companion] = {}
        for index, (rules, _) in enumerate(self):
            line = order.lines[index]
            alike = line.date_of_service, line.code, tuple([id(rule) for rule in rules])
            if alike not in firsts:
                firsts[alike] = Companion(index + 1, line, rules)
        firm: dict[date, list[Companion]] = {}
        for (day, *_), companion in firsts.items():
            if _is_firm(companion):
                firm.setdefault(day, []).append(companion)
        return firm


class Asked:
    """One order line with all that a rule is judged against: rulebook, order, the other lines."""

    __slots__ = ("_index", "_standings", "line", "order", "rulebook")

    def __init__(self, rulebook: Rulebook, order: Order, standings: Standings, index: int) -> None:
        """Take the order, what each of its lines stands on, and which line is asked."""
        self.rulebook, self.order, self.line = rulebook, order, order.lines[index]
        self._standings, self._index = standings, index

    def others(self) -> Iterator[Companion]:
        """Return every other line of the order, whatever its code and date."""
        for index, (rules, _) in enumerate(self._standings):
            if index != self._index:
                yield Companion(index + 1, self.order.lines[index], rules)

    def firm(self) -> Iterator[Companion]:
        """Return the firm companions in the order of the lines, of equal ones the first."""
        if len(self._standings) == 1:
            return iter(())
        code = self.line.code
        found = self._standings.firm_on(self.order, self.line.date_of_service)
        return (companion for companion in found if companion.line.code != code)

    def possible(self, programs: tuple[str, ...]) -> tuple[str, ...]:
        """Return the numbers of the lines that are not firm but may be companions in a program."""
        if len(self._standings) == 1:
            return ()
        return self._standings.possible_of(
            self.line,
            programs,
            lambda: tuple(
                [str(each.number) for each in self.companions() if _is_possible(each, programs)]
            ),
        )

    def companions(self) -> Iterator[Companion]:
        """Return the lines of another code and the same date of service, firm or not."""
        code, day = self.line.code, self.line.date_of_service
        for index, line in enumerate(self.order.lines):
            if line.code != code and line.date_of_service == day:
                yield Companion(index + 1, line, self._standings[index][0])


def _is_firm(companion: Companion) -> bool:
    line = companion.line
    return bool(companion.rules) and all(_is_plain_yes(rule, line) for rule in companion.rules)


def _is_possible(companion: Companion, programs: tuple[str, ...]) -> bool:
    return not _is_firm(companion) and any(
        (rule.requirement in _POSSIBLE or rule.otherwise in _POSSIBLE) and rule.program in programs
        for rule in companion.rules
    )


def _is_plain_yes(rule: Rule, line: OrderLine) -> bool:
    return (
        rule.requirement is _REQUIRED
        and not rule.descriptor_add_on
        and not rule.guards
        and stated_on(rule, line.code, line.date_of_service)[0] is None
    )
