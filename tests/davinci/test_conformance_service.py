"""Errors, queries back, time, the record and secrets: how the whole service behaves."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from precert.davinci.answer.assertion_check import check_assertion
from precert.davinci.call import CrdCall
from precert.davinci.service import CrdService
from precert.davinci.settings import CrdSettings, Version
from tests.davinci.invariants import faults
from tests.support import hook_requests as requests
from tests.support.crd_asking import (
    HOOKS,
    NOT_LISTED,
    NOT_REQUIRED,
    NOW,
    OPEN,
    REQUIRED,
    RULES,
    Reply,
    answering,
    ask,
    ask_all,
    asked_at,
    code,
    value,
    values,
)
from tests.support.tokens import claims, ec_key, key_set, token

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.crd_asking import World

Json = dict[str, Any]

SECRETS = ("Sentinel", "sentinel-token", "p1-sentinel", "1961-07-07")
NO_PREFETCH = {"prefetch": None}


# --- a client that is trusted, and its server -----------------------------------------------------


class Clinic:
    """The client's FHIR server: its resources by path, or how it fails, and who was asked what."""

    def __init__(self, fails: httpx2.Response | Exception | None = None, **has: Json) -> None:
        self.fails, self.has = fails, has
        self.asked: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        found = self.has.get(request.url.path.removeprefix("/fhir/").replace("/", "_"))
        if found is not None:
            return httpx2.Response(200, json=found)
        if isinstance(self.fails, Exception):
            raise self.fails
        return self.fails or httpx2.Response(404)


def trusted(folder: Path, **changes: Any) -> CrdSettings:  # noqa: ANN401  (any field)
    """Return settings that trust one client, whose server may be asked."""
    (folder / "keys.json").write_bytes(key_set())
    client = replace(requests.CLIENT, issuer=claims("")["iss"], jwks=folder / "keys.json")
    return replace(OPEN, requires_token=True, clients=(client,), **changes)


def ask_as_client(request: Json, settings: CrdSettings, world: World) -> Reply:
    """Return the reply to a request of the client that is trusted."""

    async def reply() -> Reply:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(world))
        service = CrdService(settings, http)
        name = f"precert-{request['hook']}"
        signed = token(
            f"{settings.base_url}/cds-services/{name}",
            ec_key(),
            iat=int(NOW.timestamp()),
            exp=int(NOW.timestamp()) + 300,
        )
        call = CrdCall(name, requests.body(request), f"Bearer {signed}", NOW, "test-1")
        told = await service.answer(call)
        await service.close()
        return Reply(told.status, told.body, json.loads(told.body))

    return asyncio.run(reply())


def device_request() -> Json:
    """Return a request whose code has to be asked of the client's server."""
    order = requests.order("DeviceRequest", codeReference={"reference": "Device/d1"})
    return requests.queryable(requests.sign(order))


DEVICE = {"resourceType": "Device", "id": "d1", "type": code(REQUIRED)}


# --- errors ---------------------------------------------------------------------------------------

MEMBER = requests.patient()
NO_PAYER = requests.coverage(payor=[{"display": "Acme Health"}])
ERRORS: list[tuple[str, Json | bytes, int]] = [
    ("no JSON", b"{", 400),
    ("no object", b"[]", 400),
    ("no hook request", b'{"hook": 7}', 400),
    ("no context", requests.sign(context={}), 400),
    ("an order that is no FHIR", requests.sign(requests.order(code=[7])), 400),
    ("no coverage", requests.sign(prefetch={"coverage": requests.bundle()}), 400),
    (
        "several",
        requests.sign(
            prefetch=requests.prefetch(requests.coverage(), requests.coverage("c2", "BOLT"))
        ),
        400,
    ),
    ("no payer", requests.sign(prefetch=requests.prefetch(NO_PAYER)), 400),
    (
        "another payer",
        requests.sign(prefetch=requests.prefetch(requests.coverage(payer="STRANGER"))),
        400,
    ),
    ("nothing prefetched", requests.sign(prefetch=None), 412),
]


@pytest.mark.parametrize(
    ("request_", "status"), [each[1:] for each in ERRORS], ids=[each[0] for each in ERRORS]
)
def test_an_error_is_a_status_with_an_operation_outcome(
    request_: Json | bytes, status: int
) -> None:
    reply = ask(request_)
    assert reply.status == status
    assert reply.json["resourceType"] == "OperationOutcome"
    (issue,) = reply.json["issue"]
    assert issue["severity"] == "error"
    assert issue["code"]
    assert issue["diagnostics"]


