"""What the cells of one row say together: conditions in their fixed order, dates, diagnostics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import digest, shown
from precert.model import GUARDS, LIMITS, STATEMENTS, Unread
from precert.notation import format_condition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from precert.diagnostics import Diagnostic
    from precert.lists.said import Reading
    from precert.model import Condition, Rule, SourceRef

_ORDER = {kind: place for place, kind in enumerate((*GUARDS, *STATEMENTS, *LIMITS))}


class Findings:
    """Collects what is found on the row at `ref`."""

    def __init__(self, ref: SourceRef) -> None:
        self.ref = ref
        self.diagnostics: list[Diagnostic] = []
        self.effective_from: date | None = None
        self.effective_to: date | None = None
        self._conditions: dict[Condition, None] = {}

    def add(self, conditions: Iterable[Condition]) -> None:
        """Add conditions; the same one found twice counts once."""
        self._conditions.update(dict.fromkeys(conditions))

    def report(self, code: str, **facts: object) -> None:
        """Add a diagnostic about the row."""
        self.diagnostics.append(diagnostic(code, self.ref, **facts))

    def leave_unread(self, column: str, printed: str) -> None:
        """Add the condition that something in that column was not read."""
        self.add((Unread(column, digest(printed)),))

    def take(self, column: str, printed: str, reading: Reading, *, unread: bool) -> None:
        """Add what the cell says; `unread` where it says more than that.

        A date counts only where its whole cell was read, otherwise it may belong to what was not;
        and a second date that differs from the first leaves its cell unread.
        """
        self.add(reading.conditions)
        starts = _distinct(self.effective_from, reading.effective_from)
        ends = _distinct(self.effective_to, reading.effective_to)
        if unread or len(starts) > 1 or len(ends) > 1:
            self.leave_unread(column, printed)
            self.report("PC302", column=column, text=shown(printed))
            return
        self.effective_from = starts[0] if starts else None
        self.effective_to = ends[0] if ends else None

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions in the order of their classes, those of one class by their text."""
        return _in_order(self._conditions)


def with_unread(rule: Rule, column: str, printed: str) -> Rule:
    """Return the rule with the condition that something in that column was not read."""
    return with_conditions(rule, (Unread(column, digest(printed)),))


def with_conditions(rule: Rule, more: Iterable[Condition]) -> Rule:
    """Return the rule with more conditions; the same one twice counts once."""
    conditions = dict.fromkeys((*rule.conditions, *more))
    return replace(rule, conditions=_in_order(conditions))


def _in_order(conditions: Collection[Condition]) -> tuple[Condition, ...]:
    if len(conditions) < 2:  # noqa: PLR2004 - nothing to put in order
        return tuple(conditions)
    return tuple(sorted(conditions, key=_place))


def _place(condition: Condition) -> tuple[int, str]:
    return _ORDER[type(condition)], format_condition(condition)


def _distinct(standing: date | None, read: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(read if standing is None else (standing, *read)))
