"""Coverage, and the Organization that pays by it."""

from __future__ import annotations

from msgspec import field

from precert.davinci.request.resources.elements import (
    Concept,
    Element,
    Period,
    Resource,
    SentIdentifier,
    SentReference,
)


class CoverageClass(Element):
    """A class of a coverage: its plan, its group, and others."""

    type: Concept | None = None
    value: str | None = None


class SentCoverage(Resource):
    """The elements of a Coverage that are read. Its `class` is what the class of the object is."""

    resource_type = "Coverage"

    beneficiary: SentReference | None = None
    period: Period | None = None
    payor: list[SentReference] | None = None
    classes: list[CoverageClass] | None = field(default=None, name="class")


class Organization(Resource):
    """The elements of an Organization that are read: by name it is never known."""

    resource_type = "Organization"

    identifier: list[SentIdentifier] | None = None
