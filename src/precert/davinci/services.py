"""The six services: which hook each answers, and what a client is asked to send with it.

The templates are CRD's standard ones, and only those an answer can depend on. Those of patient,
coverage and encounter need no more of a client than to fill in a value of the context; orders that
only a reference names take FHIRPath, and a client that does not know it is queried back instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEMBER = {
    "patient": "Patient/{{context.patientId}}",
    "coverage": "Coverage?patient={{context.patientId}}&status=active",
}
_ENCOUNTER = {"encounter": "Encounter/{{context.encounterId}}"}
_DEVICES = {
    "devices": "Device?_id={{context.draftOrders.entry.resource.ofType(DeviceRequest)"
    ".code.resolve().id}}",
    "medications": "Medication?_id={{context.draftOrders.entry.resource.ofType(MedicationRequest)"
    ".medication.resolve().id}}",
}
"""What the code of a draft order may refer to instead of telling it."""
_BOOKED = {
    "serviceRequests": "ServiceRequest?_id={{context.appointments.entry.resource.basedOn"
    ".resolve().ofType(ServiceRequest).id}}"
}
"""The orders that appointments are based on: they are answered instead."""
_DISPATCHED = {
    f"{order[0].lower()}{order[1:]}s": f"{order}?_id={{{{context.dispatchedOrders.resolve()"
    f".ofType({order}).id}}}}"
    for order in (
        "CommunicationRequest",
        "DeviceRequest",
        "MedicationRequest",
        "NutritionOrder",
        "ServiceRequest",
        "VisionPrescription",
    )
}


class Service(NamedTuple):
    """A service of discovery. A primary hook is always answered, a secondary one where it helps."""

    service_id: str
    hook: str
    title: str
    description: str
    prefetch: Mapping[str, str]
    primary: bool = False


_SERVICES = (
    Service(
        "precert-order-sign",
        "order-sign",
        "Prior authorization of orders that are signed",
        "Says for each order whether the payer's list requires prior authorization, where the case "
        "is built, what else has to be known, and where the list prints it.",
        {**_MEMBER, **_DEVICES},
        primary=True,
    ),
    Service(
        "precert-order-dispatch",
        "order-dispatch",
        "Prior authorization of orders that are sent to a performer",
        "Says the same of orders when they are sent to whoever will perform them.",
        {**_MEMBER, **_DISPATCHED},
        primary=True,
    ),
    Service(
        "precert-appointment-book",
        "appointment-book",
        "Prior authorization of appointments",
        "Says the same of what an appointment is booked for.",
        {**_MEMBER, **_BOOKED},
        primary=True,
    ),
    Service(
        "precert-order-select",
        "order-select",
        "Prior authorization of orders that are selected",
        "Says the same of the selected orders while the others are still being chosen.",
        {**_MEMBER, **_DEVICES},
    ),
    Service(
        "precert-encounter-start",
        "encounter-start",
        "Prior authorization at the start of an encounter",
        "Says the same of an encounter that tells what it will be billed as; nothing of others.",
        {**_MEMBER, **_ENCOUNTER},
    ),
    Service(
        "precert-encounter-discharge",
        "encounter-discharge",
        "Prior authorization at the end of an encounter",
        "Says the same of an encounter that ends and tells what it is billed as.",
        {**_MEMBER, **_ENCOUNTER},
    ),
)

SERVICES: Mapping[str, Service] = {service.service_id: service for service in _SERVICES}
"""The services by their id, which is the end of their address."""
