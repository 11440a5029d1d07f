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
from precert.determine.determination import OrderAnswer, determine
from precert.determine.looks import (
    Among,
    Look,
    looks_among,
    looks_at,
    seen_by_others,
    tells,
    turning_days,
)
from precert.determine.named import OTHER_PLAN, named_as, plan_named, program_named
from precert.determine.order import Order
from precert.determine.order_facts import read_age, read_diagnosis, read_state
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
from precert.determine.sought import Sought, sought_by
from precert.determine.verification import Verified, check_receipt, verified

__all__ = [
    "OTHER_PLAN",
    "Acquisition",
    "Among",
    "Ask",
    "Case",
    "CasePlan",
    "Determination",
    "Fact",
    "Judged",
    "Look",
    "Order",
    "OrderAnswer",
    "OrderLine",
    "Outcome",
    "Reason",
    "ReasonKind",
    "Route",
    "RuleAnswer",
    "Sought",
    "Verified",
    "check_receipt",
    "determine",
    "looks_among",
    "looks_at",
    "named_as",
    "order_as_json",
    "order_from_json",
    "plan_named",
    "program_named",
    "read_age",
    "read_date",
    "read_diagnosis",
    "read_lines",
    "read_modifier",
    "read_place_of_service",
    "read_state",
    "read_units",
    "receipt",
    "seen_by_others",
    "sought_by",
    "tells",
    "turning_days",
    "verified",
]
