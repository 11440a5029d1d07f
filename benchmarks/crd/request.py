"""The request of the contest: an order-sign of two orders with its prefetch, about 6 KB."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from precert import load_rulebook
from precert.codes import CodeSet, code_set
from precert.model import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

PAYER = ("urn:example:payers", "acme-health")
CODES = ("27447", "64479")
BASE = "https://ehr.example.org/fhir"
_CPT = "http://www.ama-assn.org/go/cpt"
_HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
_SIZE = 6_000
"""Bytes of the whole request."""


def order_sign(codes: Sequence[str] = CODES) -> bytes:
    """Return the request as JSON; narrative in the patient brings it to its size."""
    request = _request("", codes)
    missing = _SIZE - len(json.dumps(request))
    return json.dumps(_request("x" * missing, codes)).encode()


def of_random_codes(number: int) -> list[bytes]:
    """Return so many requests, each with two codes of the bundled list drawn at random."""
    drawn = random.Random(1)  # noqa: S311 - no secret: the same codes in every run
    codes = sorted({rule.code for rule in load_rulebook().rules if isinstance(rule.code, str)})
    return [order_sign(drawn.sample(codes, len(CODES))) for _ in range(number)]


def _request(narrative: str, codes: Sequence[str]) -> dict[str, Any]:
    entries = [
        {"fullUrl": f"{BASE}/ServiceRequest/order-{number}", "resource": _order(number, code)}
        for number, code in enumerate(codes, start=1)
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
        "code": {"coding": [{"system": _system(code), "code": code}]},
        "subject": {"reference": "Patient/test-patient"},
        "authoredOn": "2026-03-02",
        "occurrenceDateTime": "2026-03-16T09:30:00-05:00",
        "requester": {"reference": "Practitioner/test-practitioner"},
    }


def _system(code: str) -> str:
    return _HCPCS if code_set(Code(code)) is CodeSet.HCPCS_II else _CPT


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
