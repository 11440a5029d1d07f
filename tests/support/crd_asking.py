"""A CRD service asked from end to end: a request's values in, the values of the reply out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2
import msgspec
import pytest

from precert.davinci.answer.extension import URL
from precert.davinci.call import CrdCall
from precert.davinci.service import CrdService
from tests.support import hook_requests as requests
from tests.support.rulebooks import book, row

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from pathlib import Path

    from precert.davinci.settings import CrdSettings
    from precert.rulebook import AnyRulebook

    World = (
        Callable[[httpx2.Request], httpx2.Response]
        | Callable[[httpx2.Request], Coroutine[None, None, httpx2.Response]]
    )

Json = dict[str, Any]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOOKS = (
    "order-sign",
    "order-dispatch",
    "appointment-book",
    "order-select",
    "encounter-start",
    "encounter-discharge",
)
PRIMARY = HOOKS[:3]
PAYLOAD = (
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]"
)
RULES = book(
    row("Wheels", "K0001"),
    row("Wheels", "K0002", "not-required"),
    row("Wheels", "K0003", conditions="at-place(11); otherwise(out-of-scope)"),
    row("Wheels", "K0004", conditions="age(from=21); otherwise(not-required)"),
    row("Wheels", "K0005", "add-on"),
    row("Air", "E0470", "out-of-scope", "contact(payer, phone=800 555 0100)"),
    row("Air", "E0471", conditions="in-state(FL); otherwise(not-required)"),
    row("Air", "E0562", conditions="units-above(5, per=line); otherwise(not-required)"),
    row("Knees", "J7330", "investigational", platform="Southwind"),
    row("Knees", "L1832", conditions="for-plan(Silver)"),
    row("Knees", "L1843", conditions="with-diagnosis(G47.33); otherwise(not-required)"),
    effective_to=date(2026, 12, 31),
)
"""A list that gives every outcome, and whose answers turn on every fact that FHIR can tell."""
REQUIRED, NOT_REQUIRED, FOLLOWER, OUT_OF_SCOPE, NOT_LISTED = (
    *("K0001", "K0002", "K0005", "E0470", "A9999"),
)
OPEN = replace(
    requests.SETTINGS,
    requires_token=False,
    payers=(replace(requests.ACME, rulebook=RULES), requests.BOLT),
)
"""The settings of `hook_requests` with that list, for whoever calls."""


class Reply(NamedTuple):
    """What the service replied: the status, and the body as it came and as it reads."""

    status: int
    body: bytes
    json: Json

    @property
    def resources(self) -> list[Json]:
        """The resources of the system actions."""
        return [action["resource"] for action in self.json["systemActions"]]

    @property
    def informations(self) -> list[Json]:
        """Every coverage-information of the reply."""
        return [each for resource in self.resources for each in informations_of(resource)]


def refuse_all(request: httpx2.Request) -> httpx2.Response:
    """Fail the test: nobody else may be asked."""
    pytest.fail(f"{request.url.host} was asked")


def answering(
    rulebook: AnyRulebook | None = None,
    record: Path | None = None,
    **payer: Any,  # noqa: ANN401  (any field of Payer)
) -> CrdSettings:
    """Return settings by which that rulebook answers; `payer` tells the rest of its payer."""
    told = replace(requests.ACME, rulebook=RULES if rulebook is None else rulebook, **payer)
    return replace(OPEN, payers=(told, requests.BOLT), record=record)


def code(text: str) -> Json:
    """Return a concept of one HCPCS code."""
    return requests.concept(requests.coding(text))


def order_of(resource_type: str, text: str, logical_id: str = "o1") -> Json:
    """Return an order of that type with the billing code where the type has it."""
    concept = code(text)
    elements: dict[str, Json] = {
        "ServiceRequest": {"code": concept},
        "DeviceRequest": {"codeCodeableConcept": concept},
        "MedicationRequest": {"medicationCodeableConcept": concept},
        "NutritionOrder": {"enteralFormula": {"baseFormulaType": concept}},
        "VisionPrescription": {"lensSpecification": [{"product": concept}]},
        "CommunicationRequest": {
            "payload": [{"extension": [{"url": PAYLOAD, "valueCodeableConcept": concept}]}]
        },
    }
    return requests.order(resource_type, logical_id, **elements[resource_type])


ORDER_TYPES = (
    *("ServiceRequest", "DeviceRequest", "MedicationRequest"),
    *("NutritionOrder", "VisionPrescription", "CommunicationRequest"),
)


def asked_at(hook: str, text: str = REQUIRED, **elements: Any) -> Json:  # noqa: ANN401  (any element)
    """Return a request of the hook about one resource with that billing code."""
    order = order_of("ServiceRequest", text)
    prefetched = requests.prefetch()
    context: Json
    if hook == "order-dispatch":
        context = {"dispatchedOrders": ["ServiceRequest/o1"], "performer": "Organization/x"}
        prefetched["serviceRequests"] = requests.bundle(order)
    elif hook == "appointment-book":
        booked = {"resourceType": "Appointment", "id": "a1", "serviceType": [code(text)]}
        context = {"appointments": requests.bundle(booked)}
    elif hook.startswith("encounter"):
        context = {"encounterId": "e1"}
        prefetched["encounter"] = {
            "resourceType": "Encounter",
            "id": "e1",
            "serviceType": code(text),
        }
    else:
        context = {"draftOrders": requests.bundle(order), "selections": ["ServiceRequest/o1"]}
    return requests.asked(hook, context, **{"prefetch": prefetched, **elements})


def ask_all(
    asked: Iterable[Json | bytes],
    settings: CrdSettings = OPEN,
    world: World = refuse_all,
    service_id: str | None = None,
) -> list[Reply]:
    """Return the replies of one service to requests, one after the other.

    A request goes to the service of its hook unless `service_id` names another one.
    """

    async def all_replies() -> list[Reply]:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(world))
        service = CrdService(settings, http)
        try:
            return [await _reply(service, each, service_id) for each in asked]
        finally:
            await service.close()

    return asyncio.run(all_replies())


def ask(
    asked: Json | bytes,
    settings: CrdSettings = OPEN,
    world: World = refuse_all,
    service_id: str | None = None,
) -> Reply:
    """Return the reply to one request."""
    return ask_all([asked], settings, world, service_id)[0]


def discover(settings: CrdSettings = OPEN) -> list[Json]:
    """Return the services that discovery names."""
    call = CrdCall(None, b"", None, NOW, "test-1")
    reply = asyncio.run(CrdService(settings).discover(call))
    assert reply.status == 200
    services: list[Json] = msgspec.json.decode(reply.body)["services"]
    return services


def informations_of(resource: Json) -> list[Json]:
    """Return the coverage-informations that stand on a resource."""
    return [each for each in resource.get("extension", ()) if each["url"] == URL]


def values(information: Json, part: str) -> list[Any]:
    """Return the values of the parts of that name."""
    return [_value(each) for each in information["extension"] if each["url"] == part]


def value(information: Json, part: str) -> Any:  # noqa: ANN401  (a JSON value)
    """Return the value of the one part of that name, None where there is none."""
    found = values(information, part)
    assert len(found) <= 1, part
    return found[0] if found else None


def _value(part: Json) -> Any:  # noqa: ANN401  (a JSON value)
    return next((told for name, told in part.items() if name.startswith("value")), part)


async def _reply(service: CrdService, asked: Json | bytes, service_id: str | None) -> Reply:
    if isinstance(asked, bytes):
        body, hook = asked, "order-sign"
    else:
        body, hook = requests.body(asked), asked["hook"]
    call = CrdCall(service_id or f"precert-{hook}", body, None, NOW, "test-1")
    reply = await service.answer(call)
    return Reply(reply.status, reply.body, msgspec.json.decode(reply.body))
