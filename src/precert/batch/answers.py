"""A determination as one flat row of texts, which a table, a database and a spreadsheet can hold.

Texts with several parts are written in the notation of conditions (`docs/receipt.md`), so that
nothing in them is ambiguous.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from precert.determine import Fact, ReasonKind
from precert.notation import encode, format_condition, format_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.determine import Ask, Case, Determination, Order, OrderAnswer
    from precert.model import Contact


class Place(StrEnum):
    """Where a line stands in the case plan of its order."""

    CASE = "case"
    NO_CASE = "no-case"
    ASK_PAYER = "ask-payer"
    FOR_A_PERSON = "for-a-person"


class AnswerRow(NamedTuple):
    """What is answered for one order line; `docs/batch-columns.md` describes each column.

    `primary_line` is not here: it differs from order to order.
    """

    outcome: str
    route: str | None
    platform: str | None
    contact: str | None
    case_plan: str
    case_key: str | None
    ask: str | None
    violated_limits: str | None
    reasons: str | None
    rule_ids: str | None
    source_lines: str | None
    programs: str | None
    rulebook: str


ANSWER_COLUMNS = (
    *("outcome", "route", "platform", "contact", "case_plan", "case_key", "primary_line", "ask"),
    *("violated_limits", "reasons", "rule_ids", "source_lines", "programs", "rulebook"),
)
"""The columns of an answer, as they stand behind the user's own."""

Parts = tuple[object, ...]


class Answers:
    """The different answers of a run, each with a number: its place in `rows`."""

    def __init__(self) -> None:
        self.rows: list[AnswerRow] = []
        self._by_row: dict[AnswerRow, int] = {}
        self._by_parts: dict[Parts, int] = {}

    def number(self, answer: OrderAnswer, places: Iterable[int]) -> list[int]:
        """Return the numbers of the answers to the lines at these places of an order, from 0."""
        plan = answer.case_plan
        stands = dict.fromkeys(plan.no_case, Place.NO_CASE)
        stands |= dict.fromkeys(plan.ask_payer, Place.ASK_PAYER)
        stands |= dict.fromkeys(plan.for_a_person, Place.FOR_A_PERSON)
        cases = {line: case for case in plan.cases for line in case.lines}
        found = []
        for place in places:
            one = answer.determinations[place]
            ask = tuple([_by_code(each, answer.order) for each in one.ask])
            case = cases.get(one.line)
            found.append(self._number(one, ask, stands.get(one.line, Place.CASE), case))
        return found

    def _number(
        self, one: Determination, ask: tuple[Ask, ...], stands: Place, case: Case | None
    ) -> int:
        """Return the number of a row; its texts are written only if its parts are new.

        A rule counts by its identity: the rulebook holds each once, and a hash of all its fields
        costs more than everything else here.
        """
        parts: Parts = (
            *(one.outcome, one.route, one.platform, one.contact, stands),
            None if case is None else case.program,
            ask,
            one.reasons,
            tuple(
                [(id(limit.rule), limit.condition) for limit in one.limits if limit.truth is False]
            ),
            tuple([id(rule) for rule in one.rules]),
            one.rulebook,
        )
        number = self._by_parts.get(parts)
        if number is None:
            row = _row(one, ask, stands, case)
            number = self._by_row.setdefault(row, len(self.rows))
            self._by_parts[parts] = number
            self.rows += [row] * (number == len(self.rows))
        return number


def _row(one: Determination, ask: tuple[Ask, ...], stands: Place, case: Case | None) -> AnswerRow:
    violated = [limit.condition for limit in one.limits if limit.truth is False]
    return AnswerRow(
        one.outcome.value,
        one.route.value if one.route else None,
        one.platform,
        _contact(one.contact),
        stands.value,
        f"{case.platform or case.route.value} / {case.program}" if case else None,
        _joined(_ask(each) for each in ask),
        format_conditions(violated) or None,
        _joined(reason.kind.value for reason in one.reasons),
        _joined(encode(rule.rule_id) for rule in one.rules),
        _joined(map(encode, _places(one))),
        _joined(dict.fromkeys(encode(rule.program) for rule in one.rules)),
        one.rulebook,
    )


def _places(one: Determination) -> Iterable[str]:
    """Return where it is printed: its rules, or the line that speaks of codes not listed."""
    if one.rules:
        return [str(rule.ref) for rule in one.rules]
    return [each.subjects[0] for each in one.reasons if each.kind is ReasonKind.EXHAUSTIVE]


def _contact(contact: Contact | None) -> str | None:
    """Return the notation of a contact; since when it holds is not asked here."""
    return None if contact is None else format_condition(replace(contact, effective_from=None))


def _by_code(ask: Ask, order: Order) -> Ask:
    """Return the ask; where it names lines of the order, by their codes instead of their numbers.

    A number would differ from order to order, and a reader of a table had to count.
    """
    if ask.fact is not Fact.COMPANION_LINE:
        return ask
    codes = [order.lines[int(number) - 1].code for number in ask.choices]
    return ask._replace(choices=tuple(dict.fromkeys(codes)))


def _ask(ask: Ask) -> str:
    choices = ", ".join(map(encode, ask.choices))
    return f"{ask.fact.value}({choices})" if choices else ask.fact.value


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None
