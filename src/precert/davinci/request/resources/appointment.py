"""Appointment: a service that is being booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.dates import NO_DAY, service_day, start_of
from precert.davinci.request.resources.elements import Concept, Period, SentReference
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Appointment(Asked):
    """The elements of an Appointment that are read."""

    resource_type = "Appointment"

    service_type: list[Concept] | None = None
    start: str | None = None
    requested_period: list[Period] | None = None
    based_on: list[SentReference] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the services that are booked."""
        return self.service_type or ()

    def day(self) -> date | None:
        """Return the day of the appointment, or the first day of the one period asked for."""
        periods = self.requested_period or ()
        asked_for = NO_DAY if len(periods) > 1 else start_of(periods[0] if periods else None)
        return service_day(self.start) or asked_for
