"""What a code answers by itself: date pieces, each with one answer that `determine` gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.codes import code_set
from precert.determine import Order, OrderLine, determine, turning_days

if TYPE_CHECKING:
    from datetime import date

    from precert.batch.answers import Answers
    from precert.codes import CodeSet
    from precert.model import Code
    from precert.rulebook import AnyRulebook


class Piece(NamedTuple):
    """The first day of a piece, and the number of the answer until the next piece begins."""

    first: date | None
    answer: int | None


class Settling:
    """Settles codes by one rulebook."""

    def __init__(self, rulebook: AnyRulebook, answers: Answers) -> None:
        """Take the rulebook, and where the answers get their numbers."""
        self._rulebook, self._answers = rulebook, answers
        self._not_listed: dict[CodeSet, list[Piece]] = {}

    def settle(self, code: Code) -> list[Piece]:
        """Return what a line of the code answers on every day there is, alone, with nothing told.

        The pieces are sorted, begin with the first day there is, and neighbours differ. The order
        counts as complete, as an order in a table does.
        """
        if self._rulebook.rules_for(code):
            return self._pieces(code)
        of = code_set(code)  # the same for every code of a code set without a rule
        if of not in self._not_listed:
            self._not_listed[of] = self._pieces(code)
        return self._not_listed[of]

    def _pieces(self, code: Code) -> list[Piece]:
        pieces: list[Piece] = []
        for first in turning_days(self._rulebook, self._rulebook.rules_for(code)):
            order = Order((OrderLine(code, first),), complete=True)
            (number,) = self._answers.number(determine(self._rulebook, order), (0,))
            if not pieces or pieces[-1].answer != number:
                pieces.append(Piece(first, number))
        return pieces
