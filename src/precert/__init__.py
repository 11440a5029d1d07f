"""precert: prior-authorization lists as exact, dated rules, and cited answers for orders."""

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

__all__ = [
    "CasePlan",
    "Determination",
    "Order",
    "OrderAnswer",
    "OrderLine",
    "Outcome",
    "PrecertError",
    "Rulebook",
    "determine",
    "load_rulebook",
]
