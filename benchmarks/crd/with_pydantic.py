"""The same decision as an integrator would serve it: FastAPI, pydantic models, `determine`.

Its models hold what a decision needs and let everything else pass, its answer is the whole resource
with the extension added, in one version, without an assertion that can be verified, without other
resource types, tokens, query back or any of the errors of the contract.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from benchmarks.crd.request import PAYER
from precert import Order, OrderLine, determine, load_rulebook

EXTENSION = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"
_NEEDED = {"auth-needed": "auth-needed", "follows-primary": "auth-needed", "no-auth": "no-auth"}

app = FastAPI(openapi_url=None)
rulebook = load_rulebook()


class Open(BaseModel):
    """A model that keeps what it does not name."""

    model_config = ConfigDict(extra="allow")


class Coding(Open):
    """A FHIR Coding."""

    system: str | None = None
    code: str | None = None


class Concept(Open):
    """A FHIR CodeableConcept."""

    coding: list[Coding] = []
    text: str | None = None


class Reference(Open):
    """A FHIR Reference."""

    reference: str | None = None
    identifier: dict[str, Any] | None = None


class Resource(Open):
    """Any FHIR resource."""

    resourceType: str  # noqa: N815 - FHIR's name
    id: str | None = None


class ServiceRequest(Resource):
    """A FHIR ServiceRequest."""

    status: str
    intent: str
    code: Concept
    subject: Reference
    occurrenceDateTime: datetime | None = None  # noqa: N815 - FHIR's name
    extension: list[dict[str, Any]] = []


class Coverage(Resource):
    """A FHIR Coverage."""

    payor: list[Reference] = []


class OrderEntry(Open):
    """An entry of the bundle of draft orders."""

    resource: ServiceRequest


class Orders(Resource):
    """The bundle of draft orders."""

    entry: list[OrderEntry]


class CoverageEntry(Open):
    """An entry of the bundle of coverages."""

    resource: Coverage


class Coverages(Resource):
    """The bundle of coverages."""

    entry: list[CoverageEntry]


class Context(Open):
    """The context of order-sign."""

    userId: str  # noqa: N815 - FHIR's name
    patientId: str  # noqa: N815 - FHIR's name
    draftOrders: Orders  # noqa: N815 - FHIR's name


class Prefetch(Open):
    """What the client sends along."""

    patient: Resource
    coverage: Coverages


class HookRequest(Open):
    """A CDS Hooks request."""

    hook: str
    hookInstance: str  # noqa: N815 - FHIR's name
    context: Context
    prefetch: Prefetch


class SystemAction(BaseModel):
    """An update of a resource."""

    type: str
    description: str
    resource: ServiceRequest


class HookReply(BaseModel):
    """A CDS Hooks response."""

    cards: list[dict[str, Any]]
    systemActions: list[SystemAction]  # noqa: N815 - FHIR's name


@app.post("/cds-services/order-sign")
def order_sign(request: HookRequest) -> HookReply:
    """Return the orders with what the rulebook says of each."""
    coverage = request.prefetch.coverage.entry[0].resource
    payer = coverage.payor[0].identifier or {}
    if (payer.get("system"), payer.get("value")) != PAYER:
        return HookReply(cards=[], systemActions=[])
    orders = [entry.resource for entry in request.context.draftOrders.entry]
    answer = determine(rulebook, Order(tuple(map(_line, orders)), complete=True))
    today = datetime.now(UTC).date().isoformat()
    for order, line in zip(orders, answer.determinations, strict=True):
        needed = _NEEDED.get(line.outcome.value, "conditional")
        told = [
            {"url": "coverage", "valueReference": {"reference": f"Coverage/{coverage.id}"}},
            {"url": "covered", "valueCode": "conditional"},
            {"url": "pa-needed", "valueCode": needed},
            {"url": "info-needed", "valueCode": "OTH"},
            {"url": "reason", "valueCodeableConcept": {"text": line.platform or line.outcome}},
            {"url": "date", "valueDate": today},
            {"url": "coverage-assertion-id", "valueString": f"{line.rulebook}/{line.line}"},
        ]
        order.extension.append({"url": EXTENSION, "extension": told})
    return HookReply(
        cards=[],
        systemActions=[
            SystemAction(type="update", description="Add coverage information", resource=order)
            for order in orders
        ],
    )


def _line(order: ServiceRequest) -> OrderLine:
    day = (order.occurrenceDateTime or datetime.now(UTC)).date()
    return OrderLine(order.code.coding[0].code or "", day)  # type: ignore[arg-type]  # it parses
