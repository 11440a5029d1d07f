"""Encounter: a visit or a stay, when it starts and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.dates import start_of
from precert.davinci.request.resources.elements import Concept, Element, Period, SentReference
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Diagnosis(Element):
    """A diagnosis of an encounter, by reference."""

    condition: SentReference | None = None


class Encounter(Asked):
    """The elements of an Encounter that are read. What was done in it (`type`) is no order."""

    resource_type = "Encounter"

    service_type: Concept | list[Concept] | None = None
    period: Period | None = None
    diagnosis: list[Diagnosis] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the service; R4 has one, R5 several."""
        if self.service_type is None:
            return ()
        return self.service_type if isinstance(self.service_type, list) else (self.service_type,)

    def day(self) -> date | None:
        """Return the day on which it starts."""
        return start_of(self.period)

    def diagnoses(self) -> tuple[str, ...] | None:
        """Return the reasons, None where there are diagnoses by reference."""
        return None if self.diagnosis else super().diagnoses()
