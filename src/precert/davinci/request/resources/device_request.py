"""DeviceRequest: equipment, a prosthesis, an implant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.dates import first_of, service_day, start_of
from precert.davinci.request.resources.elements import Concept, Period, SentReference, Timing
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class DeviceRequest(Asked):
    """The elements of a DeviceRequest that are read."""

    resource_type = "DeviceRequest"

    code_codeable_concept: Concept | None = None
    code_reference: SentReference | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None
    occurrence_timing: Timing | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the code, where it stands in the request."""
        return () if self.code_codeable_concept is None else (self.code_codeable_concept,)

    def product(self) -> SentReference | None:
        """Return the reference to the Device whose type is asked for."""
        return self.code_reference

    def day(self) -> date | None:
        """Return the day of the occurrence, the first one of several."""
        return (
            service_day(self.occurrence_date_time)
            or start_of(self.occurrence_period)
            or first_of(self.occurrence_timing)
        )
