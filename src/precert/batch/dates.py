"""Dates of service as tables write them: read only where there is one way to read them, or told."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from precert.determine import read_date
from precert.errors import BadOrder

if TYPE_CHECKING:
    from collections.abc import Callable

US = "us"
"""Month first: 3/2/2026 or 03-02-2026."""

_FORMS = "a date as YYYY-MM-DD, YYYYMMDD, or in the form that is told"
_ISO = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?")
_INTEGER = re.compile(r"(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_PARTED = re.compile(r"(?P<first>\d{1,2})([/.-])(?P<second>\d{1,2})\2(?P<year>\d{4})")
_MONTHS = 12
_PROBES = (date(2026, 3, 2), date(1999, 12, 31))


def date_reader(form: str | None) -> Callable[[str], date]:
    """Return what reads a text as a date; it raises `BadOrder` for a text that it cannot read.

    `form` is `us`, or a pattern of `datetime.strptime` (`%d.%m.%Y`), and nothing else is read then.
    Without it ISO dates are read (a time of day without a zone is left out), eight digits with the
    year first, and a date in three parts with the year last, if it cannot be read in two ways.
    Raises `BadOrder` for a form that is neither.
    """
    if form is None:
        return _read_unambiguous
    if form.lower() == US:
        return _read_us
    if not _tells_a_day(form):
        expected = "us, or a pattern that tells day, month and year, as %d.%m.%Y"
        raise BadOrder(read=f"the date format {form!r}", expected=expected)
    return lambda text: _by_pattern(text, form)


def _tells_a_day(pattern: str) -> bool:
    """Return whether days come back when they are written with the pattern and read."""
    try:
        return all(
            datetime.strptime(day.strftime(pattern), pattern).date() == day  # noqa: DTZ007 - a day
            for day in _PROBES
        )
    except (ValueError, re.error):
        return False


def _read_unambiguous(text: str) -> date:
    stripped = text.strip()
    if iso := _ISO.fullmatch(stripped):
        return _made(text, lambda: read_date(iso["day"]))
    if whole := _INTEGER.fullmatch(stripped):
        year, month, day = (int(whole[part]) for part in ("year", "month", "day"))
        return _made(text, lambda: date(year, month, day))
    if parted := _PARTED.fullmatch(stripped):
        first, second, year = (int(parted[part]) for part in ("first", "second", "year"))
        if first <= _MONTHS and second <= _MONTHS and first != second:
            expected = "a date that can be read in one way; say --date-format us, or a pattern"
            raise BadOrder(read=repr(text), expected=expected)
        month, day = (first, second) if first <= _MONTHS else (second, first)
        return _made(text, lambda: date(year, month, day))
    raise BadOrder(read=repr(text[:40]), expected=_FORMS)


def _read_us(text: str) -> date:
    parted = _PARTED.fullmatch(text.strip())
    if parted is None:
        raise BadOrder(read=repr(text[:40]), expected="a date as MM/DD/YYYY")
    month, day, year = (int(parted[part]) for part in ("first", "second", "year"))
    return _made(text, lambda: date(year, month, day))


def _by_pattern(text: str, pattern: str) -> date:
    try:
        return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day
    except ValueError:
        expected = f"a date in the form {pattern}"
        raise BadOrder(read=repr(text[:40]), expected=expected) from None


def _made(text: str, make: Callable[[], date]) -> date:
    try:
        return make()
    except (ValueError, BadOrder):
        raise BadOrder(read=repr(text), expected="a day that there is") from None
