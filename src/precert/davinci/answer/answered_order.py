"""An order that was answered, with what is made of it once, however many of its lines are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from precert.davinci.answer.asked import LineOf
from precert.davinci.answer.assertion_id import basis_of
from precert.davinci.answer.by_code import names_like_lines, names_of
from precert.determine import CasePlan, OrderAnswer, determine

if TYPE_CHECKING:
    from precert.davinci.answer.asked import AskedOrder
    from precert.rulebook import AnyRulebook


class AnsweredOrder(Struct, frozen=True, gc=False):
    """The rulebook's answer to an order, and where each of its lines comes from.

    `names` are what the lines are called in sentences, `alike` the names of others that read like
    lines; `basis` is the hash of what the answer rests on.
    """

    answer: OrderAnswer
    lines: tuple[LineOf, ...]
    names: tuple[str, ...]
    alike: tuple[str, ...]
    plan: CasePlan
    basis: str


def answer_order(rulebook: AnyRulebook, asked: AskedOrder) -> AnsweredOrder:
    """Return the rulebook's answer to an order."""
    answer = determine(rulebook, asked.order)
    names, alike = names_of(asked.lines), names_like_lines(rulebook)
    return AnsweredOrder(answer, asked.lines, names, alike, answer.case_plan, basis_of(answer))
