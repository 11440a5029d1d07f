"""CommunicationRequest: something that is to be sent, a record or a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.dates import service_day, start_of
from precert.davinci.request.resources.elements import Concept, Element, Extension, Period
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# CRD sends R5's payload.content[x] as an extension of R4's payload; one URL is R5's, the other
# names the type that R5 added.
_CONTENT = frozenset(
    {
        "http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]",
        "http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content",
    }
)


class Payload(Element):
    """A part of what is to be sent."""

    extension: list[Extension] | None = None


class CommunicationRequest(Asked):
    """The elements of a CommunicationRequest that are read."""

    resource_type = "CommunicationRequest"

    payload: list[Payload] | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the concepts of all parts."""
        return [
            extension.value_codeable_concept
            for part in self.payload or ()
            for extension in part.extension or ()
            if extension.url in _CONTENT and extension.value_codeable_concept is not None
        ]

    def day(self) -> date | None:
        """Return the day of the occurrence."""
        return service_day(self.occurrence_date_time) or start_of(self.occurrence_period)
