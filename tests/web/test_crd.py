"""The door to the CRD service: routes, content types, browsers, counts."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING

import pytest

from precert.web import crd_http
from precert.web.app import create_app
from precert.web.crd import crd_service
from precert.web.settings import ServeSettings
from tests.support.asgi import call
from tests.support.crd_calls import (
    HCPCS,
    SETTINGS,
    SIGN,
    app_of,
    bearer,
    encoded,
    order,
    request_of,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.types import Message

BODY = encoded(request_of(order(1, "63650")))
PAGE = "https://ehr.clinic.example"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return app_of(tmp_path_factory.mktemp("crd"))


def test_without_settings_there_are_no_routes() -> None:
    assert crd_service(ServeSettings()) is None
    assert call(create_app(ServeSettings()), "POST", SIGN, BODY, None).status == 404


def test_with_a_settings_file_the_service_answers(tmp_path: Path) -> None:
    app = create_app(ServeSettings(crd=written(tmp_path)))
    reply = call(app, "POST", SIGN, BODY, bearer(SIGN))
    assert reply.status == 200
    assert b'"valueCode":"auth-needed"' in reply.body


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/json",
        "application/json;charset=utf-8",
        'Application/JSON; Charset="UTF-8"',
        "application/fhir+json",
        "application/fhir+json; fhirVersion=4.0",
    ],
)
def test_json_is_read_under_each_of_its_names(app: Starlette, content_type: str | None) -> None:
    headers = bearer(SIGN)
    headers.pop("content-type")
    if content_type is not None:
        headers["content-type"] = content_type
    reply = call(app, "POST", SIGN, BODY, headers)
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["cache-control"] == "no-store"


def test_a_body_may_come_in_pieces(app: Starlette) -> None:
    pieces = [BODY[at : at + 100] for at in range(0, len(BODY), 100)]
    assert call(app, "POST", SIGN, pieces, bearer(SIGN)).status == 200


@pytest.mark.parametrize("body", [[b" " * 150_000] * 9, b" " * 200_001])
def test_a_body_that_is_not_read_ends_the_connection(
    app: Starlette, body: bytes | list[bytes]
) -> None:
    reply = call(app, "POST", SIGN, body, bearer(SIGN))
    assert (reply.status, reply.headers["connection"]) == (413, "close")


def test_discovery_is_told_to_a_client(app: Starlette) -> None:
    reply = call(app, "GET", "/cds-services", b"", bearer("/cds-services"))
    assert reply.status == 200
    services = json.loads(reply.body)["services"]
    assert SIGN.rpartition("/")[2] in {service["id"] for service in services}
    assert call(app, "GET", "/cds-services").status == 401


def test_every_service_of_discovery_stands_at_its_address(app: Starlette) -> None:
    reply = call(app, "GET", "/cds-services", b"", bearer("/cds-services"))
    for service in json.loads(reply.body)["services"]:
        path = f"/cds-services/{service['id']}"
        body = encoded(request_of(order(1, "63650"), hook=service["hook"]))
        assert call(app, "POST", path, body, bearer(path)).status in {200, 400, 412}


def test_feedback_is_received(app: Starlette) -> None:
    path = f"{SIGN}/feedback"
    assert call(app, "POST", path, b'{"feedback":[]}', bearer(path)).status == 200
    counts = call(app, "GET", "/metrics/crd").body
    assert b'precert_crd_feedback_total{hook="order-sign"} 1' in counts


@pytest.mark.parametrize("path", ["/cds-services", SIGN, f"{SIGN}/feedback"])
def test_a_page_that_is_allowed_may_call(app: Starlette, path: str) -> None:
    asked = {
        "origin": PAGE,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }
    reply = call(app, "OPTIONS", path, b"", asked)
    assert reply.status == 204
    assert reply.headers["access-control-allow-origin"] == PAGE
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Authorization" in reply.headers["access-control-allow-headers"]
    assert reply.headers["vary"] == "Origin"


@pytest.mark.parametrize("status", [200, 400, 401, 413, 415])
def test_a_page_may_read_errors_too(app: Starlette, status: int) -> None:
    headers = {**bearer(SIGN), "origin": PAGE}
    body = {400: b"{", 413: b" " * 300_000}.get(status, BODY)
    if status == 401:
        headers["authorization"] = "Bearer x"
    if status == 415:
        headers["content-type"] = "text/plain"
    reply = call(app, "POST", SIGN, body, headers)
    assert reply.status == status
    assert reply.headers["access-control-allow-origin"] == PAGE


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://ehr.clinic.example.evil.example", ""]
)
def test_another_page_gets_no_leave(app: Starlette, origin: str) -> None:
    for method in ("OPTIONS", "POST"):
        reply = call(app, method, SIGN, BODY, {**bearer(SIGN), "origin": origin})
        assert "access-control-allow-origin" not in reply.headers
        assert reply.headers["vary"] == "Origin"


def test_without_allowed_origins_nothing_is_said_of_them(tmp_path: Path) -> None:
    text = re.sub("cors_origins = .*\n", "", SETTINGS)
    app = app_of(tmp_path, text)
    reply = call(app, "POST", SIGN, BODY, {**bearer(SIGN), "origin": PAGE})
    assert reply.status == 200
    assert "access-control-allow-origin" not in reply.headers


def recorded_id(folder: Path, headers: dict[str, str]) -> str:
    """Return the name under which a request stands in the record."""
    text = SETTINGS.replace("cors_origins", 'record = "record.jsonl"\ncors_origins')
    app = app_of(folder, text)
    assert call(app, "POST", SIGN, BODY, {**bearer(SIGN), **headers}).status == 200
    name: str = json.loads((folder / "record.jsonl").read_bytes())["request_id"]
    return name


def test_a_request_id_is_kept_if_it_is_plain(tmp_path: Path) -> None:
    assert recorded_id(tmp_path, {"x-request-id": "visit-7.a"}) == "visit-7.a"


@pytest.mark.parametrize("told", [None, "", "a b", "a\r\nb", "x" * 65, "\u00e9"])
def test_a_request_without_a_plain_id_gets_one(tmp_path: Path, told: str | None) -> None:
    made = recorded_id(tmp_path, {} if told is None else {"x-request-id": told})
    assert made != told
    assert re.fullmatch("[0-9a-f-]{16,32}", made)


@pytest.mark.parametrize("path", ["/cds-services", SIGN, "/metrics/crd"])
def test_another_method_is_told_which_one_is_right(app: Starlette, path: str) -> None:
    reply = call(app, "PUT", path)
    assert reply.status == 405
    assert reply.headers["allow"].partition(",")[0] == ("POST" if path == SIGN else "GET")


def test_counts_are_told_as_text_and_as_json(app: Starlette) -> None:
    body = encoded(request_of(order(1, "63650"), order(2, "C1767", HCPCS)))
    call(app, "POST", SIGN, body, bearer(SIGN))
    text = call(app, "GET", "/metrics/crd")
    assert text.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert b'outcome="follows-primary"} 1' in text.body
    kinds = json.loads(call(app, "GET", "/metrics/crd.json").body)
    assert {row["outcome"] for row in kinds["outcomes"]} == {"auth-needed", "follows-primary"}
    for secret in (b"63650", b"C1767", b"p1", b"Sentinel"):
        assert secret not in text.body


def test_the_rest_of_a_body_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crd_http, "REST_SECONDS", 0)
    pieces = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive() -> Message:
        if not pieces:
            await asyncio.Event().wait()  # the rest never comes
        return pieces.pop()

    with pytest.raises(crd_http.Unread, match="the whole body within") as raised:
        asyncio.run(crd_http.read_body(receive, {}, 10))
    assert raised.value.status == 408
