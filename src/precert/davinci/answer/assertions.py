"""What is said of prior authorization and coverage: a determination in, coverage-information out.

`auth-needed` and `follows-primary` are auth-needed, `no-auth` is no-auth; every other outcome is
conditional, with the reason in words, and never no-auth. What is conditional while something could
not be asked of the client's server is indeterminate. `covered` is mandatory and no procedure
list states it: the payer's setting decides, and only where prior authorization is not conditional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.answer.coverage_information import (
    NOT_COVERED,
    Category,
    ContactPoint,
    CoverageInformation,
    Detail,
    Info,
    Kind,
    PaNeeded,
    Reached,
)
from precert.davinci.answer.details import NOT_CHECKED, what_to_do
from precert.davinci.answer.words import reasons, words_of
from precert.determine import Outcome, Route
from precert.model import ContactParty

if TYPE_CHECKING:
    from datetime import date

    from precert.davinci.answer.asked import Candidate, LineOf
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
SEND_BILLING_CODE = (
    "Send the billing code with its system among the codings of the order's code, or as a billing "
    "option of it, and ask again."
)
NOT_ACTIVE = (
    "Coverage: it was cancelled or its period is over, as it was sent, so the list was not asked."
)
SEND_ACTIVE = "Send the coverage that is in force on the day of the request, or ask {payer}."
ASK_AGAIN = "Ask again later, or ask {payer}."
FAILED = "Not all could be asked of the client's server ({failed})."


class Said:
    """Says what is said of one coverage on one day under one assertion id.

    `failed` says in words what could not be asked of the client's server. Telling more never
    un-settles an answer, so one that is settled without it is said; one that is not is
    indeterminate.
    """

    def __init__(self, coverage: Coverage, today: date, assertion_id: str, failed: str) -> None:
        """Take what is the same for all repetitions on one resource."""
        self._coverage, self._today, self._id = coverage, today, assertion_id
        self._failed = FAILED.format(failed=failed) if failed else ""

    def answered(
        self, candidate: Candidate, answer: OrderAnswer, lines: tuple[LineOf, ...]
    ) -> CoverageInformation:
        """Return what is said of a candidate billing code that the rulebook answered."""
        line = answer.determinations[candidate.line - 1]
        payer = self._coverage.payer
        failed = self._failed if self.is_indeterminate(line) else ""
        words = words_of(line, answer, payer.covered, failed)
        to_do = Detail(Kind.INSTRUCTIONS, Category.OTHER, what_to_do(line, answer, lines))
        return CoverageInformation(
            self._coverage.reference,
            words.covered,
            words.pa_needed,
            words.info,
            candidate.billing.coding,
            words.reasons,
            to_do,
            words.details,
            _dependencies(line, lines),
            self._today,
            self._id,
            _contact(line, answer, payer),
            _ends(words.last_day, line, self._today),
        )

    def refused(self, candidate: Candidate) -> CoverageInformation:
        """Return what is said of a candidate billing code that cannot be asked about."""
        reason = f"Prior authorization for {candidate.billing.code}: {candidate.refused}"
        told = "Correct what is told of the order, and ask again."
        said = self._open(PaNeeded.CONDITIONAL, reason, told, Info.OTHER)
        return said._replace(billing=candidate.billing.coding)

    def without_code(self, focus: Focus) -> CoverageInformation:
        """Return what is said of a resource that tells no billing code."""
        why = why_no_code(focus)
        if self._failed:
            to_do = ASK_AGAIN.format(payer=self._coverage.payer.name)
            return self._open(PaNeeded.INDETERMINATE, f"{why} {self._failed}", to_do)
        info = (Info.DETAIL_CODE, Info.OTHER)
        return self._open(PaNeeded.CONDITIONAL, why, SEND_BILLING_CODE, *info)

    def not_active(self) -> CoverageInformation:
        """Return what is said of every resource where the coverage is over: nothing of the list."""
        to_do = SEND_ACTIVE.format(payer=self._coverage.payer.name)
        return CoverageInformation(
            coverage=self._coverage.reference,
            covered=NOT_COVERED,
            pa_needed=None,
            info=(),
            billing=None,
            reasons=(NOT_ACTIVE,),
            to_do=Detail(Kind.INSTRUCTIONS, Category.OTHER, to_do),
            details=(),
            dependencies=(),
            said_on=self._today,
            assertion_id=self._id,
        )

    def is_indeterminate(self, line: Determination) -> bool:
        """Return whether the answer for a line hangs on what could not be asked."""
        return bool(self._failed) and line.outcome is Outcome.CONDITIONAL

    def _open(
        self, pa_needed: PaNeeded, reason: str, to_do: str, *info: Info
    ) -> CoverageInformation:
        return CoverageInformation(
            coverage=self._coverage.reference,
            covered=pa_needed,
            pa_needed=pa_needed,
            info=info,
            billing=None,
            reasons=reasons(reason, pa_needed),
            to_do=Detail(Kind.INSTRUCTIONS, Category.OTHER, to_do),
            details=(NOT_CHECKED,),
            dependencies=(),
            said_on=self._today,
            assertion_id=self._id,
        )


def why_no_code(focus: Focus) -> str:
    """Return why a resource has no candidate billing code: none was sent, or none was readable."""
    return NO_READABLE_CODE if focus.unread else NO_BILLING_CODE


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
