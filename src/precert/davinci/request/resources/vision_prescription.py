"""VisionPrescription: glasses or contact lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.resources.elements import Concept, Element
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence


class LensSpecification(Element):
    """One lens; both eyes are often prescribed the same product."""

    product: Concept | None = None


class VisionPrescription(Asked):
    """The elements of a VisionPrescription that are read.

    `dateWritten` is when it was signed, as `authoredOn` is elsewhere: no date of service.
    """

    resource_type = "VisionPrescription"

    lens_specification: list[LensSpecification] | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return the products of all lenses."""
        return [lens.product for lens in self.lens_specification or () if lens.product is not None]
