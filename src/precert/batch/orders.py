"""One order of a table, as numbers: what `determine` answers to the lines that look at others."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.readings import NOTHING_TOLD, diagnoses_of
from precert.determine import Order, determine, turning_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from precert.batch.answers import Answers
    from precert.determine import OrderLine
    from precert.model import Code
    from precert.rulebook import AnyRulebook


class NumberedOrder(NamedTuple):
    """The lines of an order that concern each other: a word for each, which `OrderAnswerer` reads.

    `days` is one for all lines, or one for each. Age, state and diagnoses are as they are seen.
    `complete` speaks of the order as it stands in the table: with the lines that concern none of
    these.
    """

    words: Sequence[int]
    days: Sequence[date]
    complete: bool | None
    client_managed: bool | None
    plan: str | None
    age: int | None
    state: str | None
    diagnoses: str | None


class AnsweredLine(NamedTuple):
    """The place of a line in its order, from 0, the number of its answer, its primary's place."""

    place: int
    answer: int
    primary: int | None


class OrderAnswerer:
    """Answers numbered orders with one rulebook; makes each different order line once."""

    def __init__(
        self,
        rulebook: AnyRulebook,
        codes: Sequence[Code],
        facts: Sequence[OrderLine],
        answers: Answers,
    ) -> None:
        """Take what the numbers stand for, and where the answers get theirs."""
        self._rulebook, self._codes, self._answers = rulebook, codes, answers
        self._facts = facts or (NOTHING_TOLD,)
        self._turning = turning_days(rulebook, rulebook.rules)
        self._lines: dict[tuple[int, date | None], OrderLine] = {}

    def span(self, day: date) -> int:
        """Return a number for the day, from 0: two days with one number are alike to every rule."""
        return bisect_right(self._turning, day) - 1

    def word(self, code: str, span: str, facts: str, looks: str) -> str:
        """Return the SQL expression for one number that holds these four."""
        line = f"({facts}::BIGINT * {len(self._turning)} + {span}) * {len(self._codes)} + {code}"
        return f"({line}) * 2 + {looks}::INTEGER"

    def answer(self, order: NumberedOrder) -> list[AnsweredLine]:
        """Return the answers to the lines that are asked."""
        one_day = len(order.days) == 1  # any day of its span will do: so few lines are made
        days = [None] * len(order.words) if one_day else order.days
        keys = zip(order.words, days, strict=True)
        lines = tuple([self._lines.get(key) or self._line(*key) for key in keys])
        told = Order(
            lines,
            order.complete,
            order.plan,
            order.client_managed,
            order.age,
            order.state,
            diagnoses_of(order.diagnoses),
        )
        answer = determine(self._rulebook, told)
        places = [place for place, word in enumerate(order.words) if word & 1]
        found = []
        for place, number in zip(places, self._answers.number(answer, places), strict=True):
            primary = answer.determinations[place].primary
            found.append(AnsweredLine(place, number, None if primary is None else primary - 1))
        return found

    def _line(self, word: int, day: date | None) -> OrderLine:
        """Return the line that the word stands for, on that day or on the first of its span."""
        rest, code = divmod(word >> 1, len(self._codes))
        facts, span = divmod(rest, len(self._turning))
        on = self._turning[span] if day is None else day
        line = replace(self._facts[facts], code=self._codes[code], date_of_service=on)
        self._lines[word, day] = line
        return line
