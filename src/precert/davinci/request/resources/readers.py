"""The decoder of each resource type."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.json import Decoder

from precert.davinci.request.resources.appointment import Appointment
from precert.davinci.request.resources.communication_request import CommunicationRequest
from precert.davinci.request.resources.coverage import Organization, SentCoverage
from precert.davinci.request.resources.device_request import DeviceRequest
from precert.davinci.request.resources.encounter import Encounter
from precert.davinci.request.resources.medication_request import MedicationRequest
from precert.davinci.request.resources.nutrition_order import NutritionOrder
from precert.davinci.request.resources.patient import Patient
from precert.davinci.request.resources.product import Product
from precert.davinci.request.resources.service_request import ServiceRequest
from precert.davinci.request.resources.vision_prescription import VisionPrescription

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.davinci.request.resources.order import Asked

_ORDERS: tuple[type[Asked], ...] = (
    CommunicationRequest,
    DeviceRequest,
    MedicationRequest,
    NutritionOrder,
    ServiceRequest,
    VisionPrescription,
)

ORDERS: frozenset[str] = frozenset(order.resource_type for order in _ORDERS)
"""The types of resources that are orders."""

_OTHERS: tuple[type[Asked], ...] = (Appointment, Encounter)

ASKED: Mapping[str, Decoder[Asked]] = MappingProxyType(
    {asked.resource_type: Decoder(asked) for asked in (*_ORDERS, *_OTHERS)}
)
"""The decoder of each type that can be asked about."""

APPOINTMENT = Decoder(Appointment)
COVERAGE = Decoder(SentCoverage)
ORGANIZATION = Decoder(Organization)
PATIENT = Decoder(Patient)
PRODUCT = Decoder(Product)
