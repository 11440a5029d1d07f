"""Reading a hook's request from its bytes."""

from __future__ import annotations

from typing import Any

import pytest

from precert.davinci.refused import NotAHookRequest, NotJson
from precert.davinci.request.hooks import Hook, read_hook_request
from precert.davinci.settings import Version
from tests.support.hook_requests import TOKEN, asked, body, queryable, sign


def test_a_request_is_read() -> None:
    read = read_hook_request(body(queryable(sign())))
    assert (read.hook, read.context.patient()) == (Hook.ORDER_SIGN, "p1")
    assert read.fhir_server == "https://ehr.example/fhir"
    assert read.fhir_authorization is not None
    assert read.fhir_authorization.access_token == TOKEN
    assert set(read.prefetch or ()) == {"patient", "coverage"}


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b'"order-sign"',
        b"null",
        b'{"hook": "order-sign"',
        b'{"hook": "order-sign"} x',
        b'{"hook": 5',
        b'{"hook": "\xff"}',
        b'{"other": "\xff"}',
        b'{"hook": NaN}',
        b"\xef\xbb\xbf{}",
        b'{"context":' + b"[" * 200_000,
    ],
)
def test_what_is_no_json_object_is_said_so(sent: bytes) -> None:
    with pytest.raises(NotJson):
        read_hook_request(sent)


@pytest.mark.parametrize(
    "change",
    [
        {"hook": 5},
        {"hookInstance": None},
        {"context": []},
        {"context": {"patientId": 7}},
        {"context": {"draftOrders": "all"}},
        {"prefetch": []},
        {"fhirServer": {}},
        {"extension": "2.2"},
    ],
)
def test_another_type_than_the_specification_says(change: dict[str, Any]) -> None:
    with pytest.raises(NotAHookRequest) as raised:
        read_hook_request(body({**sign(), **change}))
    assert next(iter(change)) in str(raised.value)


@pytest.mark.parametrize("missing", ["hook", "hookInstance", "context"])
def test_what_a_request_must_have(missing: str) -> None:
    request = sign()
    del request[missing]
    with pytest.raises(NotAHookRequest, match=missing):
        read_hook_request(body(request))


def test_an_error_repeats_no_value() -> None:
    request = sign()
    request["context"]["draftOrders"] = ["Test Patient One", TOKEN]
    with pytest.raises(NotAHookRequest) as raised:
        read_hook_request(body(request))
    assert "Test Patient One" not in str(raised.value)
    assert TOKEN not in str(raised.value)


def test_a_request_shows_neither_token_nor_patient_where_it_is_printed() -> None:
    read = read_hook_request(body(queryable(sign())))
    shown = f"{read!r} {read.fhir_authorization!r}"
    assert TOKEN not in shown
    assert "Test Patient One" not in shown


@pytest.mark.parametrize(
    "odd",
    [
        {"hookInstance": "not-hexadecimal"},
        {"fhirServer": None, "fhirAuthorization": None},
        {"fhirAuthorization": {}},
        {"prefetch": None},
        {"prefetch": {"coverage": None, "mine": 5}},
        {"extension": {}},
        {"extension": {"davinci-crd.configuration": None}},
        {"unknown": {"element": [1]}},
    ],
)
def test_what_real_clients_send_is_read(odd: dict[str, Any]) -> None:
    assert read_hook_request(body({**sign(), **odd})).hook == "order-sign"


def test_the_hook_of_the_service_wins() -> None:
    assert read_hook_request(body(sign(hook="patient-view"))).hook == "patient-view"
    assert read_hook_request(body(sign(hook="patient-view")), "order-sign").hook == "order-sign"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2.0", Version.V2_0),
        ("2.1", Version.V2_1),
        ("2.2", Version.V2_2),
        ("2.0.1", Version.V2_0),
        ("2.2.1", Version.V2_2),
        (2.2, Version.V2_2),
        ("2.20", Version.V2_1),
        ("3.0", Version.V2_1),
        ("", Version.V2_1),
        (None, Version.V2_1),
    ],
)
def test_the_version_that_is_asked_for(told: object, expected: Version) -> None:
    request = sign(extension={"davinci-crd.requestedVersion": told})
    assert read_hook_request(body(request)).version(Version.V2_1) is expected


def test_without_an_extension_the_default_and_no_option() -> None:
    read = read_hook_request(body(sign()))
    assert read.version(Version.V2_0) is Version.V2_0
    assert read.configuration() == {}


def test_options_are_booleans_and_integers() -> None:
    options = {"coverage-info": False, "max-cards": 5, "tone": "kind", "nested": {"a": 1}}
    request = sign(extension={"davinci-crd.configuration": options})
    read = read_hook_request(body(request))
    assert read.configuration() == {"coverage-info": False, "max-cards": 5}


ONE, TWO = "ServiceRequest/o1", "DeviceRequest/o2"
TASKS = [{"resourceType": "Task", "focus": {"reference": reference}} for reference in (ONE, TWO)]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"order": ONE}, (ONE,)),
        ({"order": ONE, "task": TASKS[1]}, (ONE,)),
        ({"order": [ONE, TWO]}, (ONE, TWO)),
        ({"dispatchedOrders": [ONE, TWO]}, (ONE, TWO)),
        ({"dispatchedOrders": ONE}, (ONE,)),
        ({"dispatchedOrders": [ONE, ONE]}, (ONE,)),
        ({"dispatched-orders": [ONE, TWO]}, (ONE, TWO)),
        ({"dispatchedOrders": [ONE], "order": TWO}, (ONE, TWO)),
        ({"dispatchedOrders": [ONE, TWO], "dispatched-orders": [TWO], "order": ONE}, (ONE, TWO)),
        ({"fulfillmentTasks": TASKS[:1], "task": TASKS[1]}, (ONE, TWO)),
        ({"fulfillmentTasks": TASKS}, (ONE, TWO)),
        ({"fulfillmentTask": TASKS[0]}, (ONE,)),
        ({"fulfillment-tasks": TASKS}, (ONE, TWO)),
        ({"task": TASKS[0]}, (ONE,)),
        ({"task": {"resourceType": "Task"}}, ()),
        ({}, ()),
    ],
)
def test_every_spelling_of_the_dispatched_orders(
    context: dict[str, Any], expected: tuple[str, ...]
) -> None:
    read = read_hook_request(body(asked("order-dispatch", context)))
    assert read.context.dispatched() == expected


@pytest.mark.parametrize("told", [{"patientId": ""}, {"patientId": None}])
def test_a_patient_is_required(told: dict[str, Any]) -> None:
    with pytest.raises(NotAHookRequest, match="patientId"):
        read_hook_request(body(asked("order-sign", told))).context.patient()


def test_a_patient_may_be_told_by_reference() -> None:
    read = read_hook_request(body(asked("order-sign", {"patientId": "Patient/p1"})))
    assert read.context.patient() == "p1"
