"""Querying the client's server back: what is asked, of whom, and what becomes of a failure."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx2
import pytest

from precert.davinci.refused import CrdError, ForeignPayer, NoCoverage, NoPrefetch
from precert.davinci.request.fhir_client import FhirServers, server_of
from precert.davinci.request.gather import gather
from precert.davinci.request.hooks import read_hook_request
from precert.davinci.settings import Client
from tests.support.hook_requests import (
    CLIENT,
    PAYERS,
    SERVER,
    SETTINGS,
    TODAY,
    TOKEN,
    Json,
    asked,
    body,
    bundle,
    coding,
    concept,
    coverage,
    order,
    patient,
    prefetch,
    queryable,
    sign,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.davinci.focus import Gathered

AIR = concept(coding("E0601"))
COVERAGES = "/fhir/Coverage?patient=p1&status=active"
ORGANIZATION = {
    "resourceType": "Organization",
    "id": "z1",
    "identifier": [{"system": PAYERS, "value": "ACME"}],
}
BY_REFERENCE = coverage(payor=[{"reference": "Organization/z1"}])


class Ehr:
    """An invented FHIR server: what stands under its paths, and what was asked of it."""

    def __init__(self, **told: object) -> None:
        self.answers: dict[str, object] = {
            "/fhir/Patient/p1": patient(birthDate="1980-02-29"),
            COVERAGES: bundle(coverage()),
            **told,
        }
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert TOKEN not in str(request.url)
        path = request.url.raw_path.decode()
        self.asked.append(path if request.url.host == "ehr.example" else str(request.url))
        answer = self.answers.get(path)
        if isinstance(answer, httpx2.Response):
            return answer
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(404) if answer is None else httpx2.Response(200, json=answer)


def gathered(
    request: Json,
    ehr: Callable[[httpx2.Request], httpx2.Response],
    client: Client | None = CLIENT,
    seconds: float = 60,
) -> Gathered:
    async def run() -> Gathered:
        transport = httpx2.MockTransport(ehr)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=True) as http:
            servers = FhirServers(http, seconds)
            read = read_hook_request(body(request))
            return await gather(read, SETTINGS, servers, TODAY, client)

    return asyncio.run(run())


def bare(*orders: Json) -> Json:
    """Return an order-sign request with nothing prefetched."""
    return queryable(sign(*orders, prefetch=None))


def test_what_came_along_is_not_queried() -> None:
    ehr = Ehr()
    assert gathered(queryable(sign()), ehr).coverage.payer.name == "Acme Health"
    assert ehr.asked == []


def test_patient_and_coverage_are_queried() -> None:
    ehr = Ehr()
    read = gathered(bare(), ehr)
    assert (read.coverage.reference, str(read.member.born)) == ("Coverage/c1", "1980-02-29")
    assert sorted(ehr.asked) == [COVERAGES, "/fhir/Patient/p1"]
    assert (read.complete, read.failed) == (True, "")


def test_each_round_asks_for_what_the_last_one_named() -> None:
    draft = order("MedicationRequest", medicationReference={"reference": "Medication/m1"})
    drug = {"resourceType": "Medication", "id": "m1", "code": AIR}
    ehr = Ehr(
        **{
            COVERAGES: bundle(BY_REFERENCE, base=SERVER),
            "/fhir/Organization/z1": ORGANIZATION,
            "/fhir/MedicationRequest/o1": draft,
            "/fhir/Medication/m1": drug,
        }
    )
    request = queryable(asked("order-dispatch", {"order": "MedicationRequest/o1"}, prefetch=None))
    read = gathered(request, ehr)
    assert [billing.code for billing in read.focuses[0].billings] == ["E0601"]
    assert read.coverage.payer.name == "Acme Health"
    assert len(ehr.asked) == len(set(ehr.asked)) == 5


def test_an_order_that_was_queried_is_kept_as_it_came() -> None:
    raw = b' {"resourceType":"ServiceRequest", "id":"o1" ,"x":1e2}\n'
    ehr = Ehr(**{"/fhir/ServiceRequest/o1": httpx2.Response(200, content=raw)})
    request = queryable(asked("order-dispatch", {"order": "ServiceRequest/o1"}))
    assert gathered(request, ehr).focuses[0].raw == raw.strip()


def test_nothing_ends_a_query_but_the_span_of_time_of_the_settings() -> None:
    limits: list[dict[str, float | None]] = []

    def ehr(request: httpx2.Request) -> httpx2.Response:
        limits.append(request.extensions["timeout"])
        return Ehr()(request)

    gathered(bare(), ehr, seconds=10)
    assert limits
    assert all(limit is None for each in limits for limit in each.values())


def test_a_token_goes_to_no_other_server_of_its_client() -> None:
    other = "https://other.example/fhir"
    both = replace(CLIENT, fhir_servers=(SERVER, other))
    ehr = Ehr(**{"/fhir/ServiceRequest/o1": order()})
    request = queryable(asked("order-dispatch", {"order": f"{other}/ServiceRequest/o1"}))
    with pytest.raises(NoPrefetch):
        gathered(request, ehr, both)
    assert ehr.asked == []
    request = queryable(asked("order-dispatch", {"order": f"{SERVER}/ServiceRequest/o1"}))
    assert gathered(request, ehr, both).focuses[0].reference == "ServiceRequest/o1"
    assert ehr.asked == ["/fhir/ServiceRequest/o1"]


@pytest.mark.parametrize(
    ("server", "named", "may"),
    [
        (SERVER, (SERVER,), True),
        (SERVER + "/", (SERVER,), True),
        (SERVER, (SERVER + "/",), True),
        (SERVER, (), False),
        (SERVER, ("https://other.example/fhir",), False),
        (SERVER + "/more", (SERVER,), False),
        ("https://ehr.example.evil.example/fhir", (SERVER,), False),
        ("https://user@ehr.example/fhir", ("https://user@ehr.example/fhir",), False),
        ("http://ehr.example/fhir", ("http://ehr.example/fhir",), False),
        ("http://127.0.0.1:8080/fhir", ("http://127.0.0.1:8080/fhir",), True),
        ("http://[::1]:8080/fhir", ("http://[::1]:8080/fhir",), True),
        ("http://localhost/fhir", ("http://localhost/fhir",), True),
        ("http://localhost/fhir", (), False),
        ("http://localhost.evil.example/fhir", ("http://localhost.evil.example/fhir",), False),
        ("http://169.254.169.254/fhir", ("http://169.254.169.254/fhir",), False),
        ("file:///fhir", ("file:///fhir",), False),
        ("https://ehr.example/fhir?x", ("https://ehr.example/fhir?x",), False),
        ("", ("",), False),
    ],
)
def test_which_servers_may_be_queried(server: str, named: tuple[str, ...], *, may: bool) -> None:
    request = read_hook_request(body({**queryable(sign()), "fhirServer": server}))
    told = server_of(request, Client("https://ehr.example", fhir_servers=named))
    assert (told is not None) == may
    assert TOKEN not in repr(told)


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        {},
        {"access_token": None},
        {"access_token": ""},
        {"access_token": "a b"},
        {"access_token": "a\r\nX-Other: b"},
        {"access_token": "t\u00f6ken"},
        {"access_token": TOKEN, "token_type": "MAC"},
    ],
)
def test_a_token_that_no_header_can_carry_is_none(authorization: Json | None) -> None:
    request = {**queryable(sign(prefetch=None)), "fhirAuthorization": authorization}
    assert server_of(read_hook_request(body(request)), CLIENT) is None
    ehr = Ehr()
    with pytest.raises(NoPrefetch):
        gathered(request, ehr)
    assert ehr.asked == []


def test_without_a_trusted_client_nothing_is_queried() -> None:
    ehr = Ehr()
    with pytest.raises(NoPrefetch):
        gathered(bare(), ehr, None)
    assert gathered(queryable(sign()), ehr, None).failed == ""
    assert ehr.asked == []


DEVICE = {"resourceType": "Device", "id": "d1", "type": AIR}
FAILURES = {
    "redirect": httpx2.Response(302, headers={"location": f"{SERVER}/Device/d2"}),
    "refused": httpx2.Response(403),
    "error": httpx2.Response(500, json={"resourceType": "OperationOutcome"}),
    "no json": httpx2.Response(200, content=b"<html>"),
    "cut": httpx2.Response(200, content=b'{"resourceType":"Device"'),
    "no utf-8": httpx2.Response(200, content=b'{"resourceType":"Device","id":"d1","x":"\xff"}'),
    "deep": httpx2.Response(200, content=b"[" * 100_000),
    "other": httpx2.Response(200, json={"resourceType": "Device", "id": "d2"}),
    "other type": httpx2.Response(200, json={"resourceType": "Patient", "id": "d1"}),
    "outcome": httpx2.Response(200, json={"resourceType": "OperationOutcome"}),
    "large": httpx2.Response(200, json={**DEVICE, "x": "x" * 2_000_000}),
    "packed": httpx2.Response(
        200, content=gzip.compress(b"{}"), headers={"content-encoding": "gzip"}
    ),
    "unreachable": httpx2.ConnectError("no route to 10.0.0.1"),
    "slow": httpx2.ReadTimeout("too slow"),
    "odd": httpx2.RemoteProtocolError("odd"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_product_that_cannot_be_had_is_said_and_the_order_answered(kind: str) -> None:
    draft = order("DeviceRequest", codeReference={"reference": "Device/d1"})
    whole = {"resourceType": "Device", "id": "d2", "type": AIR}
    ehr = Ehr(**{"/fhir/Device/d1": FAILURES[kind], "/fhir/Device/d2": whole})
    read = gathered(queryable(sign(draft, order())), ehr)
    assert [len(focus.billings) for focus in read.focuses] == [0, 1]
    assert read.failed.startswith("Device: ")
    assert read.complete is False
    assert ehr.asked == ["/fhir/Device/d1"]
    for secret in (TOKEN, "d1", "10.0.0.1", "ehr.example"):
        assert secret not in read.failed


def test_a_product_that_is_not_there_is_no_failure() -> None:
    draft = order("DeviceRequest", codeReference={"reference": "Device/d1"})
    for status in (404, 410):
        ehr = Ehr(**{"/fhir/Device/d1": httpx2.Response(status)})
        read = gathered(queryable(sign(draft)), ehr)
        assert (read.failed, read.complete) == ("", False)


@pytest.mark.parametrize("kind", FAILURES)
def test_a_coverage_that_cannot_be_had_leaves_nothing_to_answer(kind: str) -> None:
    failure = FAILURES[kind]
    ehr = Ehr(**{COVERAGES: failure})
    with pytest.raises(NoPrefetch) as raised:
        gathered(bare(), ehr)
    assert "ehr.example" not in str(raised.value)


@pytest.mark.parametrize(
    ("found", "error"),
    [
        (bundle(), NoCoverage),
        (bundle(coverage(status="draft")), NoCoverage),
        (bundle(coverage(), coverage("c2")), NoCoverage),
        (bundle(coverage(payer="STRANGER")), ForeignPayer),
        (bundle(BY_REFERENCE), NoCoverage),
    ],
)
def test_what_the_coverages_that_were_queried_say(found: Json, error: type[CrdError]) -> None:
    with pytest.raises(error):
        gathered(bare(), Ehr(**{COVERAGES: found}))


def test_a_payer_that_cannot_be_had_never_matches() -> None:
    told = {COVERAGES: bundle(BY_REFERENCE), "/fhir/Organization/z1": httpx2.Response(500)}
    with pytest.raises(NoPrefetch, match="status 500"):
        gathered(bare(), Ehr(**told))


def test_a_patient_that_cannot_be_had_is_not_told() -> None:
    read = gathered(bare(), Ehr(**{"/fhir/Patient/p1": httpx2.Response(503)}))
    assert (read.member.born, read.failed) == (None, "Patient: status 503")


def _page(address: str, *coverages: Json) -> Json:
    return bundle(*coverages, link=[{"relation": "next", "url": address}])


@pytest.mark.parametrize("address", [f"{SERVER}?page=2", f"{SERVER}/Coverage?page=2"])
def test_all_pages_are_read(address: str) -> None:
    told = {
        COVERAGES: _page(address),
        address.removeprefix("https://ehr.example"): bundle(coverage()),
    }
    assert gathered(bare(), Ehr(**told)).coverage.reference == "Coverage/c1"


def test_a_coverage_on_the_second_page_of_the_prefetch_is_not_overlooked() -> None:
    second = coverage("c2", "BOLT")
    cut = {**prefetch(), "coverage": _page(f"{SERVER}?page=2", coverage())}
    with pytest.raises(NoCoverage):
        gathered(queryable(sign(prefetch=cut)), Ehr(**{COVERAGES: bundle(coverage(), second)}))


def test_a_prefetch_of_coverages_that_is_cut_and_not_made_whole_leaves_nothing_to_answer() -> None:
    cut = {**prefetch(), "coverage": _page(f"{SERVER}?page=2", coverage())}
    with pytest.raises(NoPrefetch, match="status 500"):
        gathered(queryable(sign(prefetch=cut)), Ehr(**{COVERAGES: httpx2.Response(500)}))


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/fhir?page=2",
        "http://ehr.example/fhir?page=2",
        "https://ehr.example:8443/fhir?page=2",
        "https://ehr.example@evil.example/fhir?page=2",
        "https://user@ehr.example/fhir?page=2",
        "https://ehr.example/admin?page=2",
        "https://ehr.example/fhirs?page=2",
        "https://ehr.example/fhir/../admin",
        "https://ehr.example/fhir/%2e%2e/admin",
        "/fhir?page=2",
        "https://[",
    ],
)
def test_a_next_page_elsewhere_is_not_asked(address: str) -> None:
    ehr = Ehr(**{COVERAGES: _page(address, coverage())})
    with pytest.raises(NoPrefetch):
        gathered(bare(), ehr)
    assert sorted(ehr.asked) == [COVERAGES, "/fhir/Patient/p1"]


def test_pages_without_end_are_given_up() -> None:
    ehr = Ehr(**{COVERAGES: _page(f"{SERVER}/Coverage?patient=p1&status=active")})
    with pytest.raises(NoPrefetch, match="pages"):
        gathered(bare(), ehr)
    assert ehr.asked.count(COVERAGES) == 5


def test_so_many_queries_and_no_more() -> None:
    drafts = [
        order("DeviceRequest", f"o{n}", codeReference={"reference": f"Device/d{n}"})
        for n in range(60)
    ]
    ehr = Ehr()
    read = gathered(queryable(sign(*drafts)), ehr)
    assert (len(ehr.asked), len(read.focuses)) == (32, 60)
    assert read.failed == "Device: more than 40 queries"


def test_what_every_answer_needs_is_asked_before_many_orders() -> None:
    """Coverage, patient and, in a second round, the payer: orders do not use up their part."""
    ehr = Ehr(
        **{
            COVERAGES: bundle(BY_REFERENCE, base=SERVER),
            "/fhir/Organization/z1": ORGANIZATION,
            **{f"/fhir/ServiceRequest/o{n}": order(logical_id=f"o{n}") for n in range(60)},
        }
    )
    names = [f"ServiceRequest/o{n}" for n in range(60)]
    request = queryable(asked("order-dispatch", {"dispatchedOrders": names}, prefetch=None))
    read = gathered(request, ehr)
    assert ehr.asked[:2] == [COVERAGES, "/fhir/Patient/p1"]
    assert read.coverage.payer.name == "Acme Health"
    assert len(read.focuses) == 40 - 2 - 8
    assert read.failed == "ServiceRequest: more than 40 queries"


def test_an_id_that_would_change_the_address_is_not_asked() -> None:
    request = bare()
    request["context"]["patientId"] = "p1&status=cancelled"
    ehr = Ehr()
    with pytest.raises(NoPrefetch):
        gathered(request, ehr)
    assert ehr.asked == []


def test_all_queries_together_have_the_time() -> None:
    """A server that never answers: the test ends because the time does, whatever it is."""

    async def silent(_: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def run() -> Gathered:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(silent)) as http:
            draft = order("DeviceRequest", codeReference={"reference": "Device/d1"})
            read = read_hook_request(body(queryable(sign(draft))))
            return await gather(read, SETTINGS, FhirServers(http, 0.01), TODAY, CLIENT)

    assert asyncio.run(run()).failed == "Device: no answer within 0.01 seconds"


def test_cookies_of_a_server_are_not_kept() -> None:
    answer = httpx2.Response(200, json=bundle(coverage()), headers={"set-cookie": "session=1"})
    ehr = Ehr(**{COVERAGES: answer})

    async def run() -> int:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(ehr)) as http:
            read = read_hook_request(body(bare()))
            await gather(read, SETTINGS, FhirServers(http, 60), TODAY, CLIENT)
            return len(http.cookies)

    assert asyncio.run(run()) == 0


def test_an_encounter_that_is_queried() -> None:
    stay = {"resourceType": "Encounter", "id": "e1", "serviceType": AIR}
    ehr = Ehr(**{"/fhir/Encounter/e1": stay})
    request = queryable(asked("encounter-start", {"encounterId": "e1"}))
    assert gathered(request, ehr).focuses[0].reference == "Encounter/e1"
    with pytest.raises(NoPrefetch, match="Encounter"):
        gathered(request, Ehr())


def test_an_appointment_whose_order_cannot_be_had_is_asked_itself() -> None:
    booked = {
        "resourceType": "Appointment",
        "id": "a1",
        "basedOn": [{"reference": "ServiceRequest/o1"}],
    }
    request = queryable(asked("appointment-book", {"appointments": bundle(booked)}))
    read = gathered(request, Ehr(**{"/fhir/ServiceRequest/o1": httpx2.Response(500)}))
    assert [(focus.reference, focus.asked) for focus in read.focuses] == [("Appointment/a1", True)]
    assert read.failed == "ServiceRequest: status 500"
    read = gathered(request, Ehr(**{"/fhir/ServiceRequest/o1": order()}))
    assert [focus.asked for focus in read.focuses] == [False, True]


def test_nothing_of_the_answer_reaches_an_error() -> None:
    broken = {"resourceType": "Bundle", "entry": [{"resource": {**coverage(), "period": "Secret"}}]}
    with pytest.raises(CrdError) as raised:
        gathered(bare(), Ehr(**{COVERAGES: broken}))
    assert "Secret" not in str(raised.value)
