"""The implementation guide's own example requests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx2
import pytest
from msgspec import structs

from precert.davinci.refused import CrdError, NoCoverage
from precert.davinci.request.fhir_client import FhirServers
from precert.davinci.request.gather import Missing, gather, gather_sent
from precert.davinci.request.hooks import read_hook_request
from precert.davinci.settings import Client, Version
from tests.support.crd_examples import crd_example
from tests.support.hook_requests import PAYERS, SETTINGS, TODAY, coverage, patient

if TYPE_CHECKING:
    from precert.davinci.focus import Gathered

EXAMPLE_CLIENT = Client(
    "https://example.org", fhir_servers=("https://example.org/some-payer/fhir/crd",)
)


def _secure(name: str) -> bytes:
    """Return an example whose server has a certificate; no token is sent to one without."""
    return crd_example(name).replace(b'"http://example.org/', b'"https://example.org/')


def _ehr(request: httpx2.Request) -> httpx2.Response:
    """Return what the server of the examples would hold; they do not show it."""
    kind, _, logical_id = request.url.path.removeprefix("/").split("/fhir/")[-1].rpartition("/")
    kind = kind.rpartition("/")[2]
    if request.url.path.endswith("/Coverage"):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": coverage(beneficiary=None)}]}
        return httpx2.Response(200, json=bundle)
    elements: dict[str, object] = {}
    if kind == "Organization":
        elements = {"identifier": [{"system": PAYERS, "value": "ACME"}]}
    elif kind == "Patient":
        elements = {**patient()}
    elif kind == "MedicationRequest":
        elements = {"medicationReference": {"reference": f"Medication/MED{logical_id[0]}"}}
    return httpx2.Response(200, json={**elements, "resourceType": kind, "id": logical_id})


def _gathered(name: str) -> Gathered:
    async def run() -> Gathered:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(_ehr)) as http:
            read = read_hook_request(_secure(name))
            return await gather(read, SETTINGS, FhirServers(http, 60), TODAY, EXAMPLE_CLIENT)

    return asyncio.run(run())


def test_order_sign() -> None:
    read = _gathered("CRDServiceRequest.json")
    contrast, oxygen = read.focuses
    assert [each.code for each in contrast.billings] == ["77061", "77062", "77065", "77066"]
    assert contrast.codings[0].code == "726551006"
    assert [each.code for each in oxygen.billings] == ["E0431"]
    assert (read.coverage.reference, read.coverage.plan) == ("Coverage/COV1", "Silver")
    assert (str(read.member.born), read.member.state) == ("1987-02-20", "OK")
    assert (read.complete, read.failed) == (False, "")


def test_order_dispatch() -> None:
    read = _gathered("CRDServiceRequest2.json")
    assert [focus.reference for focus in read.focuses] == [
        "MedicationRequest/1111",
        "MedicationRequest/2222",
    ]
    assert [focus.codings[0].code for focus in read.focuses] == ["0093-0948", "59011-410"]
    assert all(focus.billings == () for focus in read.focuses)
    request = read_hook_request(_secure("CRDServiceRequest2.json"))
    assert request.configuration()["coverage-info"] is False


def test_a_communication_and_an_appointment() -> None:
    (communication,) = _gathered("CRDServiceRequest3.json").focuses
    assert communication.codings[0].system == "http://loinc.org"
    assert (str(communication.on), communication.billings) == ("2016-06-10", ())
    (appointment,) = _gathered("CRDServiceRequest4.json").focuses
    assert (appointment.reference, appointment.on) == ("Appointment/example", None)
    request = read_hook_request(_secure("CRDServiceRequest4.json"))
    assert request.version(Version.V2_0) is Version.V2_2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("CRDServiceRequest.json", ["Organization/acme-payer"]),
        ("CRDServiceRequest3.json", ["Patient/123", "Coverage"]),
    ],
)
def test_as_they_stand_they_say_what_is_missing(name: str, wanted: list[str]) -> None:
    read = gather_sent(read_hook_request(crd_example(name)), SETTINGS, TODAY)
    assert isinstance(read, Missing)
    named = [*map(str, read.references), *(["Coverage"] if read.coverages else [])]
    assert named == wanted


@pytest.mark.parametrize("number", ["", "2", "3", "4"])
def test_without_a_trusted_client_they_get_an_error_and_no_answer(number: str) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(_ehr)) as http:
            read = read_hook_request(crd_example(f"CRDServiceRequest{number}.json"))
            await gather(read, SETTINGS, FhirServers(http, 60), TODAY, None)

    with pytest.raises(CrdError):
        asyncio.run(run())


def test_an_example_whose_payer_stays_unnamed_is_refused() -> None:
    request = read_hook_request(crd_example("CRDServiceRequest.json"))
    alone = structs.replace(request, fhir_authorization=None)
    with pytest.raises(NoCoverage):
        gather_sent(alone, SETTINGS, TODAY)
