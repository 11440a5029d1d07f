"""The service from its call to its reply: one order, one record, one count, no word too many."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from msgspec import structs

from precert.davinci.answer.assertion_check import check_assertion
from precert.davinci.call import CrdCall
from precert.determine import check_receipt, verified
from precert.errors import UnreadableSettings, Unwritable
from precert.rulebook import load_rulebook
from tests.support.crd_calls import (
    CPT,
    FHIR,
    HCPCS,
    SETTINGS,
    SIGN,
    bundle,
    coverage,
    encoded,
    order,
    request_of,
    service_of,
)
from tests.support.tokens import BASE, ISSUER, NOW, token

if TYPE_CHECKING:
    from pathlib import Path

    from precert.davinci.call import CrdReply
    from precert.davinci.service import CrdService

TODAY = datetime.fromtimestamp(NOW, UTC)
RECORDED = SETTINGS.replace("cors_origins", 'record = "record.jsonl"\ncors_origins')
ACCESS = "access-SENTINEL-token"


def ask(
    service: CrdService,
    request: object,
    name: str = "precert-order-sign",
    **told: Any,  # noqa: ANN401 - a field of the call
) -> CrdReply:
    authorization = f"Bearer {token(f'{BASE}/cds-services/{name}')}"
    body = request if isinstance(request, bytes) else encoded(request)
    call = CrdCall(name, body, authorization, TODAY, "visit-7")
    return asyncio.run(service.answer(structs.replace(call, **told)))


def said(reply: CrdReply) -> list[dict[str, Any]]:
    """Return what the coverage-information of each resource says, its first repetition."""
    actions = json.loads(reply.body)["systemActions"]
    parts = [action["resource"]["extension"][0]["extension"] for action in actions]
    return [{part["url"]: part for part in each} for each in parts]


def test_all_orders_of_a_request_are_one_order(tmp_path: Path) -> None:
    """C1767 alone is managed by nobody knows whom; beside 63650 it goes into its case."""
    service = service_of(tmp_path)
    both = ask(service, request_of(order(1, "63650", CPT), order(2, "C1767", HCPCS)))
    assert both.status == 200
    assert both.outcomes == ("auth-needed", "follows-primary")
    first, second = said(both)
    assert first["pa-needed"]["valueCode"] == second["pa-needed"]["valueCode"] == "auth-needed"
    assert "dependency" not in first
    assert second["dependency"]["valueReference"]["reference"] == "ServiceRequest/order-1"
    alone = ask(service, request_of(order(2, "C1767", HCPCS)))
    assert alone.outcomes == ("not-managed",)
    assert said(alone)[0]["pa-needed"]["valueCode"] == "conditional"


def test_a_client_that_wants_no_coverage_information_gets_none(tmp_path: Path) -> None:
    options = {"davinci-crd.configuration": {"coverage-info": False, "unknown": 7}}
    reply = ask(service_of(tmp_path), request_of(order(1, "63650"), extension=options))
    assert (reply.status, json.loads(reply.body)) == (200, {"cards": [], "systemActions": []})


@pytest.mark.parametrize(
    ("asked", "told", "answers"),
    [
        ("2.0", "2.2", "2.0"),
        ("2.1", "2.2", "2.1"),
        ("2.2.1", "2.1", "2.2"),
        (None, "2.1", "2.1"),
        ("9.9", "2.1", "2.1"),
    ],
)
def test_the_version_is_the_one_that_is_asked_for(
    tmp_path: Path, asked: str | None, told: str, answers: str
) -> None:
    text = SETTINGS.replace("cors_origins", f'version = "{told}"\ncors_origins')
    extension = {"davinci-crd.requestedVersion": asked} if asked else {}
    reply = ask(service_of(tmp_path, text), request_of(order(1, "63650"), extension=extension))
    assert reply.version == answers
    bad = ask(service_of(tmp_path, text), {"hook": 7, "extension": extension})
    assert bad.status == (400 if answers == "2.2" else 422)
    assert bad.version == answers


def test_discovery_names_six_services_and_wants_a_token(tmp_path: Path) -> None:
    service = service_of(tmp_path)
    text = token(f"{BASE}/cds-services")
    call = CrdCall(None, b"", f"Bearer {text}", TODAY, "visit-7")
    reply = asyncio.run(service.discover(call))
    assert len({one["hook"] for one in json.loads(reply.body)["services"]}) == 6
    assert asyncio.run(service.discover(call)).status == 401
    assert asyncio.run(service.discover(structs.replace(call, authorization=None))).status == 401


def test_a_trial_without_tokens_asks_for_none(tmp_path: Path) -> None:
    text = SETTINGS.replace("cors_origins", "requires_token = false\ncors_origins")
    reply = ask(service_of(tmp_path, text), request_of(order(1, "63650")), authorization=None)
    assert reply.status == 200


class Clinic:
    """The clinic's FHIR server: what it has, and what it was asked."""

    def __init__(self, **resources: object) -> None:
        self.resources = resources
        self.asked: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        found = self.resources.get(request.url.path.removeprefix("/fhir/").replace("/", "_"))
        return httpx2.Response(404) if found is None else httpx2.Response(200, json=found)


def queried(**told: object) -> dict[str, Any]:
    authorization = {"access_token": ACCESS, "token_type": "Bearer"}
    return request_of(
        order(1, "63650"),
        fhirServer=FHIR,
        fhirAuthorization=authorization,
        prefetch=None,
        **told,
    )


