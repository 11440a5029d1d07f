"""ServiceRequest: a procedure, a test, a therapy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.coding import place_of
from precert.davinci.request.dates import first_of, service_day, start_of
from precert.davinci.request.resources.elements import Concept, Period, Quantity, Timing
from precert.davinci.request.resources.order import Asked, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class ServiceRequest(Asked):
    """The elements of a ServiceRequest that are read."""

    resource_type = "ServiceRequest"

    code: Concept | None = None
    quantity_quantity: Quantity | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None
    occurrence_timing: Timing | None = None
    location_code: list[Concept] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the code."""
        return () if self.code is None else (self.code,)

    def day(self) -> date | None:
        """Return the day of the occurrence, the first one of several."""
        return (
            service_day(self.occurrence_date_time)
            or start_of(self.occurrence_period)
            or first_of(self.occurrence_timing)
        )

    def units(self) -> int | None:
        """Return the quantity, where it is a count."""
        return None if self.quantity_quantity is None else counted(self.quantity_quantity)

    def place(self) -> str | None:
        """Return the location's code, where it is one of CMS's places of service."""
        return None if self.location_code is None else place_of(self.location_code)
