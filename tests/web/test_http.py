"""What stands around every request: ids, limits, headers, logs, problem documents."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from precert.errors import (
    BadOrder,
    CallerError,
    PrecertError,
    UnreadableDocument,
    UnreadableLayout,
    UnreadableLines,
)
from precert.web.http.around import Around
from precert.web.http.log import JsonLines, TextLines
from precert.web.http.problems import KINDS, problem_of
from precert.web.settings import Log, ServeSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOLD = "Test Patient One"
JSON = {"content-type": "application/json"}


async def told(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes", headers={"x-own": "1"})


async def kept(_: Request) -> Response:
    return PlainTextResponse("a file", headers={"cache-control": "max-age=60"})


async def bug(_: Request) -> Response:
    raise ValueError(TOLD)


async def refused(_: Request) -> Response:
    read, expected, where = "'<b>'", "units from 1", "lines[0].units"
    raise BadOrder(read, expected, where)


async def trouble(_: Request) -> Response:
    document, reason = "/home/someone/list.md", "cannot be opened"
    raise UnreadableDocument(document, reason)


async def lines(_: Request) -> Response:
    path, reason = "worklist.csv", f"cannot be read: {TOLD}"
    raise UnreadableLines(path, reason)


async def decoded(request: Request) -> Response:
    return PlainTextResponse(str(msgspec.json.decode(await request.body(), type=dict[str, int])))


async def teapot(_: Request) -> Response:
    raise HTTPException(418, "short and stout", {"x-kind": "teapot"})


ROUTES = [
    Route("/told/{name}", told, methods=["GET", "POST"]),
    Route("/worklist", told, methods=["POST"]),
    Route("/kept", kept),
    Route("/bug", bug),
    Route("/refused", refused),
    Route("/trouble", trouble),
    Route("/teapot", teapot),
    Route("/decoded", decoded, methods=["POST"]),
    Route("/lines", lines),
]


async def leave(_: Request, error: Exception) -> Response:
    raise error


def app(**told: Any) -> TestClient:  # noqa: ANN401 - the settings
    settings = ServeSettings(max_body=100, max_upload=200, log=Log.JSON, **told)
    around = [Middleware(Around, settings=settings)]
    return TestClient(
        Starlette(routes=ROUTES, middleware=around, exception_handlers={HTTPException: leave}),
        raise_server_exceptions=False,
    )


CLIENT = app()


def test_an_answer_has_an_id_that_was_made() -> None:
    first, second = (CLIENT.get("/kept").headers["x-request-id"] for _ in range(2))
    assert first != second
    assert re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]{6}", first)


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("a", True),
        ("A-z_0.9", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("", False),
        ("two words", False),
        ('"; drop', False),
        ("é", False),
        ("<script>", False),
    ],
)
def test_an_id_is_taken_over_only_if_it_is_harmless(told: str, taken: bool) -> None:  # noqa: FBT001
    answer = CLIENT.get("/kept", headers={b"x-request-id": told.encode()})
    assert (answer.headers["x-request-id"] == told) is taken


@pytest.mark.parametrize("path", ["/kept", "/bug", "/refused", "/nowhere", "/told/1"])
def test_every_answer_carries_the_headers_of_security(path: str) -> None:
    headers = CLIENT.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("max-age=60" if path == "/kept" else "no-store")


@pytest.mark.parametrize(("length", "status"), [(100, 200), (101, 413)])
def test_a_body_is_limited_by_the_length_that_it_tells(length: int, status: int) -> None:
    assert CLIENT.post("/told/1", content=b"x" * length).status_code == status


@pytest.mark.parametrize(("length", "status"), [(100, 200), (101, 413)])
def test_a_body_in_chunks_is_limited_too(length: int, status: int) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(length):
            yield b"x"

    answer = CLIENT.post("/told/1", content=chunks())
    assert answer.request.headers.get("content-length") is None
    assert answer.status_code == status
    if status == 413:
        assert answer.json()["expected"] == "at most 100 bytes"


def test_a_length_of_thousands_of_digits_is_too_large_and_no_bug() -> None:
    length = {"content-length": "9" * 5000}
    assert CLIENT.post("/told/1", content=b"x", headers=length).status_code == 413


def test_a_worklist_may_be_larger() -> None:
    assert CLIENT.post("/worklist", content=b"x" * 200).status_code == 200
    assert CLIENT.post("/worklist", content=b"x" * 201).status_code == 413


def test_a_problem_says_what_was_read_and_expected_and_where() -> None:
    answer = CLIENT.get("/refused", headers={"x-request-id": "mine"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:precert:problem:bad-order",
        "title": "An order that cannot be read",
        "status": 422,
        "detail": "lines[0].units: read '<b>', expected units from 1",
        "read": "'<b>'",
        "expected": "units from 1",
        "where": "lines[0].units",
        "request_id": "mine",
    }


def test_a_bug_tells_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "precert.web"):
        answer = CLIENT.get("/bug")
    assert answer.status_code == 500
    assert TOLD not in answer.text
    (record,) = caplog.records
    fields = vars(record)["fields"]
    assert fields["error"] == "ValueError"
    assert any("test_http.py" in place for place in fields["at"])
    assert TOLD not in JsonLines().format(record)


def test_a_file_of_the_servers_is_named_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "precert.web"):
        answer = CLIENT.get("/trouble")
    assert answer.status_code == 500
    assert "list.md" not in answer.text
    assert "list.md" in JsonLines().format(caplog.records[0])


def test_a_body_of_another_form_is_told_by_its_path() -> None:
    answer = CLIENT.post("/decoded", content=b'{"age": "old"}')
    assert answer.status_code == 422
    told = answer.json()
    assert told["type"] == "urn:precert:problem:bad-body"
    assert (told["where"], told["expected"]) == ("$[...]", "`int`, got `str`")
    assert CLIENT.post("/decoded", content=b"{").status_code == 400


async def begun(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ValueError(TOLD)


async def gone(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
    await Request(scope, receive).body()


async def gone_away() -> Message:
    return {"type": "http.disconnect"}


@pytest.mark.parametrize(("inner", "status"), [(begun, 200), (gone, 499)])
def test_an_answer_begins_once_and_a_client_that_went_away_gets_none(
    inner: ASGIApp, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    around = Around(inner, ServeSettings(log=Log.JSON))
    with caplog.at_level(logging.INFO, "precert.web"), suppress(ValueError):
        asyncio.run(cast("Any", around(scope, gone_away, send)))
    assert [message["type"] for message in sent] == ["http.response.start"] * (status == 200)
    assert vars(caplog.records[-1])["fields"]["status"] == status
    assert TOLD not in "".join(map(JsonLines().format, caplog.records))


def test_an_error_of_http_keeps_its_headers() -> None:
    answer = CLIENT.get("/teapot")
    assert (answer.status_code, answer.headers["x-kind"]) == (418, "teapot")
    assert answer.json()["detail"] == "short and stout"


@pytest.mark.parametrize("path", ["/refused", "/nowhere", "/bug", "/teapot"])
def test_a_browser_gets_a_page(path: str) -> None:
    answer = CLIENT.get(path, headers={"accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<b>" not in answer.text
    assert f"Status {answer.status_code}" in answer.text


def test_a_machine_gets_json_whatever_it_accepts() -> None:
    answer = CLIENT.get("/api/nowhere", headers={"accept": "text/html"})
    assert answer.json()["status"] == 404


def test_a_method_that_is_not_allowed_is_told_those_that_are() -> None:
    answer = CLIENT.delete("/told/1")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert answer.json()["detail"] == "expected one of GET, HEAD, OPTIONS, POST"
    answer = CLIENT.options("/told/1")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert answer.content == b""
    assert CLIENT.options("/nowhere").status_code == 404


def test_a_line_is_logged_without_anything_that_was_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    headers = {"authorization": f"Bearer {TOLD}", "x-request-id": "mine"}
    with caplog.at_level(logging.INFO, "precert.web"):
        CLIENT.post(f"/told/{TOLD}?q={TOLD}", content=TOLD.encode(), headers=headers)
        CLIENT.get(f"/{TOLD}")
    first, second = (json.loads(JsonLines().format(record)) for record in caplog.records)
    duration = first.pop("duration_ms")
    assert duration > 0
    assert first.pop("time").endswith("+00:00")
    assert first == {
        "level": "info",
        "event": "request",
        "request_id": "mine",
        "method": "POST",
        "route": "/told/{name}",
        "status": 200,
        "bytes": 8,
    }
    assert (second["route"], second["status"]) == ("(none)", 404)
    for form in (JsonLines(), TextLines()):
        said = "".join(form.format(record) for record in caplog.records)
        assert TOLD not in said
        assert "Patient" not in said


def test_a_made_up_method_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "precert.web"):
        CLIENT.request("PATIENT", "/kept")
    assert vars(caplog.records[0])["fields"]["method"] == "OTHER"


def test_nothing_is_logged_where_nothing_is_to_be(caplog: pytest.LogCaptureFixture) -> None:
    around = [Middleware(Around, settings=ServeSettings(log=Log.OFF))]
    with caplog.at_level(logging.INFO, "precert.web"):
        TestClient(Starlette(routes=ROUTES, middleware=around)).get("/kept")
    assert not caplog.records


def test_what_an_error_says_of_an_upload_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "precert.web"):
        assert CLIENT.get("/lines").status_code == 500
    assert TOLD not in JsonLines().format(caplog.records[0])


def subclasses(of: type[PrecertError]) -> Iterator[type[PrecertError]]:
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


def test_what_is_the_servers_own_trouble_is_no_problem_of_the_client() -> None:
    """Each error that names files of the server stays out of an answer."""
    names = {"UnreadableDocument", "UnreadableLayout", "UnreadableRulebook", "Unwritable"}
    known = {one.__name__: one for one in subclasses(PrecertError)}
    assert names <= known.keys()
    assert not [name for name in names if known[name] in KINDS]
    assert problem_of(UnreadableLayout("a.toml", "key", "reason")) is None
    assert problem_of(CallerError("anything")) is None
