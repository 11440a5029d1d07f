"""The one entry to the answering half: a rulebook and an order in, cited answers out.

A rulebook of several editions answers each line by the edition of its date of service. Companions
share that date, and so the edition: what a line looks at in another line is judged by one edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.case_plan import plan_cases
from precert.determine.companions import Standings
from precert.determine.named import plan_named
from precert.determine.resolve import resolve
from precert.determine.standing import standing
from precert.errors import UnknownProgram
from precert.rulebook import Rulebook

if TYPE_CHECKING:
    from precert.determine.answer import Determination
    from precert.determine.case_plan import CasePlan
    from precert.determine.order import Order
    from precert.rulebook import AnyRulebook


class OrderAnswer(NamedTuple):
    """The determinations of an order, one per line in the order of the lines."""

    rulebook: AnyRulebook
    order: Order
    determinations: tuple[Determination, ...]

    def rulebook_of(self, line: Determination) -> Rulebook:
        """Return the edition that answered the line: that of its date of service."""
        return self.rulebook.on(line.date_of_service)

    def lines_by_rulebook(self) -> dict[Rulebook, list[int]]:
        """Return the editions that answered, each with the numbers of its lines."""
        if isinstance(self.rulebook, Rulebook):
            return {self.rulebook: [line.line for line in self.determinations]}
        lines_of: dict[Rulebook, list[int]] = {}
        for line in self.determinations:
            lines_of.setdefault(self.rulebook_of(line), []).append(line.line)
        return lines_of

    @property
    def case_plan(self) -> CasePlan:
        """Return which cases to build, and what becomes of every other line."""
        return plan_cases(self.determinations)


def determine(rulebook: AnyRulebook, order: Order) -> OrderAnswer:
    """Return one determination per order line, and from them the case plan.

    Of several editions each line is answered by the one that its date of service picks
    (`Editions.on`). Pure: the same rulebook and order give the same answer, whatever the day and in
    whatever order the rules stand. Raises `UnknownPlan` and `UnknownProgram` for a name the
    rulebook does not know, before anything is answered.
    """
    if order.plan is not None:
        plan_named(rulebook, order.plan)
    if not isinstance(rulebook, Rulebook):
        return OrderAnswer(rulebook, order, _by_several(rulebook, order))
    standings = Standings()
    for line in order.lines:  # plain loops: a comprehension costs a call in Python 3.11
        if line.program is not None:
            _refuse_unknown(line.program, rulebook)
        standings.append(standing(rulebook, line))
    determinations: list[Determination] = []
    for index in range(len(standings)):
        determinations.append(resolve(rulebook, order, standings, index))  # noqa: PERF401
    return OrderAnswer(rulebook, order, tuple(determinations))


def _by_several(rulebook: AnyRulebook, order: Order) -> tuple[Determination, ...]:
    """Return what `determine` returns, each line answered by its own edition."""
    for line in order.lines:
        if line.program is not None:
            _refuse_unknown(line.program, rulebook)
    books = [rulebook.on(line.date_of_service) for line in order.lines]
    pairs = zip(books, order.lines, strict=True)
    standings = Standings(standing(book, line) for book, line in pairs)
    return tuple(resolve(book, order, standings, index) for index, book in enumerate(books))


def _refuse_unknown(program: str, rulebook: AnyRulebook) -> None:
    if program not in rulebook.program_names:
        raise UnknownProgram(program, rulebook.program_names)
