"""NutritionOrder: a diet, a supplement, a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.request.resources.elements import Concept, Element
from precert.davinci.request.resources.order import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence


class OralDiet(Element):
    """A diet that is eaten."""

    type: list[Concept] | None = None


class Supplement(Element):
    """A supplement to a diet."""

    type: Concept | None = None


class EnteralFormula(Element):
    """A formula that is given through a tube, and what is added to it."""

    base_formula_type: Concept | None = None
    additive_type: Concept | None = None


class NutritionOrder(Asked):
    """The elements of a NutritionOrder that are read.

    `dateTime` is when it was requested, as `authoredOn` is elsewhere: no date of service.
    """

    resource_type = "NutritionOrder"

    oral_diet: OralDiet | None = None
    supplement: list[Supplement] | None = None
    enteral_formula: EnteralFormula | None = None

    def concepts(self) -> Sequence[Concept]:
        """Return what is to be eaten, taken or given."""
        formula = self.enteral_formula or EnteralFormula()
        told = [
            *((self.oral_diet and self.oral_diet.type) or ()),
            *(supplement.type for supplement in self.supplement or ()),
            formula.base_formula_type,
            formula.additive_type,
        ]
        return [concept for concept in told if concept is not None]
