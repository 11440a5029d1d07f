"""precert: prior-authorization lists as exact, dated rules, and cited answers for orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine import (
    CasePlan,
    Determination,
    Order,
    OrderAnswer,
    OrderLine,
    Outcome,
    determine,
)
from precert.errors import PrecertError
from precert.rulebook import Rulebook, load_rulebook

if TYPE_CHECKING:
    from precert.rulebook import Editions

__all__ = [
    "CasePlan",
    "Determination",
    "Editions",
    "Order",
    "OrderAnswer",
    "OrderLine",
    "Outcome",
    "PrecertError",
    "Rulebook",
    "determine",
    "load_rulebook",
]


def __getattr__(name: str) -> object:
    if name == "Editions":  # most rulebooks hold one edition: imported when it is asked for
        from precert.rulebook import Editions  # noqa: PLC0415

        return Editions
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
