"""The request of the contest: an order-sign of two orders with its prefetch, about 6 KB."""

from __future__ import annotations

import json
from typing import Any

PAYER = ("urn:example:payers", "acme-health")
CODES = ("27447", "64479")
BASE = "https://ehr.example.org/fhir"
_CPT = "http://www.ama-assn.org/go/cpt"
_SIZE = 6_000
"""Bytes of the whole request."""


def order_sign() -> bytes:
    """Return the request as JSON; narrative in the patient brings it to its size."""
    request = _request("")
    missing = _SIZE - len(json.dumps(request))
    return json.dumps(_request("x" * missing)).encode()


def _request(narrative: str) -> dict[str, Any]:
    entries = [
        {"fullUrl": f"{BASE}/ServiceRequest/order-{number}", "resource": _order(number, code)}
        for number, code in enumerate(CODES, start=1)
    ]
    return {
        "hook": "order-sign",
        "hookInstance": "6f1a8f2e-52ab-4d68-9b1c-1d8f3f0f4a11",
        "fhirServer": BASE,
        "fhirAuthorization": {
            "access_token": "not-a-real-token",
            "token_type": "Bearer",
            "expires_in": 30,
            "scope": "user/*.read",
            "subject": "precert-benchmark",
        },
        "context": {
            "userId": "Practitioner/test-practitioner",
            "patientId": "test-patient",
            "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": entries},
        },
        "prefetch": {"patient": _patient(narrative), "coverage": _coverages()},
    }


def _order(number: int, code: str) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "id": f"order-{number}",
        "status": "draft",
        "intent": "original-order",
        "code": {"coding": [{"system": _CPT, "code": code}]},
        "subject": {"reference": "Patient/test-patient"},
        "authoredOn": "2026-03-02",
        "occurrenceDateTime": "2026-03-16T09:30:00-05:00",
        "requester": {"reference": "Practitioner/test-practitioner"},
    }


def _patient(narrative: str) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": "test-patient",
        "text": {
            "status": "generated",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{narrative}</div>',
        },
        "name": [{"family": "Patient", "given": ["Test"]}],
        "gender": "female",
        "birthDate": "1960-01-01",
        "address": [{"use": "home", "state": "TX", "country": "US"}],
    }


def _coverages() -> dict[str, Any]:
    coverage = {
        "resourceType": "Coverage",
        "id": "test-coverage",
        "status": "active",
        "beneficiary": {"reference": "Patient/test-patient"},
        "payor": [{"identifier": {"system": PAYER[0], "value": PAYER[1]}}],
    }
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": coverage}]}
