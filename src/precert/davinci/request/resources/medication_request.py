"""MedicationRequest: a drug."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.dates import start_of
from precert.davinci.request.resources.elements import Concept, Element, Period, SentReference
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class DispenseRequest(Element):
    """How a drug is to be dispensed."""

    validity_period: Period | None = None


class MedicationRequest(Asked):
    """The elements of a MedicationRequest that are read.

    The quantity to be dispensed counts tablets or millilitres, not a billing code's units: it is
    not read.
    """

    resource_type = "MedicationRequest"

    medication_codeable_concept: Concept | None = None
    medication_reference: SentReference | None = None
    dispense_request: DispenseRequest | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the drug's code, where it stands in the request."""
        drug = self.medication_codeable_concept
        return () if drug is None else (drug,)

    def product(self) -> SentReference | None:
        """Return the reference to the Medication whose code is asked for."""
        return self.medication_reference

    def day(self) -> date | None:
        """Return the first day on which it may be dispensed."""
        return (
            None
            if self.dispense_request is None
            else start_of(self.dispense_request.validity_period)
        )
