"""What a resource that is asked about tells, whatever its type: the same questions to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.coding import diagnoses_of
from precert.davinci.request.dates import first_of, service_day, start_of
from precert.davinci.request.resources.elements import (
    Concept,
    Period,
    Quantity,
    Resource,
    SentReference,
    Timing,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_VOID = frozenset({"cancelled", "entered-in-error", "noshow", "revoked", "stopped"})
_COUNTS = frozenset({"1", "unit", "units", "each", "ea"})
_MOST = 1_000_000  # more is a mistake, and no count that a list speaks of


class Asked(Resource):
    """A resource that can be asked about. Its methods answer for its own type."""

    do_not_perform: bool | None = None
    reason_code: list[Concept] | None = None
    reason_reference: list[SentReference] | None = None
    insurance: list[SentReference] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the concepts that say what is to be done."""
        raise NotImplementedError

    def product(self) -> SentReference | None:
        """Return the reference to the resource whose concept says it instead, if there is one."""
        return None

    def day(self) -> date | None:
        """Return the date of service, `NO_DAY` where it is not told to the day.

        The day on which the order was written is none.
        """
        return None

    def units(self) -> int | None:
        """Return how many are asked for."""
        return None

    def place(self) -> str | None:
        """Return the place of service."""
        return None

    def diagnoses(self) -> tuple[str, ...] | None:
        """Return the diagnoses, None unless all reasons are told as ICD-10-CM."""
        if self.reason_reference or not self.reason_code:
            return None
        return diagnoses_of(self.reason_code)

    def coverages(self) -> tuple[str, ...]:
        """Return the references to the coverages that it names."""
        return tuple([each.reference for each in self.insurance or () if each.reference])

    def is_performed(self) -> bool:
        """Return whether it is to be done: neither forbidden by itself nor given up."""
        return not self.do_not_perform and self.status not in _VOID


class Scheduled(Asked):
    """A resource with FHIR's `occurrence[x]`: when it is to be done."""

    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None
    occurrence_timing: Timing | None = None

    def day(self) -> date | None:
        """Return the day of the occurrence, the first one of several."""
        return (
            service_day(self.occurrence_date_time)
            or start_of(self.occurrence_period)
            or first_of(self.occurrence_timing)
        )


def counted(quantity: Quantity) -> int | None:
    """Return the whole number of units from 1, None for a measure (10 mg) or a bound (>= 2).

    A count has no unit, or one that says so, as UCUM's `1` and its annotations (`{visit}`) do.
    """
    if quantity.value is None or quantity.comparator is not None:
        return None
    unit = (quantity.code or quantity.unit or "1").strip().casefold()
    if unit not in _COUNTS and not (unit.startswith("{") and unit.endswith("}")):
        return None
    value = quantity.value
    return int(value) if 1 <= value <= _MOST and value == int(value) else None
