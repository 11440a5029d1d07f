"""Hostile requests: each has its status, nothing leaks, nothing is fetched.

What must not leak: a token, a name, a member's number, a code of a person's order, a place in the
code. It may stand in no log at all, and in no reply that is an error; an answer returns to the
client its own resources.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpx2
import pytest

from tests.support.asgi import call
from tests.support.crd_calls import (
    CPT,
    FHIR,
    MAX_BODY,
    SETTINGS,
    SIGN,
    app_of,
    bearer,
    bundle,
    coverage,
    encoded,
    order,
    request_of,
)
from tests.support.tokens import BASE, JKU, claims, ec_key, forged, signed_with_public_key, token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.applications import Starlette

GOOD = order(1, "63650")
ACCESS = "access-SENTINEL-token"
SECRETS = ("Sentinel", "SENTINEL", "63650", "Patient/p1", "Bearer ey", "cov1")
TRACES = ("Traceback", 'File "', ".py", "msgspec.", "jwt.")
AUTHORIZATION = {"access_token": ACCESS, "token_type": "Bearer", "expires_in": 300}


@dataclass
class Sent:
    """A hostile call. `headers` are beside those of a good token; None takes one away."""

    body: bytes | Iterator[bytes] = field(default_factory=lambda: encoded(request_of(GOOD)))
    path: str = SIGN
    method: str = "POST"
    headers: dict[str, str | None] = field(default_factory=dict)
    claimed: dict[str, object] = field(default_factory=dict)

    def reply(self, app: Starlette) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body of the reply."""
        given = {**bearer(unquote(self.path), **self.claimed), **self.headers}
        headers = {name: value for name, value in given.items() if value is not None}
        reply = call(app, self.method, self.path, self.body, headers)
        assert reply.read <= MAX_BODY + 70_000
        return reply.status, reply.headers, reply.body.decode()


def of(*orders: object, **told: object) -> Sent:
    return Sent(encoded(request_of(*orders, **told)))


def with_token(text: str) -> Sent:
    return Sent(headers={"authorization": f"Bearer {text}"})


def now() -> int:
    return int(time.time())


def said(**told: object) -> dict[str, Any]:
    return claims(BASE + SIGN, **{"iat": now(), "exp": now() + 300, **told})


def named(jku: str) -> Sent:
    text = token(BASE + SIGN, headers={"jku": jku}, iat=now(), exp=now() + 300)
    return with_token(text)


def replaced(old: bytes, new: bytes) -> Sent:
    body = encoded(request_of(GOOD))
    assert old in body
    return Sent(body.replace(old, new, 1))


def prefetched(**told: object) -> Sent:
    return of(GOOD, prefetch={"coverage": bundle(coverage(**told))})


def many(number: int) -> list[dict[str, Any]]:
    """Return so many short orders."""
    code = {"coding": [{"system": CPT, "code": "63650"}]}
    return [{"resourceType": "ServiceRequest", "id": f"{n}", "code": code} for n in range(number)]


def alternatives(number: int) -> dict[str, Any]:
    """Return an order with so many candidate billing codes."""
    codings = [{"system": CPT, "code": f"{27000 + n}"} for n in range(number)]
    return {**GOOD, "id": "order-x", "code": {"coding": codings}}


