"""What is said of prior authorization and coverage: a determination in, coverage-information out.

`auth-needed` and `follows-primary` are auth-needed, `no-auth` is no-auth; every other outcome is
conditional, with the reason in words, and never no-auth. What is conditional while something could
not be asked of the client's server is indeterminate. `covered` is mandatory and no procedure
list states it: the payer's setting decides, and only where prior authorization is not conditional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.answer_details import NOT_CHECKED, details_of
from precert.davinci.coverage_information import (
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
from precert.davinci.settings import Covered
from precert.determine import Fact, Outcome, ReasonKind, Route
from precert.determine.words import answer_in_words, ask_in_words, reasons_in_words
from precert.model import Basis, ContactParty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.davinci.asked import Candidate, LineOf
    from precert.davinci.focus import Coverage, Focus
    from precert.davinci.settings import Payer
    from precert.determine import Determination, OrderAnswer
    from precert.rulebook import Rulebook

_PA_NEEDED = {
    Outcome.AUTH_NEEDED: PaNeeded.AUTH_NEEDED,
    Outcome.FOLLOWS_PRIMARY: PaNeeded.AUTH_NEEDED,
    Outcome.NO_AUTH: PaNeeded.NO_AUTH,
}
"""Every other outcome is conditional."""

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

NOT_SAID = (
    "Coverage: the list says whether prior authorization is needed, not what the member's plan "
    "covers."
)
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
        rulebook, payer = answer.rulebook_of(line), self._coverage.payer
        edition = rulebook.edition
        pa_needed = self._pa_needed(line)
        covered = _covered(line, pa_needed, payer)
        words = [
            f"Prior authorization for {line.code}: {answer_in_words(line, edition)}.",
            *reasons_in_words(line, edition),
        ]
        if line.outcome is Outcome.CONDITIONAL:
            words += map(ask_in_words, line.ask)
        if pa_needed is PaNeeded.INDETERMINATE:
            words.append(self._failed)
        return CoverageInformation(
            coverage=self._coverage.reference,
            covered=covered,
            pa_needed=pa_needed,
            info=tuple(_info(line, covered, pa_needed)),
            billing=candidate.billing.coding,
            reasons=_reasons(" ".join(words), covered),
            details=tuple(details_of(line, answer, lines)),
            dependencies=_dependencies(line, lines),
            said_on=self._today,
            assertion_id=self._id,
            contact=_contact(line, rulebook, payer),
            ends=_ends(line, rulebook, self._today),
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
            details=(Detail(Kind.INSTRUCTIONS, Category.OTHER, to_do),),
            dependencies=(),
            said_on=self._today,
            assertion_id=self._id,
        )

    def is_indeterminate(self, line: Determination) -> bool:
        """Return whether the answer for a line hangs on what could not be asked."""
        return bool(self._failed) and line.outcome is Outcome.CONDITIONAL

    def _pa_needed(self, line: Determination) -> PaNeeded:
        if self.is_indeterminate(line):
            return PaNeeded.INDETERMINATE
        return _PA_NEEDED.get(line.outcome, PaNeeded.CONDITIONAL)

    def _open(
        self, pa_needed: PaNeeded, reason: str, to_do: str, *info: Info
    ) -> CoverageInformation:
        return CoverageInformation(
            coverage=self._coverage.reference,
            covered=pa_needed,
            pa_needed=pa_needed,
            info=info,
            billing=None,
            reasons=_reasons(reason, pa_needed),
            details=(Detail(Kind.INSTRUCTIONS, Category.OTHER, to_do), NOT_CHECKED),
            dependencies=(),
            said_on=self._today,
            assertion_id=self._id,
        )


def why_no_code(focus: Focus) -> str:
    """Return why a resource has no candidate billing code: none was sent, or none was readable."""
    return NO_READABLE_CODE if focus.unread else NO_BILLING_CODE


def _covered(line: Determination, pa_needed: PaNeeded, payer: Payer) -> str:
    """Return the payer's setting, or what is said where the answer is open or a limit violated."""
    if pa_needed is PaNeeded.INDETERMINATE:
        return PaNeeded.INDETERMINATE
    if pa_needed is PaNeeded.CONDITIONAL or any(limit.truth is False for limit in line.limits):
        return Covered.CONDITIONAL
    return payer.covered


def _info(line: Determination, covered: str, pa_needed: PaNeeded) -> Iterator[Info]:
    """Yield what has to be known: nothing where nothing is conditional."""
    if pa_needed is PaNeeded.INDETERMINATE:
        return
    conditional = pa_needed is PaNeeded.CONDITIONAL
    if conditional and any(ask.fact is Fact.PLACE_OF_SERVICE for ask in line.ask):
        yield Info.LOCATION
    if conditional or covered == Covered.CONDITIONAL:
        yield Info.OTHER


def _reasons(said: str, covered: str) -> tuple[str, ...]:
    return (said, NOT_SAID) if covered == Covered.CONDITIONAL else (said,)


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


def _contact(line: Determination, rulebook: Rulebook, payer: Payer) -> Reached | None:
    """Return the contact that the list prints, or the payer's where the payer is the route."""
    printed = line.contact
    if printed is not None and printed.party is ContactParty.PAYER:
        ways = _ways(("phone", printed.phone), ("fax", printed.fax))
        if ways:
            return Reached(rulebook.edition.payer, ways)
    if line.route is not Route.PAYER:
        return None
    ways = _ways(("phone", payer.phone), ("url", payer.url))
    return Reached(payer.name, ways) if ways else None


def _ways(*told: tuple[str, str | None]) -> tuple[ContactPoint, ...]:
    return tuple(ContactPoint(system, value) for system, value in told if value)


def _ends(line: Determination, rulebook: Rulebook, today: date) -> date | None:
    """Return the last day on which the answer holds, where the list tells one.

    That is the end of the edition or of a rule that answers; for no-auth also the day by which the
    document itself wants to be reviewed. A date that an importer told or that is ours by default is
    none that the payer knows.
    """
    edition = rulebook.edition
    told = [edition.effective_to, *(rule.effective_to for rule in line.rules)]
    if line.outcome is Outcome.NO_AUTH and edition.review_by_basis is Basis.STATED:
        told.append(edition.review_by)
    ends = [day for day in told if day is not None]
    if not ends or any(reason.kind is ReasonKind.NO_EDITION for reason in line.reasons):
        return None
    end = min(ends)
    return end if end >= max(today, line.date_of_service) else None
