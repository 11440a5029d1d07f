"""ServiceRequest: a procedure, a test, a therapy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.coding import place_of
from precert.davinci.request.resources.elements import Concept, Quantity
from precert.davinci.request.resources.order import Scheduled, counted

if TYPE_CHECKING:
    from collections.abc import Sequence


class ServiceRequest(Scheduled):
    """The elements of a ServiceRequest that are read."""

    resource_type = "ServiceRequest"

    code: Concept | None = None
    quantity_quantity: Quantity | None = None
    location_code: list[Concept] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the code."""
        return () if self.code is None else (self.code,)

    def units(self) -> int | None:
        """Return the quantity, where it is a count."""
        return None if self.quantity_quantity is None else counted(self.quantity_quantity)

    def place(self) -> str | None:
        """Return the location's code, where it is one of CMS's places of service."""
        return None if self.location_code is None else place_of(self.location_code)
