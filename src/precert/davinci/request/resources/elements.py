"""The data types of FHIR R4 that the resources share, with the elements that are read.

An element that the client leaves out, or sends as null, is None.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Raw, Struct


class Element(Struct, rename="camel", gc=False):
    """The base of all data types: its elements are written in camelCase."""


class SentCoding(Element):
    """A coding; `coding: [{}]` is sent for an order that has no code yet."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class Extension(Element):
    """An extension, with the one value that is read: a concept."""

    url: str | None = None
    value_codeable_concept: Concept | None = None


class Concept(Element):
    """A concept: codings that mean the same, and extensions."""

    coding: list[SentCoding] | None = None
    extension: list[Extension] | None = None


class SentReference(Element):
    """A reference to a resource, or to the thing by its identifier, and extensions."""

    reference: str | None = None
    identifier: SentIdentifier | None = None
    extension: list[Extension] | None = None


class SentIdentifier(Element):
    """An identifier: a value that is unique in its system."""

    system: str | None = None
    value: str | None = None


class Period(Element):
    """A period; either end may be open."""

    start: str | None = None
    end: str | None = None


class Repeat(Element):
    """How a timing repeats: the period within which it does."""

    bounds_period: Period | None = None


class Timing(Element):
    """A timing: named moments, or a repetition."""

    event: list[str] | None = None
    repeat: Repeat | None = None


class Quantity(Element):
    """An amount with its unit."""

    value: int | float | None = None
    comparator: str | None = None
    unit: str | None = None
    code: str | None = None


class Named(Struct, rename="camel", gc=False):
    """What every resource has: its type, and its id as soon as a server knows it."""

    resource_type: ClassVar[str]

    id: str | None = None


class Resource(Named):
    """What all resources have that are read by themselves."""

    status: str | None = None
    implicit_rules: str | None = None
    modifier_extension: list[Raw] | None = None
    contained: list[Raw] | None = None

    def is_modified(self) -> bool:
        """Return whether something that is not read may change what all the rest means."""
        return bool(self.modifier_extension or self.implicit_rules)
