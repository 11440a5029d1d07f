"""What another edition of the list changes for order lines: each line, how urgent it is, counts."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from precert.determine import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from precert.batch.answers import AnswerRow
    from precert.batch.columns import Columns
    from precert.batch.rejects import Reject

COMPARED = ("outcome", "route", "platform", "contact", "case_plan", "case_key", "ask")
"""What of an answer is compared: what is to be done, and in which case; not which row says so."""

_IN_A_CASE = (Outcome.AUTH_NEEDED, Outcome.FOLLOWS_PRIMARY)


class Urgency(StrEnum):
    """What a changed line asks for, the most urgent first."""

    NEEDS_AUTH = "needs-auth"
    """It goes into a case now, and did not before."""
    DENIAL = "denial"
    """It is experimental now: a request will be denied."""
    ELSEWHERE = "elsewhere"
    """It goes into a case as before, but to another place or with another question."""
    TO_ASK = "to-ask"
    """Somebody has to be asked now, or something else than before."""
    NO_AUTH = "no-auth"
    """No prior authorization is needed now."""


class ChangedLine(NamedTuple):
    """An order line that gets another answer, where it stands, and from when.

    `line` is its own id, or its number in the order. `since` is the first day of the edition after;
    None where that is not known. `differing` names what of `COMPARED` differs.
    """

    order_id: str
    line: str
    code: str
    date_of_service: date
    before: AnswerRow
    after: AnswerRow
    since: date | None
    file: str
    file_line: int
    differing: tuple[str, ...]

    @property
    def urgency(self) -> Urgency:
        """What the line asks for."""
        after = self.after.outcome
        if after in _IN_A_CASE:
            return Urgency.ELSEWHERE if self.before.outcome in _IN_A_CASE else Urgency.NEEDS_AUTH
        if after == Outcome.INVESTIGATIONAL:
            return Urgency.DENIAL
        return Urgency.NO_AUTH if after == Outcome.NO_AUTH else Urgency.TO_ASK

    @property
    def change(self) -> str:
        """Return `no-auth -> auth-needed`; of a line with the same outcome what else changed."""
        if self.before.outcome != self.after.outcome:
            return f"{self.before.outcome} -> {self.after.outcome}"
        return f"{self.after.outcome}: {', '.join(self.differing)}"


class Count(NamedTuple):
    """How many lines, and how many orders with such a line."""

    lines: int
    orders: int


class Impact(NamedTuple):
    """What another edition changes for orders; `lines` are those changed, not changed and rejected.

    `changed` are the most urgent first, then by date of service. A rejected line is compared with
    nothing: its reason says why.
    """

    lines: int
    orders: int
    changed: tuple[ChangedLine, ...]
    rejected: tuple[Reject, ...]
    since: date | None
    columns: Columns

    @property
    def changed_orders(self) -> int:
        """How many orders hold a line that changed."""
        return len({line.order_id for line in self.changed})

    @property
    def by_urgency(self) -> dict[Urgency, Count]:
        """How many lines ask for what, each that there is, the most urgent first."""
        counts = _counts(self.changed, lambda line: line.urgency)
        return {urgency: counts[urgency] for urgency in Urgency if urgency in counts}

    @property
    def by_change(self) -> dict[str, Count]:
        """How many lines changed in the same way, the most first."""
        counts = _counts(self.changed, lambda line: line.change)
        return dict(sorted(counts.items(), key=lambda one: (-one[1].lines, one[0])))


def by_urgency(lines: Iterable[ChangedLine]) -> tuple[ChangedLine, ...]:
    """Return the lines, the most urgent first, then by date of service and order."""
    order = {urgency: at for at, urgency in enumerate(Urgency)}
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                *(order[line.urgency], line.date_of_service, line.order_id),
                *(line.file, line.file_line),
            ),
        )
    )


def _counts(lines: Iterable[ChangedLine], of: Callable[[ChangedLine], str]) -> dict[str, Count]:
    counted: Counter[str] = Counter()
    orders: dict[str, set[str]] = {}
    for line in lines:
        counted[of(line)] += 1
        orders.setdefault(of(line), set()).add(line.order_id)
    return {name: Count(count, len(orders[name])) for name, count in counted.items()}
