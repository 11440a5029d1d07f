"""Answers resource by resource: system actions, outcomes, and the assertions behind their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from precert.davinci.answer.assertion_id import (
    Assertion,
    assertion_of,
    references_hash,
    settings_hash,
)
from precert.davinci.answer.assertions import NOT_ACTIVE, Said, dependencies_of, why_no_code
from precert.davinci.answer.extension import extension_of
from precert.davinci.answer.splice import with_extensions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from precert.davinci.answer.answered_order import AnsweredOrder
    from precert.davinci.answer.asked import AskedFocus
    from precert.davinci.answer.coverage_information import CoverageInformation
    from precert.davinci.focus import Gathered
    from precert.davinci.settings import Version

WITHOUT_CODE = "no-billing-code"
REFUSED = "refused"
FAILED = "technical"
INACTIVE = "no-active-coverage"
"""What stands in place of an outcome where there is none."""

_text = msgspec.json.Encoder().encode


class Answering:
    """Collects the actions of a response, resource by resource."""

    def __init__(
        self,
        gathered: Gathered,
        version: Version,
        today: date,
        orders: Sequence[AnsweredOrder],
    ) -> None:
        """Take the request, and its orders as they were answered."""
        self._gathered, self._version, self._today = gathered, version, today
        self._orders = orders
        self._bases = [order.basis for order in orders]
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
        if not coverage.active:
            references = references_hash(asked.focus.reference, coverage.reference)
            return assertion_of(references, self._settings, (), [NOT_ACTIVE], ())
        answers = [(each.order, each.line) for each in asked.candidates if not each.refused]
        depends_on = [on for place, line in answers for on in self._depends_on(place, line)]
        references = references_hash(asked.focus.reference, coverage.reference, *depends_on)
        unanswered = [f"{c.billing.code}: {c.refused}" for c in asked.candidates if c.refused]
        if not asked.candidates:
            unanswered.append(why_no_code(asked.focus))
        if failed:
            unanswered.append(failed)
        return assertion_of(references, self._settings, answers, unanswered, self._bases)

    def _depends_on(self, place: int, line: int) -> tuple[str, ...]:
        """Return the references of the orders that the answer for a line of an order hangs on."""
        order = self._orders[place]
        return dependencies_of(order.answer.determinations[line - 1], order.lines)

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
            order = self._orders[each.order]
            line = order.answer.determinations[each.line - 1]
            self.outcomes.append(FAILED if said.is_indeterminate(line) else line.outcome)
            yield said.answered(each, order)
