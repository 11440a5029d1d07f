"""Patient: the facts of a member that an answer can depend on."""

from __future__ import annotations

from precert.davinci.request.resources.elements import Element, Period, Resource


class Address(Element):
    """An address; `use` is home, work, temp, old or billing, `type` postal, physical or both."""

    use: str | None = None
    type: str | None = None
    state: str | None = None
    country: str | None = None
    period: Period | None = None


class Patient(Resource):
    """The elements of a Patient that are read."""

    resource_type = "Patient"

    birth_date: str | None = None
    address: list[Address] | None = None
