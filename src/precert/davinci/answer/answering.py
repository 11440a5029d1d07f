"""Answers resource by resource: system actions, outcomes, and the assertions behind their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from precert.davinci.answer.assertion_id import (
    Assertion,
    assertion_of,
    basis_of,
    references_hash,
    settings_hash,
)
from precert.davinci.answer.assertions import NOT_ACTIVE, Said, why_no_code
from precert.davinci.answer.by_code import named_by_code
from precert.davinci.answer.extension import extension_of
from precert.davinci.answer.splice import with_extensions
from precert.determine import CasePlan, OrderAnswer
from precert.determine.case_plan import plan_cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.davinci.answer.asked import Asked, AskedFocus
    from precert.davinci.answer.coverage_information import CoverageInformation
    from precert.davinci.focus import Gathered
    from precert.davinci.settings import Version

WITHOUT_CODE = "no-billing-code"
REFUSED = "refused"
FAILED = "technical"
INACTIVE = "no-active-coverage"
"""What stands in place of an outcome where there is none."""

_text = msgspec.json.Encoder().encode


class Planned(OrderAnswer):
    """An answer whose case plan is made once, however many of its lines are spoken of."""

    @property
    def case_plan(self) -> CasePlan:
        """Return which cases to build, and what becomes of every other line."""
        made = self.__dict__
        if "plan" not in made:
            made["plan"] = plan_cases(self.determinations)
        plan: CasePlan = made["plan"]
        return plan


class Answering:
    """Collects the actions of a response, resource by resource."""

    def __init__(
        self,
        gathered: Gathered,
        version: Version,
        today: date,
        asked: Asked,
        answers: tuple[OrderAnswer, ...],
    ) -> None:
        self._gathered, self._version, self._today = gathered, version, today
        self._asked, self._answers = asked, answers
        self._bases = [basis_of(each) for each in answers]
        payer = gathered.coverage.payer
        self._settings = settings_hash(payer)
        described = _text(f"Coverage information of {payer.name}")
        self._action = b'{"type":"update","description":%b,"resource":' % described
        self.actions: list[bytes] = []
        self.outcomes: list[str] = []
        self.assertions: list[Assertion] = []

    def answer(self, asked: AskedFocus) -> None:
        """Add what is answered about a resource; no action where it stands on it already."""
        coverage, failed = self._gathered.coverage, self._gathered.failed
        assertion = self._assertion(asked)
        said = Said(coverage, self._today, assertion.assertion_id, failed)
        extensions = [extension_of(each, self._version) for each in self._repetitions(asked, said)]
        self.assertions.append(assertion)
        resource = with_extensions(
            asked.focus.raw, extensions, coverage.reference, assertion.assertion_id
        )
        if resource is not None:
            self.actions.append(b"%b%b}" % (self._action, resource))

    def _assertion(self, asked: AskedFocus) -> Assertion:
        """Return the assertion about a resource: what its id is made from."""
        coverage, failed = self._gathered.coverage, self._gathered.failed
        references = references_hash(asked.focus.reference, coverage.reference)
        if not coverage.active:
            return assertion_of(references, self._settings, (), [NOT_ACTIVE], ())
        answers = [(each.order, each.line) for each in asked.candidates if not each.refused]
        unanswered = [f"{c.billing.code}: {c.refused}" for c in asked.candidates if c.refused]
        if not asked.candidates:
            unanswered.append(why_no_code(asked.focus))
        if failed:
            unanswered.append(failed)
        return assertion_of(references, self._settings, answers, unanswered, self._bases)

    def _repetitions(self, asked: AskedFocus, said: Said) -> Iterator[CoverageInformation]:
        """Yield what is said of a resource: once for each of its candidate billing codes."""
        if not self._gathered.coverage.active:
            self.outcomes.append(INACTIVE)
            yield said.not_active()
            return
        if not asked.candidates:
            self.outcomes.append(FAILED if self._gathered.failed else WITHOUT_CODE)
            yield said.without_code(asked.focus)
        for each in asked.candidates:
            if each.refused:
                self.outcomes.append(REFUSED)
                yield said.refused(each)
                continue
            of_order, lines = self._answers[each.order], self._asked.orders[each.order].lines
            line = of_order.determinations[each.line - 1]
            self.outcomes.append(FAILED if said.is_indeterminate(line) else line.outcome)
            yield named_by_code(said.answered(each, of_order, lines), lines)
