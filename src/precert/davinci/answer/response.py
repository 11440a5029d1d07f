"""The response of a hook: what was gathered in, the JSON bytes of its system actions out.

There is no card: what a coverage-information says is never said again in one, and a card that sends
people to a portal is forbidden. Each resource that is asked about is returned whole, with a
coverage-information for each of its candidate billing codes and nothing else changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from precert.davinci.answer.answered_order import answer_order
from precert.davinci.answer.answering import Answering
from precert.davinci.answer.asked import asked_of
from precert.davinci.answer.assertion_id import Assertion
from precert.determine import OrderAnswer, receipt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from precert.davinci.focus import Gathered
    from precert.davinci.settings import Version

COVERAGE_INFO = "coverage-info"
"""The configuration option that switches coverage-information off."""

_WITHOUT_ORDERS = frozenset({"encounter-start", "encounter-discharge"})
"""Hooks at which nothing is said of a resource without a billing code: none may be meant yet."""

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


class Answered(Struct, frozen=True, gc=False):
    """A response and what it rests on.

    `outcomes` has an outcome for each candidate billing code, or why there is none (`refused`,
    `no-billing-code`, `technical`, `no-active-coverage`). `answers` are the rulebook's, and
    `assertions` say which of their lines stand behind which id.
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
    asked, active = asked_of(gathered, today), gathered.coverage.active
    rulebook = gathered.coverage.payer.rulebook
    orders = [answer_order(rulebook, each) for each in asked.orders] if active else []
    answering = Answering(gathered, options.version, today, orders)
    for focus in asked.focuses:
        if focus.candidates or not active or gathered.hook not in _WITHOUT_ORDERS:
            answering.answer(focus)
    body = b"".join((_HEAD, b",".join(answering.actions), _TAIL))
    answers = tuple([order.answer for order in orders])
    return Answered(body, tuple(answering.outcomes), answers, tuple(answering.assertions))
