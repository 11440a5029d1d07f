"""From one resource that is asked about to all that it tells for an order line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.focus import Coding, Focus
from precert.davinci.request.coding import billed, codings_of
from precert.davinci.request.dates import NO_DAY
from precert.davinci.request.found import contained_in
from precert.davinci.request.resources.elements import Concept
from precert.davinci.request.resources.product import Device, Medication, Product
from precert.davinci.request.resources.readers import ASKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.request.found import Found
    from precert.davinci.request.lookup import Lookup
    from precert.davinci.request.resources.elements import SentReference
    from precert.davinci.request.resources.order import Asked

PRODUCTS = frozenset({Device.resource_type, Medication.resource_type})
"""The types of resources that an order may name instead of a code."""


def focus_of(found: Found, lookup: Lookup, *, asked: bool = True) -> Focus | None:
    """Return what a resource tells; None where it is not to be done, or of no type that is asked.

    What is not to be done has `doNotPerform`, or a status that gives it up. Raises
    `NotAHookRequest`.
    """
    if found.resource_type not in ASKED:
        return None
    resource: Asked = found.read()
    if not resource.is_performed():
        return None
    codings, product, had = codings_of(resource.concepts()), resource.product(), True
    if product is not None:
        named = _named_by(product, resource, found, lookup)
        had = named is not None
        if product.extension:  # billing options on the reference: it is the code's other type
            codings += codings_of((Concept(extension=product.extension),))
        if named:
            codings += named
    candidates = billed(codings)
    on = resource.day()
    return Focus(
        found.resource_type,
        found.reference,
        bytes(found.raw),
        candidates.billings,
        tuple(codings),
        None if on is NO_DAY else on,
        resource.units(),
        resource.place(),
        resource.diagnoses(),
        resource.coverages() if resource.insurance else (),
        asked,
        candidates.unread or not had,
        on is NO_DAY,
        resource.is_modified(),
    )


def _named_by(
    product: SentReference, resource: Asked, found: Found, lookup: Lookup
) -> Sequence[Coding] | None:
    """Return the codings of a product that is contained or at hand, None where it is neither.

    Nor of one that was sent by mistake, that means something else than it says, or that came with
    different codes. One that many orders name is read once.
    """
    text = product.reference or ""
    if text.startswith("#"):
        inside = contained_in(resource.contained or (), text[1:])
        return None if inside is None else _codings_of(inside)
    named = lookup.find(text, found)
    if named is None or not lookup.resources.is_certain(named):
        return None
    products, key = lookup.products, id(named)
    if key not in products:
        products[key] = _codings_of(named)
    return products[key]


def _codings_of(named: Found) -> Sequence[Coding] | None:
    if named.resource_type not in PRODUCTS:
        return None
    product: Product = named.read()
    return codings_of(product.concepts()) if product.is_certain() else None