def test_a_service_that_is_none_is_an_error_too() -> None:
    reply = ask(asked_at("order-sign"), service_id="precert-unheard-of")
    assert (reply.status, reply.json["resourceType"]) == (404, "OperationOutcome")


def test_what_is_thin_is_never_412() -> None:
    """All was sent, and it holds next to nothing: that is an answer, not a missing prefetch."""
    for prefetch in (requests.prefetch(), {"coverage": requests.coverage()}):
        reply = ask(requests.sign(requests.order(code={}), prefetch=prefetch))
        assert reply.status == 200
        assert value(reply.informations[0], "pa-needed") == "conditional"


# --- queries back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS)
def test_what_was_not_prefetched_is_asked_of_the_client(hook: str, tmp_path: Path) -> None:
    whole = asked_at(hook)
    has = {
        "Patient_p1": requests.patient(),
        "Coverage": requests.bundle(requests.coverage()),
        "ServiceRequest_o1": requests.order(code=code(REQUIRED)),
        "Encounter_e1": whole["prefetch"].get("encounter", {}),
    }
    clinic = Clinic(**has)
    request = requests.queryable({**whole, "prefetch": None})
    reply = ask_as_client(request, trusted(tmp_path), clinic)
    assert [value(each, "pa-needed") for each in reply.informations] == ["auth-needed"]
    assert {each.url.host for each in clinic.asked} == {"ehr.example"}
    bearers = {each.headers["authorization"] for each in clinic.asked}
    assert bearers == {f"Bearer {requests.TOKEN}"}


def test_what_only_some_orders_need_is_asked_only_then(tmp_path: Path) -> None:
    clinic = Clinic(Device_d1=DEVICE)
    ask_as_client(requests.queryable(requests.sign()), trusted(tmp_path), clinic)
    assert clinic.asked == []
    reply = ask_as_client(device_request(), trusted(tmp_path), clinic)
    assert [each.url.path for each in clinic.asked] == ["/fhir/Device/d1"]
    assert [value(each, "pa-needed") for each in reply.informations] == ["auth-needed"]


@pytest.mark.parametrize("server", ["https://evil.example/fhir", "https://ehr.example/other"])
def test_the_token_goes_to_no_server_that_is_not_the_clients(server: str, tmp_path: Path) -> None:
    clinic = Clinic(Device_d1=DEVICE)
    ask_as_client({**device_request(), "fhirServer": server}, trusted(tmp_path), clinic)
    assert clinic.asked == []


FAILURES = [httpx2.Response(500), httpx2.Response(401), httpx2.ConnectError("down")]


@pytest.mark.parametrize("failure", FAILURES, ids=["500", "401", "down"])
@pytest.mark.parametrize("version", Version)
def test_a_technical_problem_is_indeterminate(
    failure: httpx2.Response | Exception, version: Version, tmp_path: Path
) -> None:
    request = device_request()
    request["extension"] = {"davinci-crd.requestedVersion": version.value}
    reply = ask_as_client(request, trusted(tmp_path), Clinic(failure))
    assert reply.status == 200
    (information,) = reply.informations
    assert faults(information, version) == []
    if version is Version.V2_2:
        assert value(information, "covered") == "indeterminate"
        assert value(information, "pa-needed") == "indeterminate"
        reasons = values(information, "reason")
        assert [each["code"] for each in reasons[0]["coding"]] == ["technical"]
    else:
        assert value(information, "pa-needed") == "conditional"
    assert "could be asked of the client's server" in values(information, "reason")[0]["text"]


