"""Invented CDS Hooks requests: Python values in, the bytes that a client would send out."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from precert.davinci.settings import Client, CrdSettings, Payer
from tests.support.rulebooks import book, row

Json = dict[str, Any]

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
PLACES = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
PAYERS = "urn:example:payers"
SERVER = "https://ehr.example/fhir"
TOKEN = "invented-token"  # noqa: S105 - invented
TODAY = date(2026, 3, 2)

ACME = Payer(
    "Acme Health",
    frozenset({(PAYERS, "ACME"), (PAYERS, "ACME-OLD")}),
    book(row("Wheels", "E0601")),
    plans={"gold": "Silver", "tin": "Bronze"},
    client_managed={"works": True},
)
BOLT = Payer("Bolt Mutual", frozenset({(PAYERS, "BOLT")}), ACME.rulebook)
CLIENT = Client("https://ehr.example", fhir_servers=(f"{SERVER}/",))
SETTINGS = CrdSettings("https://crd.example", (ACME, BOLT), (CLIENT,))


def coding(code: str, system: str = HCPCS) -> Json:
    """Return a coding."""
    return {"system": system, "code": code}


def concept(*codings: Json, options: tuple[Json, ...] = ()) -> Json:
    """Return a concept; `options` are codings that it may be billed as."""
    url = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options"
    extensions = [{"url": url, "valueCodeableConcept": {"coding": [option]}} for option in options]
    return {"coding": list(codings), **({"extension": extensions} if extensions else {})}


def order(
    resource_type: str = "ServiceRequest",
    logical_id: str | None = "o1",
    **elements: Any,  # noqa: ANN401  (any element)
) -> Json:
    """Return an order; a ServiceRequest without a code is for E0601."""
    if resource_type == "ServiceRequest":
        elements.setdefault("code", concept(coding("E0601")))
    named = {} if logical_id is None else {"id": logical_id}
    return {"resourceType": resource_type, **named, "status": "draft", **elements}


def coverage(logical_id: str = "c1", payer: str = "ACME", **elements: Any) -> Json:  # noqa: ANN401  (any element)
    """Return an active coverage of a payer that is named by its identifier."""
    named = {
        "resourceType": "Coverage",
        "id": logical_id,
        "status": "active",
        "beneficiary": {"reference": "Patient/p1"},
        "payor": [{"identifier": {"system": PAYERS, "value": payer}}],
    }
    return {**named, **elements}


def patient(**elements: Any) -> Json:  # noqa: ANN401  (any element)
    """Return the patient of all requests."""
    name = [{"text": "Test Patient One"}]
    return {"resourceType": "Patient", "id": "p1", "name": name, **elements}


def bundle(*resources: Json | None, base: str | None = None, **elements: Any) -> Json:  # noqa: ANN401  (any element)
    """Return a Bundle of resources; with `base`, their full addresses are there."""
    entries = []
    for resource in resources:
        entry: Json = {"resource": resource}
        if base is not None and resource is not None:
            entry["fullUrl"] = f"{base}/{resource['resourceType']}/{resource['id']}"
        entries.append(entry)
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **elements}


def prefetch(*coverages: Json) -> Json:
    """Return the patient and the coverages, by default the one of the usual payer."""
    return {"patient": patient(), "coverage": bundle(*(coverages or (coverage(),)))}


def sign(*orders: Json | None, **elements: Any) -> Json:  # noqa: ANN401  (any element)
    """Return an order-sign request, by default of one order, with its prefetch."""
    context = {"draftOrders": bundle(*(orders or (order(),)))}
    return {**asked("order-sign", context), **elements}


def asked(hook: str, context: Json, **elements: Any) -> Json:  # noqa: ANN401  (any element)
    """Return a request of any hook for the usual patient."""
    usual = {
        "hook": hook,
        "hookInstance": "00000000-0000-4000-8000-000000000001",
        "context": {"userId": "Practitioner/d1", "patientId": "p1", **context},
        "prefetch": prefetch(),
    }
    return {**usual, **elements}


def queryable(request: Json) -> Json:
    """Return the request with a server and a token by which it may be queried."""
    token = {
        "access_token": TOKEN,
        "token_type": "Bearer",
        "expires_in": 30,
        "scope": "user/*.read",
    }
    return {**request, "fhirServer": SERVER, "fhirAuthorization": token}


def body(request: object) -> bytes:
    """Return the request's bytes."""
    return msgspec.json.encode(request)
