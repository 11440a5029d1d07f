"""The decoder of each resource type, and one for all of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Union

from msgspec import defstruct
from msgspec.json import Decoder

from precert.davinci.request.reading import UNREADABLE
from precert.davinci.request.resources.appointment import Appointment
from precert.davinci.request.resources.bundle import Entry, SentBundle
from precert.davinci.request.resources.communication_request import CommunicationRequest
from precert.davinci.request.resources.coverage import Organization, SentCoverage
from precert.davinci.request.resources.device_request import DeviceRequest
from precert.davinci.request.resources.encounter import Encounter
from precert.davinci.request.resources.medication_request import MedicationRequest
from precert.davinci.request.resources.nutrition_order import NutritionOrder
from precert.davinci.request.resources.patient import Patient
from precert.davinci.request.resources.product import Device, Medication
from precert.davinci.request.resources.service_request import ServiceRequest
from precert.davinci.request.resources.vision_prescription import VisionPrescription

if TYPE_CHECKING:
    from collections.abc import Mapping

    from msgspec import Raw

    from precert.davinci.request.resources.elements import Named
    from precert.davinci.request.resources.order import Asked

_ORDERS: tuple[type[Asked], ...] = (
    CommunicationRequest,
    DeviceRequest,
    MedicationRequest,
    NutritionOrder,
    ServiceRequest,
    VisionPrescription,
)
_ASKED: tuple[type[Asked], ...] = (*_ORDERS, Appointment, Encounter)
_READ: tuple[type[Named], ...] = (
    *_ASKED,
    Device,
    Medication,
    Organization,
    Patient,
    SentBundle,
    SentCoverage,
)

ORDERS: frozenset[str] = frozenset(order.resource_type for order in _ORDERS)
"""The types of resources that are orders."""

ASKED: frozenset[str] = frozenset(asked.resource_type for asked in _ASKED)
"""The types of resources that can be asked about."""

READERS: Mapping[str, Decoder[Any]] = MappingProxyType(
    {read.resource_type: Decoder(read) for read in _READ}
)
"""The decoder of each type that anything is read of; all others are passed over."""


def _tagged(read: type[Named], **elements: Any) -> type[Named]:  # noqa: ANN401 - types
    """Return the same elements for a decoder that knows a resource by its type.

    Only there: a decoder of one type would refuse a type that is told twice, and name its value.
    """
    tagged: type[Any] = defstruct(
        read.__name__,
        [(name, of, None) for name, of in elements.items()],
        bases=(read,),
        tag_field="resourceType",
        tag=read.resource_type,
        gc=False,
    )
    return tagged


def _any_of(*types: type[Named]) -> Any:  # noqa: ANN401 - a type for a decoder
    return Union[tuple(types)]  # noqa: UP007 - of as many as there are


def _never_sent_back() -> Any:  # noqa: ANN401 - a type for a decoder
    """Return the types of which the elements are enough, and Bundles of them."""
    types = [_tagged(read) for read in (Organization, Patient, SentCoverage)]
    entry = defstruct("Entry", [("resource", _any_of(*types) | None, None)], bases=(Entry,))
    return _any_of(*types, _tagged(SentBundle, entry=list[entry] | None))  # type: ignore[valid-type]


_ANY_OF_THEM: Decoder[Named] = Decoder(_any_of(*map(_tagged, _READ)))

NEVER_SENT_BACK: Any = _never_sent_back()
"""The patient, coverages, their payers: an answer repeats the bytes only of what it is about."""


def read_whole(raw: bytes | Raw) -> Named | None:
    """Return the elements of a resource of any type that is read, in one pass over its bytes.

    None where its type is another, or an element has another JSON type: then its type and its id
    are to be read alone, and its elements by its type's decoder, which says what is wrong.
    """
    try:
        return _ANY_OF_THEM.decode(raw)
    except UNREADABLE:
        return None
