"""Who pays by a coverage: known by an identifier that the settings name, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.refused import ForeignPayer, NoCoverage, NoPrefetch
from precert.davinci.request.found import contained_in
from precert.davinci.request.resources.coverage import Organization

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.request.found import Found
    from precert.davinci.request.lookup import Lookup
    from precert.davinci.request.resources.coverage import SentCoverage
    from precert.davinci.request.resources.elements import SentIdentifier, SentReference
    from precert.davinci.settings import Payer

_MOST_PAYORS = 10
"""More are a mistake, and each is looked for among all that is contained."""
_NOT_NAMED = (
    "the coverage does not name its payer: read no identifier in Coverage.payor or in the "
    "Organization it refers to, expected one; send Coverage.payor.identifier or the Organization"
)


def payer_of(
    found: Found, coverage: SentCoverage, lookup: Lookup, payers: Sequence[Payer]
) -> Payer | None:
    """Return the payer of a coverage that is answered for, None while it has to be queried.

    Identifiers are looked for in `Coverage.payor`, in a contained Organization, in one that came
    along, and in one that is queried. A name or a display never counts. Of several payors each has
    to be the same payer. Raises `NoCoverage` where none is named, `ForeignPayer` where another is,
    `NoPrefetch` where the Organization could not be had.
    """
    if coverage.payor is not None and len(coverage.payor) > _MOST_PAYORS:
        message = f"the coverage names {len(coverage.payor)} payors, expected one; send one payer"
        raise NoCoverage(message)
    named: list[set[tuple[str, str]]] = []
    for payor in coverage.payor or ():
        named.append(_identifiers(payor, found, coverage, lookup))  # noqa: PERF401 - costs more for one
    if not named or not all(named):
        _check_pending(lookup)
        return None
    ours: dict[str, Payer] = {}
    for identifiers in named:
        is_ours = False
        for payer in payers:
            if not payer.identifiers.isdisjoint(identifiers):
                ours[payer.name] = payer
                is_ours = True
        if not is_ours:
            message = (
                "the coverage is of a payer that this service does not answer for; send the "
                "request to that payer's service, or tell this one the identifier in its settings"
            )
            raise ForeignPayer(message)
    if len(ours) > 1:
        message = "the coverage names several payers that are answered for; send one payer"
        raise NoCoverage(message)
    (payer,) = ours.values()
    return payer


def _identifiers(
    payor: SentReference, found: Found, coverage: SentCoverage, lookup: Lookup
) -> set[tuple[str, str]]:
    """Return all identifiers of a payor that are at hand; only where none is, one is wanted."""
    told: set[tuple[str, str]] = set()
    if payor.identifier is not None:
        _add(payor.identifier, told)
    if payor.reference is None:
        return told
    if payor.reference.startswith("#"):
        organization = contained_in(coverage.contained or (), payor.reference[1:])
    else:
        organization = lookup.find(payor.reference, found, ask=not told)
    if organization is not None and organization.resource_type == Organization.resource_type:
        elements: Organization = organization.read()
        for identifier in elements.identifier or ():
            _add(identifier, told)
    return told


def _add(identifier: SentIdentifier, told: set[tuple[str, str]]) -> None:
    """Add the system and the value of an identifier; one without a value identifies nothing."""
    value = (identifier.value or "").strip()
    if value:
        told.add(((identifier.system or "").strip(), value))


def _check_pending(lookup: Lookup) -> None:
    """Refuse a payer that cannot be queried any more. Raises `NoCoverage`, `NoPrefetch`."""
    if lookup.wanted:
        return
    if lookup.has_failed("Organization"):
        message = f"the payer of the coverage could not be queried ({lookup.failed()}); try again"
        raise NoPrefetch(message)
    raise NoCoverage(_NOT_NAMED)