def test_what_was_not_sent_is_asked_of_the_clients_server(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With the token of the request, to that server alone; no log tells of it."""
    caplog.set_level(logging.DEBUG)
    clinic = Clinic(Coverage=bundle(coverage()), Patient_p1={"resourceType": "Patient", "id": "p1"})
    service = service_of(tmp_path, answer=clinic)
    reply = ask(service, queried())
    assert reply.outcomes == ("auth-needed",)
    assert {request.url.host for request in clinic.asked} == {"ehr.clinic.example"}
    assert {request.headers["authorization"] for request in clinic.asked} == {f"Bearer {ACCESS}"}
    for secret in (ACCESS, "p1", "63650", "Coverage?"):
        assert secret not in caplog.text
    assert b'type="ServiceRequest",queried="yes"} 1' in service.metrics.prometheus()


def test_an_answer_is_recorded_and_can_be_verified(tmp_path: Path) -> None:
    service = service_of(tmp_path, RECORDED)
    request = request_of(order(1, "63650"), order(2, "C1767", HCPCS))
    reply = ask(service, request)
    (line,) = (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert entry["when"] == TODAY.isoformat()
    assert entry["request_id"] == "visit-7"
    assert entry["client"] == ISSUER
    assert entry["service"] == SIGN.rpartition("/")[2]
    assert entry["version"] == "2.2"
    ids = [each["coverage-assertion-id"]["valueString"] for each in said(reply)]
    assert entry["assertion_ids"] == ids
    rulebook = load_rulebook()
    assert entry["rulebooks"] == [rulebook.digest]
    for receipt in entry["receipts"]:
        assert verified(check_receipt(receipt, "record"), rulebook).differences == ()
    for assertion_id in ids:
        found = check_assertion(entry, assertion_id, rulebook, "record")
        assert found.differences == ()
        assert found.digests == (rulebook.digest,)
    for secret in ("Sentinel", "SENTINEL", "Patient/p1", "1970"):
        assert secret not in line


def test_a_refusal_is_recorded_without_an_answer(tmp_path: Path) -> None:
    service = service_of(tmp_path, RECORDED)
    reply = ask(service, b"{")
    (entry,) = map(json.loads, (tmp_path / "record.jsonl").read_text("utf-8").splitlines())
    assert (entry["status"], entry["service"]) == (400, SIGN.rpartition("/")[2])
    assert entry["response_sha256"] == hashlib.sha256(reply.body).hexdigest()
    assert entry["assertions"] == entry["receipts"] == []


def test_a_call_that_is_not_trusted_is_not_recorded(tmp_path: Path) -> None:
    """Whoever may not call fills no disk."""
    service = service_of(tmp_path, RECORDED)
    assert ask(service, request_of(order(1, "63650")), authorization=None).status == 401
    assert ask(service, request_of(order(1, "63650")), "precert-unheard-of").status == 404
    assert (tmp_path / "record.jsonl").read_bytes() == b""


def test_a_full_disk_holds_up_no_answer_and_is_not_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    service = service_of(tmp_path, RECORDED)

    def full(file: int, content: bytes) -> int:
        del file, content
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        reply = ask(service, request_of(order(1, "63650")))
    assert reply.status == 200
    assert "crd record not written: No space left on device; request visit-7" in caplog.text
    assert b"precert_crd_unrecorded_total 1" in service.metrics.prometheus()
    assert ask(service, request_of(order(1, "63650"))).status == 200
    line = (tmp_path / "record.jsonl").read_text(encoding="utf-8")
    assert json.loads(line)["missing_before"] == 1


def test_feedback_is_counted_and_not_kept(tmp_path: Path) -> None:
    service = service_of(tmp_path, RECORDED)
    name = "precert-order-sign"
    text = token(f"{BASE}/cds-services/{name}/feedback")
    call = CrdCall(name, b'{"feedback":[]}', f"Bearer {text}", TODAY, "visit-7")
    assert asyncio.run(service.feedback(call)).status == 200
    assert b'precert_crd_feedback_total{hook="order-sign"} 1' in service.metrics.prometheus()
    assert (tmp_path / "record.jsonl").read_bytes() == b""


def test_refusals_are_logged_in_words_of_ours(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ask(service_of(tmp_path), request_of(order(1, "63650")), authorization="Bearer SENTINEL.a.b")
    assert "crd refused: 401 form at order-sign; request visit-7" in caplog.text
    assert "SENTINEL" not in caplog.text


def test_a_record_that_cannot_be_opened_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(Unwritable):
        service_of(tmp_path, RECORDED.replace("record.jsonl", "nowhere/record.jsonl"))


def test_keys_that_cannot_be_read_are_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettings, match=r"none\.json"):
        service_of(tmp_path, SETTINGS.replace("keys.json", "none.json"))


def test_closing_closes_what_was_opened(tmp_path: Path) -> None:
    service = service_of(tmp_path, RECORDED)
    asyncio.run(service.close())
    reply = ask(service, request_of(order(1, "63650")))
    assert reply.status == 200
    assert b"precert_crd_unrecorded_total 1" in service.metrics.prometheus()


def test_what_calls_other_servers_tells_no_address_and_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the level DEBUG these libraries log whole requests, headers included."""
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    service_of(tmp_path)
    names = [name for name in logging.root.manager.loggerDict if name.startswith("http")]
    told = {name.partition(".")[0] for name in names}
    assert told >= {"httpx2", "httpcore2"}
    levels = {name: logging.getLogger(name).getEffectiveLevel() for name in names}
    assert {name for name, level in levels.items() if level < logging.WARNING} == set()
