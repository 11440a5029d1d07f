"""DeviceRequest: equipment, a prosthesis, an implant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.resources.elements import Concept, SentReference
from precert.davinci.request.resources.order import Scheduled

if TYPE_CHECKING:
    from collections.abc import Sequence


class DeviceRequest(Scheduled):
    """The elements of a DeviceRequest that are read."""

    resource_type = "DeviceRequest"

    code_codeable_concept: Concept | None = None
    code_reference: SentReference | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the code, where it stands in the request."""
        return () if self.code_codeable_concept is None else (self.code_codeable_concept,)

    def product(self) -> SentReference | None:
        """Return the reference to the Device whose type is asked for."""
        return self.code_reference
