"""Dates as FHIR writes them: the day of a moment, as its own clock showed it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from precert.davinci.request.resources.elements import Period, Timing

_DAY = 10  # 2026-03-01


def day_of(text: str | None) -> date | None:
    """Return the day of a FHIR date, dateTime or instant; None for a year or a month alone.

    A moment with a zone is the day that is written there: the service is on the local date.
    """
    if text is None or len(text) < _DAY or text[4] != "-" or text[7] != "-":
        return None
    if len(text) > _DAY:
        if text[_DAY] != "T":
            return None
        text = text[:_DAY]
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def start_of(period: Period | None) -> date | None:
    """Return the first day of a period, None where it is not told."""
    return None if period is None else day_of(period.start)


def first_of(timing: Timing | None) -> date | None:
    """Return the first day of a timing: its first moment, or the start of its bounds.

    None where one of its moments tells no day: that one may be the first.
    """
    if timing is None:
        return None
    if not timing.event:
        return None if timing.repeat is None else start_of(timing.repeat.bounds_period)
    days = [day_of(moment) for moment in timing.event]
    told = [day for day in days if day is not None]
    return min(told) if len(told) == len(days) else None