def endless() -> Iterator[bytes]:
    yield b'{"hook":"'
    while True:
        yield b"x" * 50_000


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Return all that was logged, but for numbers: a moment may hold any digits."""
    told = [
        {name: value for name, value in vars(record).items() if not isinstance(value, int | float)}
        for record in caplog.records
    ]
    return caplog.text + repr(told)


Rows = dict[str, tuple[int, "Callable[[], Sent]"]]
"""What is sent, by its name, with the status that it gets."""

DEEP = b"[" * 50_000
BODIES: Rows = {
    "an empty body": (400, lambda: Sent(b"")),
    "half a body": (400, lambda: Sent(encoded(request_of(GOOD))[:-20])),
    "no object": (400, lambda: Sent(b"[" + encoded(request_of(GOOD)) + b"]")),
    "two objects": (400, lambda: Sent(encoded(request_of(GOOD)) * 2)),
    "NaN": (400, lambda: replaced(b'"order-sign"', b"NaN")),
    "NaN in what nobody reads": (400, lambda: replaced(b'"1970-01-01"', b"NaN")),
    "bytes that are no text": (400, lambda: replaced(b"Patient-Sentinel", b"\xff\xfe\xc0\x80")),
    "half a surrogate": (400, lambda: replaced(b"order-sign", b"order-\\ud800")),
    "a body nested deeply": (400, lambda: Sent(DEEP)),
    "a prefetch nested deeply": (400, lambda: replaced(b'"1970-01-01"', DEEP)),
    "a body one byte too long": (413, lambda: Sent(b" " * (MAX_BODY + 1))),
    "a body that never ends": (413, lambda: Sent(endless())),
    "a length of many digits": (413, lambda: Sent(headers={"content-length": "9" * 5000})),
    "a form": (415, lambda: Sent(headers={"content-type": "application/x-www-form-urlencoded"})),
    "a text, as a page may send": (415, lambda: Sent(headers={"content-type": "text/plain"})),
    "UTF-7": (415, lambda: Sent(headers={"content-type": "application/json; charset=utf-7"})),
    "a packed body": (415, lambda: Sent(headers={"content-encoding": "gzip"})),
}
TYPES: Rows = {
    "a hook that is a number": (400, lambda: of(GOOD, hook=7)),
    "no context": (400, lambda: of(GOOD, context=None)),
    "a context that is a text": (400, lambda: of(GOOD, context="p1")),
    "orders that are an array": (400, lambda: of(context={"patientId": "p1", "draftOrders": []})),
    "a code that is a text": (400, lambda: of({**GOOD, "code": "63650"})),
    "a code that is a number": (400, lambda: of(order(1, 63650))),
    "an extension that is no array": (400, lambda: of(order(1, "63650", extension="x"))),
    "a version that is an object": (
        400,
        lambda: of(GOOD, extension={"davinci-crd.requestedVersion": {"$ne": 1}}),
    ),
    "wrong types, asked in 2.1": (
        422,
        lambda: of(order(1, 63650), extension={"davinci-crd.requestedVersion": "2.1"}),
    ),
    "wrong types, asked in 2.0": (
        422,
        lambda: of(GOOD, hook=7, extension={"davinci-crd.requestedVersion": "2.0"}),
    ),
}
PAYERS: Rows = {
    "another payer's coverage": (
        400,
        lambda: prefetched(
            payor=[{"identifier": {"system": "https://payers.example", "value": "x"}}]
        ),
    ),
    "the payer by its display alone": (
        400,
        lambda: prefetched(payor=[{"display": "Acme Health"}]),
    ),
    "the payer's value under another system": (
        400,
        lambda: prefetched(payor=[{"identifier": {"system": "urn:x", "value": "acme"}}]),
    ),
    "a payer without an identifier": (400, lambda: prefetched(payor=[{}])),
    "no payer": (400, lambda: prefetched(payor=None)),
    "an empty search": (400, lambda: of(GOOD, prefetch={"coverage": bundle()})),
    "two coverages": (
        400,
        lambda: of(GOOD, prefetch={"c": bundle(coverage(), coverage(id="cov2"))}),
    ),
    "no prefetch, and nobody to ask": (412, lambda: of(GOOD, prefetch=None)),
}
TOKENS: Rows = {
    "no token": (401, lambda: Sent(headers={"authorization": None})),
    "a password": (401, lambda: Sent(headers={"authorization": "Basic c2VudGluZWw6eA=="})),
    "a token of the algorithm none": (
        401,
        lambda: with_token(forged({"alg": "none", "typ": "JWT", "kid": "k1"}, said())),
    ),
    "an HMAC with the public key": (
        401,
        lambda: with_token(signed_with_public_key(BASE + SIGN)),
    ),
    "a token signed by somebody": (
        401,
        lambda: with_token(token(BASE + SIGN, ec_key("else"), iat=now(), exp=now() + 300)),
    ),
    "an expired token": (401, lambda: Sent(claimed={"iat": now() - 400, "exp": now() - 100})),
    "a token of tomorrow": (
        401,
        lambda: Sent(claimed={"iat": now() + 86_400, "exp": now() + 86_700}),
    ),
    "a token that never ends": (401, lambda: Sent(claimed={"exp": now() + 10**8})),
    "a token for another service": (401, lambda: Sent(claimed={"aud": BASE + SIGN + "-x"})),
    "a token for the base address": (401, lambda: Sent(claimed={"aud": BASE})),
    "a token of a stranger": (401, lambda: Sent(claimed={"iss": "https://evil.example"})),
    "a kid that is a path": (
        401,
        lambda: with_token(
            token(BASE + SIGN, headers={"kid": "../../dev/null"}, iat=now(), exp=now() + 300)
        ),
    ),
    "keys from the cloud's metadata": (401, lambda: named("http://169.254.169.254/latest")),
    "keys from this machine": (401, lambda: named("https://127.0.0.1/keys")),
    "keys from a file": (401, lambda: named("file:///etc/passwd")),
    "keys from behind a user": (401, lambda: named(JKU.replace("https://", "https://x@"))),
    "keys from a host after an @": (
        401,
        lambda: named("https://ehr.clinic.example@169.254.169.254/.well-known/jwks.json"),
    ),
    "keys from a longer path": (401, lambda: named(JKU + "/../../evil")),
    "a header of two lines": (
        401,
        lambda: Sent(headers={"authorization": "Bearer x\r\nX-Evil: 1"}),
    ),
}
PATHS: Rows = {
    "a service that is not": (404, lambda: Sent(path="/cds-services/other")),
    "a path out of the services": (404, lambda: Sent(path="/cds-services/../../etc/passwd")),
    "the same, escaped": (404, lambda: Sent(path="/cds-services/%2e%2e%2fetc%2fpasswd")),
    "a service with a slash": (404, lambda: Sent(path=SIGN + "/")),
    "a service with a NUL": (404, lambda: Sent(path=SIGN + "%00")),
    "a service in capitals": (404, lambda: Sent(path=SIGN.replace("precert", "PRECERT"))),
    "script for a service": (404, lambda: Sent(path="/cds-services/%3Cscript%3E")),
    "feedback on what is not": (404, lambda: Sent(path="/cds-services/other/feedback")),
    "feedback that is no JSON": (400, lambda: Sent(b"x", path=SIGN + "/feedback")),
    "GET of a service": (405, lambda: Sent(method="GET")),
    "DELETE of a service": (405, lambda: Sent(method="DELETE")),
    "TRACE": (405, lambda: Sent(method="TRACE")),
    "POST to discovery": (405, lambda: Sent(path="/cds-services")),
}
ANSWERED: Rows = {
    "script in a code": (200, lambda: of(order(1, "<script>alert(1)</script>"))),
    "a code that ends a text": (200, lambda: of(order(1, '"}]}],"x":[{"'))),
    "digits of full width": (200, lambda: of(order(1, "\uff16\uff13\uff16\uff15\uff10"))),
    "a code with a joiner": (200, lambda: of(order(1, "63650\u200d"))),
    "a code that is turned around": (200, lambda: of(order(1, "\u202e05636"))),
    "a code of a million letters": (
        200,
        lambda: of(order(1, "9" * 100_000)),
    ),
    "orders by the thousand": (413, lambda: Sent(encoded(request_of(*many(1001))))),
    "candidates by the thousand": (413, lambda: of(alternatives(1001))),
    "a quantity beyond all numbers": (
        400,
        lambda: replaced(b'"draft"', b'"draft", "quantityQuantity": {"value": 1e999}'),
    ),
    "a server inside": (
        200,
        lambda: of(GOOD, fhirServer="http://169.254.169.254", fhirAuthorization=AUTHORIZATION),
    ),
    "a server inside, and no coverage": (
        412,
        lambda: of(
            GOOD,
            fhirServer="http://127.0.0.1:8080/fhir",
            fhirAuthorization=AUTHORIZATION,
            prefetch=None,
        ),
    ),
    "a server after an @": (
        412,
        lambda: of(
            GOOD,
            fhirServer=FHIR.replace("https://", "https://169.254.169.254@"),
            fhirAuthorization=AUTHORIZATION,
            prefetch=None,
        ),
    ),
    "a coverage that is a path": (
        200,
        lambda: of(order(1, "63650", insurance=[{"reference": "../../../admin"}])),
    ),
    "a request id of two lines": (
        200,
        lambda: Sent(headers={"x-request-id": "a\r\nset-cookie: SENTINEL=1"}),
    ),
    "a request id of ten thousand letters": (
        200,
        lambda: Sent(headers={"x-request-id": "SENTINEL" * 1250}),
    ),
    "an origin that is not allowed": (
        200,
        lambda: Sent(headers={"origin": "https://evil.example"}),
    ),
}
HOSTILE: Rows = {
    **BODIES,
    **TYPES,
    **PAYERS,
    **TOKENS,
    **PATHS,
    **ANSWERED,
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return app_of(tmp_path_factory.mktemp("crd"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_gets_its_status_and_nothing_else(
    app: Starlette, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    status, make = HOSTILE[name]
    replied, headers, body = make().reply(app)
    assert replied == status, body[:300]
    log = logged(caplog)
    for secret in (*SECRETS, "evil", "169.254", "<script>", "\r"):
        assert secret not in log, secret
        assert secret not in "".join(headers.values()), secret
    for trace in TRACES:
        assert trace not in body, trace
    for trace in ("Traceback", 'File "'):
        assert trace not in log, trace
    assert "crd bug" not in log
    if status == 200:
        assert headers["content-type"] == "application/json"
        assert '"valueCode":"no-auth"' not in body
        return
    assert headers["content-type"] == "application/fhir+json"
    outcome = json.loads(body)
    assert outcome["resourceType"] == "OperationOutcome"
    for secret in (*SECRETS, "evil", "169.254", "<script>"):
        assert secret not in body, secret
    if status == 401:
        assert headers["www-authenticate"] == "Bearer"
        assert outcome["issue"][0]["diagnostics"] == (
            "expected the bearer token of a client that is trusted here"
        )


def test_a_token_is_used_once(app: Starlette) -> None:
    headers = bearer(SIGN)
    body = encoded(request_of(GOOD))
    assert call(app, "POST", SIGN, body, headers).status == 200
    assert call(app, "POST", SIGN, body, headers).status == 401


def test_a_redirect_from_the_keys_address_is_not_followed(tmp_path: Path) -> None:
    called: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        called.append(str(request.url))
        return httpx2.Response(307, headers={"location": "http://169.254.169.254/latest"})

    app = app_of(tmp_path, answer=answer)
    assert named(JKU).reply(app)[0] == 401
    assert called == [JKU]


def test_without_tokens_a_service_still_asks_nobody(tmp_path: Path) -> None:
    """A trial without tokens: whoever calls, the token in a request goes nowhere."""
    text = SETTINGS.replace("cors_origins", "requires_token = false\ncors_origins")
    app = app_of(tmp_path, text)
    body = encoded(
        request_of(GOOD, fhirServer=FHIR, fhirAuthorization=AUTHORIZATION, prefetch=None)
    )
    reply = call(app, "POST", SIGN, body, {"content-type": "application/json"})
    assert reply.status == 412


def test_a_bug_is_told_by_its_type_and_place_alone(
    app: Starlette, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        message = f"Patient-Sentinel {ACCESS}"
        raise RuntimeError(message)

    monkeypatch.setattr("precert.davinci.service.answer", broken)
    caplog.set_level(logging.DEBUG)
    status, _, body = Sent(headers={"x-request-id": "visit-7"}).reply(app)
    assert status == 500
    assert "visit-7" in body
    assert "crd bug: RuntimeError at precert.davinci.service:" in caplog.text
    assert "request visit-7" in caplog.text
    log = logged(caplog)
    for secret in (*SECRETS, "Traceback"):
        assert secret not in log
        assert secret not in body
