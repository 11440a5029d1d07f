"""The guide's own four requests, answered by an app that a settings file tells of.

The examples name plain http servers; those are asked over https here, as nothing else is asked.
The payer and the dispatched orders stand in no prefetch, so they are asked of the clinic's server,
which is invented.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.support.asgi import call
from tests.support.crd_calls import SETTINGS, app_of, bearer
from tests.support.crd_examples import crd_example

if TYPE_CHECKING:
    from pathlib import Path

SERVER = "https://example.org/some-payer/fhir/crd"
HOME = "https://example.org/someEHR/fhir"
EXTENSION = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"
ACME = {"system": "https://payers.example", "value": "acme"}
TEXT = SETTINGS.replace("fhir_servers = [", f'fhir_servers = ["{SERVER}", "{HOME}", ')
RESOURCES: dict[str, dict[str, Any]] = {
    "Organization/acme-payer": {
        "resourceType": "Organization",
        "id": "acme-payer",
        "identifier": [ACME],
    },
    "Patient/123": {"resourceType": "Patient", "id": "123", "birthDate": "1970-01-01"},
    "Encounter/987": {"resourceType": "Encounter", "id": "987", "status": "in-progress"},
    **{
        f"MedicationRequest/{number}": {
            "resourceType": "MedicationRequest",
            "id": number,
            "status": "draft",
            "subject": {"reference": "Patient/123"},
        }
        for number in ("1111", "2222")
    },
    "Coverage": {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [
            {
                "resource": {
                    "resourceType": "Coverage",
                    "id": "cov-invented",
                    "status": "active",
                    "beneficiary": {"reference": "Patient/123"},
                    "payor": [{"reference": "Organization/acme-payer"}],
                }
            }
        ],
    },
}


def clinic(request: httpx2.Request) -> httpx2.Response:
    assert request.headers["authorization"] == "Bearer some-opaque-fhir-access-token"
    for base in (SERVER, HOME):
        path = str(request.url.copy_with(query=None)).removeprefix(f"{base}/")
        if path in RESOURCES:
            return httpx2.Response(200, json=RESOURCES[path])
    return httpx2.Response(404)


def answered(folder: Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an example and what the app answers it."""
    body = crd_example(name).replace(b"http://example.org/", b"https://example.org/")
    request = json.loads(body)
    path = f"/cds-services/precert-{request['hook']}"
    app = app_of(folder, TEXT, clinic)
    reply = call(app, "POST", path, body, bearer(path))
    assert reply.status == 200, reply.body
    response: dict[str, Any] = json.loads(reply.body)
    assert response["cards"] == []
    return request, response


def said(resource: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the coverage-information of a resource, each by the names of its parts."""
    return [
        {part["url"]: part for part in extension["extension"]}
        for extension in resource["extension"]
        if extension["url"] == EXTENSION
    ]


def drafted(request: dict[str, Any], where: str) -> dict[str, dict[str, Any]]:
    """Return the resources of a request's context by their ids."""
    return {e["resource"]["id"]: e["resource"] for e in request["context"][where]["entry"]}


def test_the_first_example_is_answered_code_by_code(tmp_path: Path) -> None:
    """Four billing options of one order, each said by itself; and nothing else is changed."""
    request, response = answered(tmp_path, "CRDServiceRequest.json")
    actions = {a["resource"]["id"]: a["resource"] for a in response["systemActions"]}
    assert set(actions) == {"1357", "2468"}
    codes = [each["billingCode"]["valueCoding"]["code"] for each in said(actions["1357"])]
    assert codes == ["77061", "77062", "77065", "77066"]
    assert (
        len({each["coverage-assertion-id"]["valueString"] for each in said(actions["1357"])}) == 1
    )
    for resource_id, sent in drafted(request, "draftOrders").items():
        extensions = actions[resource_id].pop("extension")
        assert all(extension["url"] == EXTENSION for extension in extensions)
        assert actions[resource_id] == sent


def test_the_second_example_wants_no_coverage_information(tmp_path: Path) -> None:
    _, response = answered(tmp_path, "CRDServiceRequest2.json")
    assert response["systemActions"] == []


@pytest.mark.parametrize(
    ("name", "where"),
    [("CRDServiceRequest3.json", "draftOrders"), ("CRDServiceRequest4.json", "appointments")],
)
def test_an_example_without_prefetch_and_billing_code_is_conditional(
    tmp_path: Path, name: str, where: str
) -> None:
    """What is no code of a list is said to be none: never that no authorization is needed."""
    request, response = answered(tmp_path, name)
    (action,) = response["systemActions"]
    assert action["type"] == "update"
    (each,) = said(action["resource"])
    assert each["coverage"]["valueReference"]["reference"] == "Coverage/cov-invented"
    assert each["pa-needed"]["valueCode"] == "conditional"
    assert "info-needed" in each
    assert each["reason"]["valueCodeableConcept"]["text"]
    sent = drafted(request, where)[action["resource"]["id"]]
    kept = [e for e in action["resource"].pop("extension") if e["url"] != EXTENSION]
    assert kept == sent.pop("extension", [])
    assert action["resource"] == sent
