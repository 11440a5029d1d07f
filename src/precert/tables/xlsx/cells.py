"""The text of a cell's value, as a list prints it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Value = str | float | bool | date | time | timedelta
"""What a cell may hold, by calamine; blank cells and cells with an error are empty texts."""

_LARGEST_WHOLE = 1e15
"""From here on a spreadsheet shows no digits but an exponent."""


def text_of(value: Value) -> str:
    """Return the text of a value: 99213.0 is "99213", 0.5 "0.5", a day "2026-01-31".

    Booleans are "TRUE" and "FALSE". A date is ISO text, without its time at midnight. Number
    formats are not applied: what a format does to a code is told by the sheet's marks.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        whole = float(value).is_integer() and abs(value) < _LARGEST_WHOLE
        return str(int(value)) if whole else repr(value)
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(" ")
    return str(value)
