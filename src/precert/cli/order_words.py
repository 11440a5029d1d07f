"""What was asked, in words: dates of service, whether this is the whole order, what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.words.order import told_in_words
from precert.determine.words.phrases import and_list, lines_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from precert.determine import Order


_MOST_DAYS = 4


def order_in_words(order: Order, *, today: date | None, as_file: bool) -> Iterator[str]:
    """Yield the sentences that say what was asked.

    `today` is the day that is marked as today's, None where the date of service was told; `as_file`
    says that the order counts as the whole one because it came in a file.
    """
    days = sorted({line.date_of_service for line in order.lines})
    label = "Date of service" if len(days) == 1 else "Dates of service"
    yield f"{label}: {_days_in_words(days, today)}"
    whole = _whole(order, as_file=as_file)
    if whole:
        yield whole
    told = list(told_in_words(order))
    if told:
        yield f"Told: {'; '.join(told)}."
    yield from _repeated(order)


def _days_in_words(days: Sequence[date], today: date | None) -> str:
    named = [f"{day} (today)" if day == today else str(day) for day in days]
    if len(days) > _MOST_DAYS:
        return f"{named[0]} to {named[-1]}, {len(days)} days"
    return and_list(named)


def _whole(order: Order, *, as_file: bool) -> str:
    count = len(order.lines)
    codes = "This code is" if count == 1 else f"These {count} codes are"
    if as_file:
        return f"{codes} taken as the whole order, as an order file is."
    if order.complete is None:
        taken = f"{codes} taken as the whole order; say --partial if they are not."
        return taken if count > 1 else ""
    return f"{codes} {'' if order.complete else 'not '}the whole order, as told."


def _repeated(order: Order) -> Iterator[str]:
    """Yield which codes stand on several lines: each line is answered by itself."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(order.lines, start=1):
        lines.setdefault(line.code, []).append(number)
    again = [f"{code} ({lines_in_words(at)})" for code, at in lines.items() if len(at) > 1]
    if again:
        yield f"On several lines: {', '.join(again)}. Each line is answered by itself."
