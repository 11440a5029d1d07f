"""How many lines got which answer, and how many a person must look at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.answers import Place
from precert.batch.sql import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.batch.answers import AnswerRow
    from precert.batch.duckdb import Answered


Counted = tuple[str, str | None, str | None, str | None, str]
"""What lines are counted by: outcome, platform, route, programs and place in the case plan."""


class Summary(NamedTuple):
    """Answered lines by outcome, route, program and place in the case plan, most lines first.

    A route is the platform, or `payer`; a line without a route or a program counts as `-`. Agreeing
    rules of several programs count under all their names together.
    """

    lines: int
    outcomes: dict[str, int]
    routes: dict[str, int]
    programs: dict[str, int]
    case_plan: dict[str, int]

    @property
    def for_a_person(self) -> float:
        """The share of the answered lines that a person must look at, from 0 to 1."""
        return self.case_plan.get(Place.FOR_A_PERSON, 0) / self.lines if self.lines else 0.0


def summarize(answered: Answered) -> Summary:
    """Return the counts of the answered lines; reads the lines once more."""
    asked = answered.asked
    query = f"SELECT {ANSWER}.number, count(*) FROM {answered.joined} GROUP BY ALL"
    counted = asked.con.execute(query).fetchall()
    return count_up((_counted(asked.answers.rows[number]), count) for number, count in counted)


def count_up(counted: Iterable[tuple[Counted, int]]) -> Summary:
    """Return the counts by outcome, route, program and place, each of these the most first."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    for (outcome, platform, route, programs, case_plan), count in counted:
        names = (outcome, platform or route or "-", programs or "-", case_plan)
        for counter, name in zip(counts, names, strict=True):
            counter[name] += count
    ranked = [dict(sorted(each.items(), key=lambda one: (-one[1], one[0]))) for each in counts]
    return Summary(counts[0].total(), *ranked)


def _counted(row: AnswerRow) -> Counted:
    return row.outcome, row.platform, row.route, row.programs, row.case_plan