@pytest.mark.parametrize("failure", FAILURES, ids=["500", "401", "down"])
def test_an_answer_that_hangs_on_nothing_that_failed_is_given(
    failure: httpx2.Response | Exception, tmp_path: Path
) -> None:
    """The patient cannot be had, and the list says the same of every patient."""
    request = requests.queryable(asked_at("order-sign"))
    request["prefetch"].pop("patient")
    reply = ask_as_client(request, trusted(tmp_path), Clinic(failure))
    assert [value(each, "pa-needed") for each in reply.informations] == ["auth-needed"]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_client_that_never_answers_does_not_hold_up_the_reply(hook: str, tmp_path: Path) -> None:
    """The time of all queries together is one budget, below the shortest limit of the guide."""
    assert CrdSettings("https://x.example", ()).query_seconds < 5

    async def never(request: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError(request)

    request = requests.queryable({**asked_at(hook), "prefetch": None})
    settings = trusted(tmp_path, query_seconds=0.05)
    assert ask_as_client(request, settings, never).status == 412
    reply = ask_as_client(device_request(), settings, never)
    assert [value(each, "pa-needed") for each in reply.informations] == ["indeterminate"]


# --- one endpoint ---------------------------------------------------------------------------------


def test_one_address_answers_for_every_payer() -> None:
    asked = [
        requests.sign(requests.order(code=code(REQUIRED)), prefetch=requests.prefetch(each))
        for each in (requests.coverage(), requests.coverage("c2", "BOLT"))
    ]
    replies = ask_all(asked)
    assert [each.status for each in replies] == [200, 200]
    descriptions = [each.json["systemActions"][0]["description"] for each in replies]
    assert "Acme Health" in descriptions[0]
    assert "Bolt Mutual" in descriptions[1]


# --- what is kept and what is told ----------------------------------------------------------------


def sentinel_request() -> Json:
    """Return a request full of what no log and no record may hold."""
    request = asked_at("order-sign")
    patient = requests.patient(name=[{"family": "Sentinel"}], birthDate="1961-07-07")
    request["prefetch"]["patient"] = patient
    request["prefetch"]["coverage"] = requests.bundle(requests.coverage(subscriberId="p1-sentinel"))
    request["fhirServer"] = requests.SERVER
    request["fhirAuthorization"] = {"access_token": "sentinel-token", "token_type": "Bearer"}
    return request


def test_every_invocation_is_recorded_with_the_digest_of_its_reply(tmp_path: Path) -> None:
    """Answers, empty answers and refusals, in the order in which they came."""
    record = tmp_path / "record.jsonl"
    off = {"davinci-crd.configuration": {"coverage-info": False}}
    asked: list[Json | bytes] = [
        sentinel_request(),
        asked_at("encounter-start", NOT_LISTED, extension=off),
        requests.sign(prefetch=requests.prefetch(requests.coverage(payer="STRANGER"))),
        b"{",
    ]
    replies = ask_all(asked, answering(record=record))
    text = record.read_text(encoding="utf-8")
    entries = [json.loads(line) for line in text.splitlines()]
    assert [each["status"] for each in entries] == [each.status for each in replies]
    assert [each["status"] for each in entries] == [200, 200, 400, 400]
    for entry, reply, sent in zip(entries, replies, asked, strict=True):
        body = sent if isinstance(sent, bytes) else requests.body(sent)
        assert entry["request_sha256"] == sha256(body).hexdigest()
        assert entry["response_sha256"] == sha256(reply.body).hexdigest()
        assert entry["when"] == NOW.isoformat()
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("status", ["active", "cancelled"])
@pytest.mark.parametrize("text", [REQUIRED, NOT_REQUIRED, NOT_LISTED])
def test_what_was_answered_is_found_by_its_id(text: str, status: str, tmp_path: Path) -> None:
    """And answered again: a claim can be compared with what was said of its order."""
    record = tmp_path / "record.jsonl"
    prefetch = requests.prefetch(requests.coverage(status=status))
    request = asked_at("order-sign", text, prefetch=prefetch)
    (information,) = ask(request, answering(record=record)).informations
    entry = json.loads(record.read_text(encoding="utf-8"))
    found = check_assertion(entry, value(information, "coverage-assertion-id"), RULES, "record")
    assert found.differences == ()
    assert bool(found.answers) == (status == "active")
    assert bool(found.unanswered) == (status == "cancelled")


def test_without_a_record_nothing_is_kept_and_no_log_tells_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(tmp_path)
    refused = {**sentinel_request(), "context": {"draftOrders": {"entry": "Sentinel"}}}
    replies = ask_all([sentinel_request(), refused])
    assert [each.status for each in replies] == [200, 400]
    assert list(tmp_path.iterdir()) == []
    assert not [secret for secret in (*SECRETS, REQUIRED) if secret in caplog.text]
    assert not [secret for secret in SECRETS if secret in replies[1].body.decode()]


def test_nothing_of_one_call_reaches_another() -> None:
    """A service that answered others answers as one that answered nobody."""
    others: list[Json | bytes] = [sentinel_request(), asked_at("order-select", NOT_REQUIRED), b"{"]
    alone = ask(asked_at("order-sign", NOT_LISTED))
    assert ask_all([*others, asked_at("order-sign", NOT_LISTED)])[-1] == alone
