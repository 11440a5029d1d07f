"""The one coverage that is asked about, and what it tells: its payer, its plan, its group.

CRD lets a client send the one coverage that is likely to be primary, and nothing else (2.2,
"Primary coverage"); with several accessible the answer is an error. So it is here: several active
coverages are refused, also where all but one are other payers', since ours may be the secondary
one and the client is the one to know. Only the orders' own `insurance` chooses among them. Where
none is active and one is told to be over, that one is asked about, and answered as not in force.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from precert.davinci.focus import Coverage
from precert.davinci.refused import NoCoverage, NoPrefetch
from precert.davinci.request.lookup import COVERAGES
from precert.davinci.request.patient import is_over
from precert.davinci.request.payers import payer_of
from precert.davinci.request.references import parse_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from precert.davinci.focus import Focus
    from precert.davinci.request.found import Found
    from precert.davinci.request.hooks import HookRequest
    from precert.davinci.request.lookup import Lookup
    from precert.davinci.request.resources.coverage import CoverageClass, SentCoverage
    from precert.davinci.settings import CrdSettings

T = TypeVar("T")
_Told: TypeAlias = "tuple[Found, SentCoverage]"

_A_DAY = timedelta(days=1)

_CLASSES = frozenset({None, "", "http://terminology.hl7.org/CodeSystem/coverage-class"})


def coverage_of(
    request: HookRequest,
    focuses: Iterable[Focus],
    lookup: Lookup,
    settings: CrdSettings,
    today: date,
) -> Coverage | None:
    """Return the member's coverage, None while something of it has to be queried.

    Of several it is the one that the `focuses` that are asked name. Raises `NoCoverage`,
    `ForeignPayer`, and `NoPrefetch` where no coverage came and none could be queried.
    """
    of_patient: list[_Told] = []
    active: list[_Told] = []
    patient = request.context.patient()
    for found in lookup.resources.of_type("Coverage"):
        sent: SentCoverage = found.read()
        if _is_of(patient, sent):
            of_patient.append((found, sent))
            if _is_active(sent, today):
                active.append((found, sent))
    is_cut = lookup.resources.is_cut("Coverage")
    if (not active or is_cut) and lookup.want_coverages():
        return None
    if is_cut and lookup.has_failed("Coverage"):
        raise _none(request, lookup)
    if active:
        chosen = active[0] if len(active) == 1 else _chosen(active, focuses, lookup)
    else:
        ended = [each for each in of_patient if _is_ended(each[1], today)]
        is_whole = not is_cut or COVERAGES in lookup.tried
        if len(ended) != 1 or not is_whole or lookup.has_failed("Coverage"):
            raise _none(request, lookup)
        chosen = ended[0]
    found, sent = chosen
    _check_plain(found, sent, is_certain=lookup.resources.is_certain(found))
    payer = payer_of(found, sent, lookup, settings.payers)
    if payer is None:
        return None
    return Coverage(
        found.reference,
        payer,
        _of_class("plan", sent.classes, payer.plans) if sent.classes else None,
        _of_class("group", sent.classes, payer.client_managed) if sent.classes else None,
        bool(active),
    )


def _is_active(sent: SentCoverage, today: date) -> bool:
    """Return whether a coverage is in force: its status says so, and its period is not over."""
    return sent.status == "active" and (sent.period is None or not _has_ended(sent, today))


def _check_plain(found: Found, sent: SentCoverage, *, is_certain: bool) -> None:
    """Refuse a coverage that no answer can name, or that may mean something else than it says."""
    if not is_certain:
        message = (
            "read two versions of the coverage that tell different things, expected one; send the "
            "one that holds"
        )
        raise NoCoverage(message)
    if found.local is None:
        message = (
            "the coverage has no id, and an answer has to name it; send it as the server has it"
        )
        raise NoCoverage(message)
    if sent.is_modified():
        message = (
            "read a modifier extension or implicit rules on the coverage, expected none: they may "
            "change what it means, and are not known here"
        )
        raise NoCoverage(message)


def _is_ended(sent: SentCoverage, today: date) -> bool:
    """Return whether a coverage was in force and is no more: a draft or a mistake never was."""
    over = sent.status == "active" and _has_ended(sent, today)
    return over or sent.status == "cancelled"


def _has_ended(sent: SentCoverage, today: date) -> bool:
    """Return whether the last day of a coverage is over, wherever the member is.

    `today` is the server's: where it is a day ahead of the member's, that day still counts.
    """
    return is_over(sent.period, today - _A_DAY)


def _is_of(patient: str, sent: SentCoverage) -> bool:
    """Return whether a coverage is the patient's: it is not where it names another one.

    Some servers' ids are none of FHIR's: another patient of such an id is another one too.
    """
    told = None if sent.beneficiary is None else sent.beneficiary.reference
    if told is None or told == f"Patient/{patient}":
        return True
    named = parse_reference(told)
    if named is not None:
        return named.resource_type != "Patient" or named.local == f"Patient/{patient}"
    _, is_patient, logical_id = told.rpartition("Patient/")
    return not is_patient or logical_id.partition("/_history/")[0].strip() == patient


def _chosen(active: list[_Told], focuses: Iterable[Focus], lookup: Lookup) -> _Told:
    """Return of several coverages the one that the orders name. Raises `NoCoverage`."""
    insurance = [name for focus in focuses if focus.asked for name in focus.insurance]
    found = [lookup.resources.find(reference) for reference in insurance]
    named = {each.local for each in found if each is not None}
    chosen = [each for each in active if each[0].local in named]
    if len(chosen) == 1:
        return chosen[0]
    message = (
        f"read {len(active)} active coverages, expected one; send the coverage that is likely to "
        "be primary, or name it in the insurance of each order"
    )
    raise NoCoverage(message)


def _none(request: HookRequest, lookup: Lookup) -> NoCoverage | NoPrefetch:
    """Return the error for no coverage: 400 if it was asked for or sent, 412 if it could not be."""
    if lookup.has_failed("Coverage"):
        return NoPrefetch(f"the coverage could not be queried ({lookup.failed()}); try again")
    sent = any("coverage" in key.casefold() for key in request.prefetch or ())
    if sent or lookup.resources.of_type("Coverage") or "Coverage" in lookup.tried:
        return NoCoverage("read no active coverage of the patient, expected one; send it")
    return NoPrefetch(
        "no coverage was prefetched, and the client's server may not be queried; send the "
        "coverage in the prefetch, or a fhirServer that the settings name with its token"
    )


def _of_class(code: str, classes: Iterable[CoverageClass], told: Mapping[str, T]) -> T | None:
    """Return what the settings tell of the coverage's class of that type, None unless one thing."""
    found = {
        told[each.value]
        for each in classes
        if each.value is not None
        and each.value in told
        and any(
            coding.code == code and coding.system in _CLASSES
            for coding in (each.type.coding if each.type else None) or ()
        )
    }
    return found.pop() if len(found) == 1 else None
