"""An invented payer's CRD service and an invented clinic's requests to it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from precert.davinci.service import CrdService
from precert.davinci.settings_toml import read_settings
from precert.web.app import create_app
from precert.web.settings import ServeSettings
from tests.support.tokens import BASE, ISSUER, JKU, key_set, token

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette

    World = Callable[[httpx2.Request], httpx2.Response]

SIGN = "/cds-services/precert-order-sign"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
FHIR = "https://ehr.clinic.example/fhir"
MAX_BODY = 200_000

SETTINGS = f"""\
base_url = "{BASE}"
cors_origins = ["https://ehr.clinic.example"]

[[payers]]
name = "Acme Health"
rulebook = "bundled"
identifiers = [{{ system = "https://payers.example", value = "acme" }}]

[[clients]]
issuer = "{ISSUER}"
jwks = "keys.json"
jku = ["{JKU}"]
fhir_servers = ["{FHIR}"]
"""


def refuse_all(request: httpx2.Request) -> httpx2.Response:
    """Fail the test: nothing may be fetched."""
    pytest.fail(f"{request.url} was called")


def written(folder: Path, text: str = SETTINGS) -> Path:
    """Return the settings file, with the client's keys beside it."""
    (folder / "keys.json").write_bytes(key_set())
    path = folder / "crd.toml"
    path.write_text(text, encoding="utf-8")
    return path


def service_of(folder: Path, text: str = SETTINGS, answer: World = refuse_all) -> CrdService:
    """Return the service that a settings file tells of; `answer` is the rest of the world."""
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer), follow_redirects=True)
    return CrdService(read_settings(written(folder, text)), http)


def app_of(folder: Path, text: str = SETTINGS, answer: World = refuse_all) -> Starlette:
    """Return the whole app with that service, and all that stands around it."""
    settings = ServeSettings(crd=written(folder, text), max_body=MAX_BODY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("precert.web.crd.CrdService", lambda _: service_of(folder, text, answer))
        return create_app(settings)


def bearer(path: str, **told: object) -> dict[str, str]:
    """Return the headers of a call of a path with a good token; `told` changes what it claims."""
    now = int(time.time())
    given: dict[str, Any] = {"iat": now, "exp": now + 300, **told}
    return {
        "authorization": f"Bearer {token(BASE + path, **given)}",
        "content-type": "application/json",
    }


def order(number: int, code: object, system: str = CPT, **told: object) -> dict[str, Any]:
    """Return a ServiceRequest of one code; an element told as None is left out."""
    resource = {
        "resourceType": "ServiceRequest",
        "id": f"order-{number}",
        "status": "draft",
        "intent": "order",
        "code": {"coding": [{"system": system, "code": code}]},
        "subject": {"reference": "Patient/p1"},
        "authoredOn": "2026-09-01",
        "occurrenceDateTime": "2026-09-21",
        **told,
    }
    return {name: value for name, value in resource.items() if value is not None}


def coverage(**told: object) -> dict[str, Any]:
    """Return the coverage of the invented patient by the invented payer."""
    return {
        "resourceType": "Coverage",
        "id": "cov1",
        "status": "active",
        "subscriberId": "MEMBER-SENTINEL-77",
        "beneficiary": {"reference": "Patient/p1"},
        "payor": [{"identifier": {"system": "https://payers.example", "value": "acme"}}],
        **told,
    }


def bundle(*resources: object, kind: str = "searchset") -> dict[str, Any]:
    """Return a Bundle of resources."""
    entries = [{"fullUrl": f"{FHIR}/x/{n}", "resource": r} for n, r in enumerate(resources)]
    if kind == "collection":
        entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def request_of(*orders: object, **told: object) -> dict[str, Any]:
    """Return an order-sign request; `told` replaces or removes (None) what stands at its top."""
    request = {
        "hook": "order-sign",
        "hookInstance": "11111111-2222-3333-4444-555555555555",
        "context": {
            "userId": "Practitioner/dr1",
            "patientId": "p1",
            "draftOrders": bundle(*orders, kind="collection"),
        },
        "prefetch": {
            "patient": {
                "resourceType": "Patient",
                "id": "p1",
                "name": [{"family": "Patient-Sentinel", "given": ["Test"]}],
                "birthDate": "1970-01-01",
            },
            "coverage": bundle(coverage()),
        },
        "extension": {"davinci-crd.requestedVersion": "2.2"},
        **told,
    }
    return {name: value for name, value in request.items() if value is not None}


def encoded(request: object) -> bytes:
    """Return a request as the bytes of its body."""
    return json.dumps(request).encode()
