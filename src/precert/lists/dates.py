"""Days as lists print them: a text in, the day out, or None for what is none or may be two.

Month before day is the order of the lists; a layout may say that the day comes first. A year of two
digits is one of 2000 to 2049: whether 99 is past or to come, nobody can tell.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from precert.lists.markup import plain, spoken

if TYPE_CHECKING:
    from precert.lists.layout_values import DateForm

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = "(?:[0-9]{4}|[0-9]{2})"
_DAY = "[0-9]{1,2}(?:st|nd|rd|th)?"
_NUMBERS = rf"(?:[0-9]{{1,2}}/[0-9]{{1,2}}/|[0-9]{{1,2}}\.[0-9]{{1,2}}\.){_YEAR}"
_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NAMED = rf"{_MONTH}\s{{1,2}}{_DAY},?\s{{1,2}}[0-9]{{4}}|{_DAY}[ -]{_MONTH}[ ,-]{{1,2}}{_YEAR}"

DATE = rf"(?:{_NUMBERS}|{_ISO}|{_NAMED})(?![/.-]?[0-9])"
"""The forms of a day within a text, for a placeholder."""

_IN_NUMBERS = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]+)")
_STANDING = re.compile(rf"(?<![0-9/.]){_NUMBERS}(?![/.]?[0-9])")
_IN_ISO = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
_MONTH_FIRST = re.compile(rf"({_MONTH})\s+([0-9]+)[a-z]*,?\s+([0-9]+)", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"([0-9]+)[a-z]*[ -]({_MONTH})[ ,-]+([0-9]+)", re.IGNORECASE)
_WHOLE = re.compile(rf"(?:{DATE}|[0-9]{{8}})", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?Z?\Z")
_THIS_CENTURY = 2000
_LAST_SHORT_YEAR = 49
_TWO_DIGITS = 2
_LAST_MONTH = 12
_NO_END = frozenset((date(2999, 12, 31), date(9999, 12, 31)))


class Bound(NamedTuple):
    """What a cell says of a rule's first or last day; without a day there is no such bound."""

    day: date | None = None
    is_read: bool = True


def read_day(printed: str, *, day_first: bool = False) -> date | None:
    """Return the day that one of the forms of `DATE` prints, or eight digits (`20260131`)."""
    if found := _IN_NUMBERS.fullmatch(printed):
        first, second, year = found.groups()
        month, day = (second, first) if day_first else (first, second)
    elif found := _IN_ISO.fullmatch(printed):
        year, month, day = found.groups()
    elif found := _MONTH_FIRST.fullmatch(printed):
        month, day, year = found.groups()
    elif found := _DAY_FIRST.fullmatch(printed):
        day, month, year = found.groups()
    else:
        return None
    return _day(year, month, day)


def read_bound(printed: str, form: DateForm, *, ends: bool) -> Bound:
    """Return what a cell of first days, or with `ends` of last days, says."""
    text = _MIDNIGHT.sub("", plain(printed))
    if not text or (ends and spoken(printed) in form.open):
        return Bound()
    day = read_day(text, day_first=form.day_first) if _WHOLE.fullmatch(text) else None
    if day in _NO_END:
        return Bound(is_read=ends)
    return Bound(day, day is not None)


def is_in_any_order(printed: str) -> bool:
    """Return whether a cell prints a day that is another one where the day comes first."""
    numbers = _numbers(printed)
    return numbers is not None and numbers[0] != numbers[1] and max(numbers) <= _LAST_MONTH


def is_in_other_order(printed: str, form: DateForm) -> bool:
    """Return whether a cell prints what is a day only in the order that the list does not have."""
    numbers = _numbers(printed)
    return (
        numbers is not None and numbers[not form.day_first] <= _LAST_MONTH < numbers[form.day_first]
    )


def any_order_in(text: str) -> bool:
    """Return whether a text holds a day that is another one where the day comes first."""
    return any(map(is_in_any_order, _dates_in(text)))


def other_order_in(text: str, form: DateForm) -> bool:
    """Return whether a text holds what is a day only in the order that the list does not have."""
    return any(is_in_other_order(each, form) for each in _dates_in(text))


def _dates_in(text: str) -> list[str]:
    return _STANDING.findall(plain(text)) if "/" in text or "." in text else []


def _numbers(printed: str) -> tuple[int, int] | None:
    found = _IN_NUMBERS.fullmatch(_MIDNIGHT.sub("", plain(printed)))
    return (int(found[1]), int(found[2])) if found else None


def _day(year: str, month: str, day: str) -> date | None:
    number = month if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
    full_year = int(year)
    if len(year) == _TWO_DIGITS:
        if full_year > _LAST_SHORT_YEAR:
            return None
        full_year += _THIS_CENTURY
    try:
        return date(full_year, int(number), int(day))
    except ValueError:
        return None
