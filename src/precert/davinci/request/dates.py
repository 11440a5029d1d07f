"""Dates as FHIR writes them: the day of a moment, as its own clock showed it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from precert.davinci.request.resources.elements import Period, Timing

_DAY = 10  # 2026-03-01
_MONTH = 7  # 2026-03
_DECEMBER = 12
NO_DAY = date.min
"""Stands for a date of service that is told, but not to the day."""


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


def first_day_of(text: str) -> date | None:
    """Return the day of a FHIR date, of a month or a year its first one; None where it is none."""
    return day_of(text) or day_of(f"{text}-01-01"[:_DAY])


def last_day_of(text: str) -> date | None:
    """Return the day of a FHIR date, of a month or a year its last one; None where it is none."""
    day = day_of(text)
    if day is not None:
        return day
    first = first_day_of(text)
    if first is None:
        return None
    month = first.month if len(text) == _MONTH else _DECEMBER
    return date(first.year, month, monthrange(first.year, month)[1])


def service_day(text: str | None) -> date | None:
    """Return a date of service: None where none is told, `NO_DAY` where it is not told to the day.

    No other day may stand in for one of a month that is told: the list may say another thing then.
    """
    return (day_of(text) or NO_DAY) if text else None


def start_of(period: Period | None) -> date | None:
    """Return the first day of a period as a date of service, `NO_DAY` of one with an end alone."""
    if period is None:
        return None
    return service_day(period.start) or (NO_DAY if period.end else None)


def first_of(timing: Timing | None) -> date | None:
    """Return the first day of a timing: its first moment, or the start of its bounds.

    `NO_DAY` where one of its moments tells no day: that one may be the first.
    """
    if timing is None:
        return None
    if not timing.event:
        return None if timing.repeat is None else start_of(timing.repeat.bounds_period)
    days = [service_day(moment) for moment in timing.event]
    return min([day for day in days if day is not None], default=None)
