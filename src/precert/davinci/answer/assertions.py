"""What is said of prior authorization and coverage: a determination in, coverage-information out.

`auth-needed` and `follows-primary` are auth-needed, `no-auth` is no-auth unless a limit of the list
is not met; every other outcome is conditional, with the reason in words, and never no-auth. What
is conditional while something could not be asked of the client's server is indeterminate. `covered`
is mandatory and no procedure list states it: the payer's setting decides, and only where prior
authorization is not conditional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.answer.coverage_information import (
    NOT_COVERED,
    AnswerWords,
    ContactPoint,
    CoverageInformation,
    Info,
    PaNeeded,
    Reached,
)
from precert.davinci.answer.details import what_to_do
from precert.davinci.answer.words import open_words, words_by_code, words_of
from precert.determine import Outcome, Route
from precert.model import ContactParty

if TYPE_CHECKING:
    from datetime import date

    from precert.davinci.answer.answered_order import AnsweredOrder
    from precert.davinci.answer.asked import AskedFocus, Candidate, LineOf
    from precert.davinci.focus import Coverage, Focus
    from precert.davinci.settings import Payer
    from precert.determine import Determination, OrderAnswer

_DEPENDED_ON = frozenset(
    {
        "Appointment",
        "CommunicationRequest",
        "DeviceRequest",
        "MedicationRequest",
        "NutritionOrder",
        "ServiceRequest",
    }
)
"""What a dependency may refer to."""

NO_BILLING_CODE = (
    "Prior authorization: the order holds no code in which services are billed (CPT, HCPCS Level "
    "II or CDT), and a code of another system does not tell what will be billed."
)
NO_READABLE_CODE = (
    "Prior authorization: the order's billing code could not be read. It is none of the code set "
    "that its system names, or stands in a Device or Medication that could not be had."
)
ANOTHER_CODE = (
    "Prior authorization: the order has another billing code, which could not be read. It is none "
    "of the code set that its system names, or stands in a Device or Medication that could not be "
    "had. What is said of the codes that were read says nothing of it."
)
SEND_BILLING_CODE = (
    "Send the billing code with its system among the codings of the order's code, or as a billing "
    "option of it, and ask again."
)
NOT_ACTIVE = (
    "Coverage: it was cancelled or its period is over, as it was sent, so the list was not asked."
)
SEND_ACTIVE = "Send the coverage that is in force on the day of the request, or ask {payer}."
ASK_AGAIN = "Ask again later, or ask {payer}."
CORRECT = "Correct what is told of the order, and ask again."
FAILED = "Not all could be asked of the client's server ({failed})."

_OVER = AnswerWords(NOT_COVERED, None, (), (NOT_ACTIVE,), ())


class Said:
    """Says what is said of one coverage on one day.

    `failed` says in words what could not be asked of the client's server. Telling more never
    un-settles an answer, so one that is settled without it is said; one that is not is
    indeterminate.
    """

    def __init__(self, coverage: Coverage, today: date, failed: str) -> None:
        """Take what is the same for all resources of a request."""
        self._coverage, self._today = coverage, today
        self._failed = FAILED.format(failed=failed) if failed else ""

    def answered(self, candidate: Candidate, order: AnsweredOrder) -> CoverageInformation:
        """Return what is said of a candidate billing code that the rulebook answered."""
        line = order.answer.determinations[candidate.line - 1]
        payer = self._coverage.payer
        failed = self._failed if self.is_indeterminate(line) else ""
        words = words_of(line, order.answer, payer.covered, failed)
        return CoverageInformation(
            words_by_code(words, order.names, order.alike) if words.speak_of_lines else words,
            candidate.billing.coding,
            what_to_do(line, order),
            _dependencies(line, order.lines),
            _contact(line, order.answer, payer),
            _ends(words.last_day, line, self._today),
        )

    def refused(self, candidate: Candidate) -> CoverageInformation:
        """Return what is said of a candidate billing code that cannot be asked about."""
        reason = f"Prior authorization for {candidate.billing.code}: {candidate.refused}"
        words = open_words(PaNeeded.CONDITIONAL, reason, Info.OTHER)
        return CoverageInformation(words, candidate.billing.coding, CORRECT)

    def without_code(self, asked: AskedFocus) -> CoverageInformation:
        """Return what is said of the billing code that a resource does not tell."""
        why = why_no_code(asked)
        if self.hides_code(asked.focus):
            words = open_words(PaNeeded.INDETERMINATE, f"{why} {self._failed}")
            to_do = ASK_AGAIN.format(payer=self._coverage.payer.name)
            return CoverageInformation(words, None, to_do)
        words = open_words(PaNeeded.CONDITIONAL, why, Info.DETAIL_CODE, Info.OTHER)
        return CoverageInformation(words, None, SEND_BILLING_CODE)

    def not_active(self) -> CoverageInformation:
        """Return what is said of every resource where the coverage is over: nothing of the list."""
        to_do = SEND_ACTIVE.format(payer=self._coverage.payer.name)
        return CoverageInformation(_OVER, None, to_do)

    def hides_code(self, focus: Focus) -> bool:
        """Return whether a billing code may stand in what could not be asked."""
        return bool(self._failed) and focus.unread

    def is_indeterminate(self, line: Determination) -> bool:
        """Return whether the answer for a line hangs on what could not be asked."""
        return bool(self._failed) and line.outcome is Outcome.CONDITIONAL


def why_no_code(asked: AskedFocus) -> str:
    """Return why a billing code is not told: none was sent, none was readable, or one was not.

    Empty where all are told.
    """
    if asked.candidates:
        return ANOTHER_CODE if asked.focus.unread else ""
    return NO_READABLE_CODE if asked.focus.unread else NO_BILLING_CODE


def _dependencies(line: Determination, lines: tuple[LineOf, ...]) -> tuple[str, ...]:
    """Return the reference of the primary's order, where a dependency may refer to such a one."""
    if line.primary is None or line.outcome is not Outcome.FOLLOWS_PRIMARY:
        return ()
    primary, own = lines[line.primary - 1].focus, lines[line.line - 1].focus
    if primary.resource_type not in _DEPENDED_ON or primary.reference == own.reference:
        return ()
    if primary.reference == primary.resource_type:  # it has neither an id nor an address
        return ()
    return (primary.reference,)


def _contact(line: Determination, answer: OrderAnswer, payer: Payer) -> Reached | None:
    """Return the contact that the list prints, or the payer's where the payer is the route."""
    printed = line.contact
    if printed is not None and printed.party is ContactParty.PAYER:
        ways = _ways(("phone", printed.phone), ("fax", printed.fax))
        if ways:
            return Reached(answer.rulebook_of(line).edition.payer, ways)
    if line.route is not Route.PAYER:
        return None
    ways = _ways(("phone", payer.phone), ("url", payer.url))
    return Reached(payer.name, ways) if ways else None


def _ways(*told: tuple[str, str | None]) -> tuple[ContactPoint, ...]:
    return tuple(ContactPoint(system, value) for system, value in told if value)


def _ends(last_day: date | None, line: Determination, today: date) -> date | None:
    """Return the last day on which the answer holds; none that is over already."""
    if last_day is None or last_day < max(today, line.date_of_service):
        return None
    return last_day
