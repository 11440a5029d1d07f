"""What was told of an order, in words: its lines as people write them, and its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.words.phrases import lines_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.determine.order import Order
    from precert.determine.order_line import OrderLine


def line_in_words(line: OrderLine) -> str:
    """Return the line as a person writes it: `27447-RT`, `63650 x2`."""
    modified = "-".join((line.code, *(line.modifiers or ())))
    return modified if line.units is None else f"{modified} x{line.units}"


def told_in_words(order: Order) -> Iterator[str]:
    """Yield each fact that was told of the order or of its lines; what was not told is left out."""
    if order.plan is not None:
        yield f"plan {order.plan}"
    if order.client_managed is not None:
        yield f"the client has it managed: {'yes' if order.client_managed else 'no'}"
    if order.age is not None:
        yield f"age {order.age}"
    if order.state is not None:
        yield f"state {order.state}"
    if order.diagnoses is not None:
        yield f"diagnoses {', '.join(order.diagnoses)}" if order.diagnoses else "no diagnosis"
    yield from _of_lines("program", [line.program for line in order.lines])
    yield from _of_lines("place of service", [line.place_of_service for line in order.lines])
    yield from _of_lines("", [line.acquisition for line in order.lines])
    none = ["no modifier" if line.modifiers == () else None for line in order.lines]
    yield from _of_lines("", none)


def _of_lines(label: str, told: Sequence[str | None]) -> Iterator[str]:
    """Yield what lines were told, naming them only where not all were told the same."""
    for value in dict.fromkeys(value for value in told if value is not None):
        lines = [number for number, other in enumerate(told, start=1) if other == value]
        named = f" ({lines_in_words(lines)})" if len(lines) < len(told) else ""
        yield f"{label} {value}{named}".strip()
