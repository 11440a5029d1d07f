"""The answer: a rulebook and an order in, determinations and a case plan out. No clock, no I/O."""

from precert.determine.answer import (
    Ask,
    Determination,
    Fact,
    Judged,
    Outcome,
    Reason,
    ReasonKind,
    Route,
    RuleAnswer,
)
from precert.determine.case_plan import Case, CasePlan
from precert.determine.determination import OTHER_PLAN, OrderAnswer, determine
from precert.determine.order import Order
from precert.determine.order_json import order_from_json
from precert.determine.order_line import Acquisition, OrderLine
from precert.determine.order_text import (
    read_date,
    read_lines,
    read_modifier,
    read_place_of_service,
    read_units,
)
from precert.determine.receipt import order_as_json, receipt

__all__ = [
    "OTHER_PLAN",
    "Acquisition",
    "Ask",
    "Case",
    "CasePlan",
    "Determination",
    "Fact",
    "Judged",
    "Order",
    "OrderAnswer",
    "OrderLine",
    "Outcome",
    "Reason",
    "ReasonKind",
    "Route",
    "RuleAnswer",
    "determine",
    "order_as_json",
    "order_from_json",
    "read_date",
    "read_lines",
    "read_modifier",
    "read_place_of_service",
    "read_units",
    "receipt",
]
