"""Damaged requests: whatever stands in them, the service has an answer or says what is wrong."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.asgi import call
from tests.support.crd_calls import (
    CPT,
    HCPCS,
    SETTINGS,
    SIGN,
    app_of,
    bundle,
    coverage,
    order,
    request_of,
)
from tests.support.thorough import examples

if TYPE_CHECKING:
    from starlette.applications import Starlette

HEADERS = {"content-type": "application/json"}
ALLOWED = {200, 400, 412, 413, 422}
URL = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options"
OPTION = {"url": URL, "valueCodeableConcept": {"coding": [{"system": CPT, "code": "77062"}]}}
WHOLE = request_of(
    order(1, "63650", quantityQuantity={"value": 2}, locationCode=[{"coding": [{"code": "11"}]}]),
    order(2, "C1767", HCPCS, insurance=[{"reference": "Coverage/cov1"}]),
    {
        **order(3, "x"),
        "code": {"extension": [OPTION], "coding": [{"system": CPT, "code": "77061"}]},
        "reasonCode": [
            {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.50"}]}
        ],
        "extension": [{"url": "urn:x", "valueCode": "y"}],
        "occurrencePeriod": {"start": "2026-09-21", "end": "2026-09-22"},
    },
    {
        "resourceType": "DeviceRequest",
        "id": "d1",
        "status": "draft",
        "intent": "order",
        "codeCodeableConcept": {"coding": [{"system": HCPCS, "code": "E0470"}]},
    },
    prefetch={
        "patient": {
            "resourceType": "Patient",
            "id": "p1",
            "birthDate": "1970-01-01",
            "address": [{"state": "FL"}],
        },
        "coverage": bundle(
            coverage(
                period={"start": "2020-01-01"},
                **{"class": [{"type": {"coding": [{"code": "plan"}]}, "value": "gold"}]},
            )
        ),
    },
)
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [
            *([], {}, [None], [[]], [{}], "", " ", "#", "/", "Patient/", "Coverage/../p1"),
            *("9999-99-99", "0000-01-01", "2026-09-21T25:00:00Z", "2026", "63650-63655"),
            *("no-auth", "order-select", "ServiceRequest/order-1", "Bundle", "#x", "\ufeff63650"),
        ]
    ),
)


def places(value: object, here: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return the place of every value inside a JSON value."""
    found = [here] if here else []
    pairs = enumerate(value) if isinstance(value, list) else ()
    for key, each in value.items() if isinstance(value, dict) else pairs:
        found += places(each, (*here, key))
    return found


PLACES = places(WHOLE)


def damaged(changes: list[tuple[tuple[object, ...], object]]) -> dict[str, Any]:
    """Return the request with what stands at some places replaced."""
    request: Any = json.loads(json.dumps(WHOLE))
    for place, junk in changes:
        holder = request
        try:
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = junk
        except (KeyError, IndexError, TypeError):  # an earlier change took the place away
            continue
    damage: dict[str, Any] = request
    return damage


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    text = SETTINGS.replace("cors_origins", "requires_token = false\ncors_origins")
    return app_of(tmp_path_factory.mktemp("crd"), text)


def test_the_whole_request_is_answered(app: Starlette) -> None:
    reply = call(app, "POST", SIGN, json.dumps(WHOLE).encode(), HEADERS)
    assert reply.status == 200
    assert len(json.loads(reply.body)["systemActions"]) == 4


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=4))
@settings(
    max_examples=examples(60, 300), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_request_never_breaks_the_service(
    app: Starlette,
    caplog: pytest.LogCaptureFixture,
    changes: list[tuple[tuple[object, ...], object]],
) -> None:
    caplog.set_level(logging.INFO)
    caplog.clear()
    body = json.dumps(damaged(changes)).encode()
    for path in (SIGN, SIGN.replace("sign", "select"), SIGN.replace("sign", "dispatch")):
        reply = call(app, "POST", path, body, HEADERS)
        assert reply.status in ALLOWED, caplog.text
        json.loads(reply.body)
    assert "crd bug" not in caplog.text


@given(st.binary(max_size=200))
@settings(max_examples=examples(50, 200))
def test_bytes_never_break_the_service(app: Starlette, noise: bytes) -> None:
    whole = json.dumps(WHOLE).encode()
    for body in (noise, whole[: len(noise) * 10] + noise, b'{"hook":"order-sign",' + noise):
        assert call(app, "POST", SIGN, body, HEADERS).status in ALLOWED
