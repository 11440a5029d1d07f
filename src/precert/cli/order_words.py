"""What was asked, in words: dates of service, whether this is the whole order, what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.determine import Order, OrderLine


def order_in_words(order: Order, *, today: bool) -> Iterator[str]:
    """Yield the sentences that say what was asked; `today` says that the date was not told."""
    days = sorted({str(line.date_of_service) for line in order.lines})
    label = "Date of service" if len(days) == 1 else "Dates of service"
    yield f"{label}: {' and '.join(days)}{' (today)' if today else ''}"
    whole = _whole(order)
    if whole:
        yield whole
    told = list(_told(order))
    if told:
        yield f"Told: {'; '.join(told)}."


def line_in_words(line: OrderLine) -> str:
    """Return the line as a person writes it: `27447-RT`, `63650 x2`."""
    modified = "-".join((line.code, *line.modifiers))
    return modified if line.units is None else f"{modified} x{line.units}"


def lines_in_words(lines: Sequence[int]) -> str:
    """Return `line 1`, `lines 1 and 2`, `lines 1, 2 and 3`."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def _whole(order: Order) -> str:
    count = len(order.lines)
    codes = "This code is" if count == 1 else f"These {count} codes are"
    what = "the whole order" if order.complete else "not the whole order"
    if order.complete is None:
        taken = f"These {count} codes are taken as the whole order; say --partial if they are not."
        return taken if count > 1 else ""
    return f"{codes} {what}, as told."


def _told(order: Order) -> Iterator[str]:
    if order.plan is not None:
        yield f"plan {order.plan}"
    if order.client_managed is not None:
        yield f"the client has it managed: {'yes' if order.client_managed else 'no'}"
    yield from _of_lines("program", [line.program for line in order.lines])
    yield from _of_lines("place of service", [line.place_of_service for line in order.lines])
    yield from _of_lines("", [line.acquisition for line in order.lines])


def _of_lines(label: str, told: Sequence[str | None]) -> Iterator[str]:
    """Yield what lines were told, naming them only where not all were told the same."""
    for value in dict.fromkeys(value for value in told if value is not None):
        lines = [number for number, other in enumerate(told, start=1) if other == value]
        named = f" ({lines_in_words(lines)})" if len(lines) < len(told) else ""
        yield f"{label} {value}{named}".strip()
