"""Medication and Device: what an order names by reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.resources.elements import Concept, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence


class Product(Resource):
    """The elements of either that are read: a Medication has a code, a Device a type."""

    code: Concept | None = None
    type: Concept | list[Concept] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return what it is; R4's Device has one type, R5's several."""
        types = self.type if isinstance(self.type, list) else [self.type]
        return [concept for concept in (self.code, *types) if concept is not None]

    def is_certain(self) -> bool:
        """Return whether it is what it says: not sent by mistake, nor modified."""
        return self.status != "entered-in-error" and not self.is_modified()


class Device(Product):
    """A Device."""

    resource_type = "Device"


class Medication(Product):
    """A Medication."""

    resource_type = "Medication"
