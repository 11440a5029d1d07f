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
from precert.davinci.answer.assertions import NOT_ACTIVE, Said, why_no_code
from precert.davinci.answer.extension import Extensions
from precert.davinci.answer.splice import with_extensions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
        coverage = gathered.coverage
        self._gathered, self._orders = gathered, orders
        self._said = Said(coverage, today, gathered.failed)
        self._extensions = Extensions(coverage.reference, today, version)
        self._bases = [order.basis for order in orders]
        self._settings = settings_hash(coverage.payer)
        described = _text(f"Coverage information of {coverage.payer.name}")
        self._action = b'{"type":"update","description":%b,"resource":' % described
        self.actions: list[bytes] = []
        self.outcomes: list[str] = []
        self.assertions: list[Assertion] = []

    def answer(self, asked: AskedFocus) -> None:
        """Add what is answered about a resource; no action where it stands on it already."""
        said = list(self._repetitions(asked))
        assertion = self._assertion(asked, said)
        self.assertions.append(assertion)
        assertion_id, raw = assertion.assertion_id, asked.focus.raw
        extensions = [self._extensions.written(each, assertion_id) for each in said]
        coverage = self._gathered.coverage.reference
        resource = with_extensions(raw, extensions, coverage, assertion_id)
        if resource is not None:
            self.actions.append(b"%b%b}" % (self._action, resource))

    def _assertion(self, asked: AskedFocus, said: Iterable[CoverageInformation]) -> Assertion:
        """Return the assertion about a resource: what its id is made from."""
        coverage, failed = self._gathered.coverage, self._gathered.failed
        depends_on = [on for each in said for on in each.dependencies]
        references = references_hash(asked.focus.reference, coverage.reference, *depends_on)
        if not coverage.active:
            return assertion_of(references, self._settings, (), [NOT_ACTIVE], ())
        answers = [(each.order, each.line) for each in asked.candidates if not each.refused]
        unanswered = [f"{c.billing.code}: {c.refused}" for c in asked.candidates if c.refused]
        if asked.focus.unread or not asked.candidates:
            unanswered.append(why_no_code(asked))
        if failed:
            unanswered.append(failed)
        return assertion_of(references, self._settings, answers, unanswered, self._bases)

    def _repetitions(self, asked: AskedFocus) -> Iterator[CoverageInformation]:
        """Yield what is said of a resource: once for each of its candidate billing codes.

        One that is not told is one of them: silence about it would look like an answer.
        """
        said = self._said
        if not self._gathered.coverage.active:
            self.outcomes.append(INACTIVE)
            yield said.not_active()
            return
        for each in asked.candidates:
            if each.refused:
                self.outcomes.append(REFUSED)
                yield said.refused(each)
                continue
            order = self._orders[each.order]
            line = order.answer.determinations[each.line - 1]
            self.outcomes.append(FAILED if said.is_indeterminate(line) else line.outcome)
            yield said.answered(each, order)
        if asked.focus.unread or not asked.candidates:
            self.outcomes.append(FAILED if said.hides_code(asked.focus) else WITHOUT_CODE)
            yield said.without_code(asked)
