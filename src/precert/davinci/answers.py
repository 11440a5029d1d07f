"""The response of a hook: what was gathered in, the JSON bytes of its system actions out.

There is no card: what a coverage-information says is never said again in one, and a card that sends
people to a portal is forbidden. Each resource that is asked about is returned whole, with a
coverage-information for each of its candidate billing codes and nothing else changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from precert.davinci.asked import asked_of
from precert.davinci.assertion_id import (
    Assertion,
    assertion_of,
    basis_of,
    references_hash,
    settings_hash,
)
from precert.davinci.assertions import NO_BILLING_CODE, Said
from precert.davinci.extension import extension_of
from precert.davinci.splice import with_extensions
from precert.determine import CasePlan, OrderAnswer, determine, receipt
from precert.determine.case_plan import plan_cases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from precert.davinci.asked import Asked, AskedFocus
    from precert.davinci.coverage_information import CoverageInformation
    from precert.davinci.focus import Gathered
    from precert.davinci.settings import Version

COVERAGE_INFO = "coverage-info"
"""The configuration option that switches coverage-information off."""
WITHOUT_CODE = "no-billing-code"
REFUSED = "refused"
FAILED = "technical"

_WITHOUT_ORDERS = frozenset({"encounter-start", "encounter-discharge"})
"""Hooks at which nothing is said of a resource without a billing code: none may be meant yet."""

_text = msgspec.json.Encoder().encode
_HEAD, _TAIL = b'{"cards":[],"systemActions":[', b"]}"
_NOTHING = _HEAD + _TAIL


@dataclass(frozen=True, slots=True)
class Options:
    """How the client wants to be answered; a configuration that nobody knows is ignored."""

    version: Version
    configuration: Mapping[str, bool | int] = field(default_factory=dict)

    @property
    def coverage_info(self) -> bool:
        """Whether coverage-information is wanted; only `false` says that it is not."""
        return self.configuration.get(COVERAGE_INFO) is not False


class Answered(NamedTuple):
    """A response and what it rests on.

    `outcomes` has an outcome for each candidate billing code, or why there is none (`refused`,
    `no-billing-code`, `technical`). `answers` are the rulebook's, and `assertions` say which of
    their lines stand behind which id.
    """

    body: bytes
    outcomes: tuple[str, ...] = ()
    answers: tuple[OrderAnswer, ...] = ()
    assertions: tuple[Assertion, ...] = ()

    @property
    def assertion_ids(self) -> tuple[str, ...]:
        """The ids of all assertions, also of those that stood on a resource already."""
        return tuple(assertion.assertion_id for assertion in self.assertions)

    @property
    def receipts(self) -> tuple[dict[str, Any], ...]:
        """The receipts of the answers, made when they are asked for."""
        return tuple(receipt(answer) for answer in self.answers)

    def recorded(self) -> dict[str, Any]:
        """Return what a record of the response has to hold for its ids to be verified.

        No reference to a resource is in it, but the codes and facts of the order are.
        """
        rulebooks = {book.digest: None for a in self.answers for book in a.lines_by_rulebook()}
        return {
            "assertion_ids": list(self.assertion_ids),
            "assertions": [
                {
                    "assertion_id": assertion.assertion_id,
                    "references": assertion.references,
                    "settings": assertion.settings,
                    "answers": [{"receipt": at, "line": line} for at, line in assertion.answers],
                    "unanswered": list(assertion.unanswered),
                }
                for assertion in self.assertions
            ],
            "receipts": list(self.receipts),
            "rulebooks": list(rulebooks),
        }


def answer(gathered: Gathered, options: Options, today: date) -> Answered:
    """Return the response to a request, and what it rests on.

    Raises `NotAHookRequest` for a resource whose `extension` is no array.
    """
    if not options.coverage_info:
        return Answered(_NOTHING)
    asked = asked_of(gathered, today)
    rulebook = gathered.coverage.payer.rulebook
    answers = tuple(_Planned(*determine(rulebook, each.order)) for each in asked.orders)
    answering = _Answering(gathered, options.version, today, asked, answers)
    for focus in asked.focuses:
        if focus.candidates or gathered.hook not in _WITHOUT_ORDERS:
            answering.answer(focus)
    body = b"".join((_HEAD, b",".join(answering.actions), _TAIL))
    return Answered(body, tuple(answering.outcomes), answers, tuple(answering.assertions))


class _Planned(OrderAnswer):
    """An answer whose case plan is made once, however many of its lines are spoken of."""

    @cached_property
    def case_plan(self) -> CasePlan:
        return plan_cases(self.determinations)


class _Answering:
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
        answers = [(each.order, each.line) for each in asked.candidates if not each.refused]
        unanswered = [f"{c.billing.code}: {c.refused}" for c in asked.candidates if c.refused]
        if not asked.candidates:
            unanswered.append(NO_BILLING_CODE)
        if failed:
            unanswered.append(failed)
        references = references_hash(asked.focus.reference, coverage.reference)
        return assertion_of(references, self._settings, answers, unanswered, self._bases)

    def _repetitions(self, asked: AskedFocus, said: Said) -> Iterator[CoverageInformation]:
        """Yield what is said of a resource: once for each of its candidate billing codes."""
        if not asked.candidates:
            self.outcomes.append(FAILED if self._gathered.failed else WITHOUT_CODE)
            yield said.without_code()
        for each in asked.candidates:
            if each.refused:
                self.outcomes.append(REFUSED)
                yield said.refused(each)
                continue
            of_order, lines = self._answers[each.order], self._asked.orders[each.order].lines
            line = of_order.determinations[each.line - 1]
            self.outcomes.append(FAILED if said.is_indeterminate(line) else line.outcome.value)
            yield said.answered(each, of_order, lines)
