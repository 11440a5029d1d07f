"""Whatever is sent, the request is read, or refused by an error that is meant for the client."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.davinci.focus import Gathered
from precert.davinci.refused import CrdError
from precert.davinci.request.fhir_client import FhirServers
from precert.davinci.request.gather import Missing, gather, gather_sent
from precert.davinci.request.hooks import Hook, read_hook_request
from tests.support.hook_requests import (
    CLIENT,
    CPT,
    ICD,
    PLACES,
    SERVER,
    SETTINGS,
    TODAY,
    Json,
    asked,
    body,
    bundle,
    coding,
    concept,
    coverage,
    order,
    patient,
    queryable,
)
from tests.support.thorough import examples

AIR = concept(coding("E0601"), coding("27447-RT", CPT), options=(coding("E0470"),))
CONTENT = (
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]"
)
DEVICE = {"resourceType": "Device", "id": "d1", "type": AIR}
ORDERS = (
    order(
        code=AIR,
        occurrenceTiming={"event": ["2026-05-04"], "repeat": {"boundsPeriod": {"start": "2026"}}},
        quantityQuantity={"value": 2, "unit": "1"},
        locationCode=[concept(coding("12", PLACES))],
        reasonCode=[concept(coding("C50.911", ICD))],
        insurance=[{"reference": "Coverage/c1"}],
    ),
    order("DeviceRequest", "o2", codeReference={"reference": "#d1"}, contained=[DEVICE]),
    order("MedicationRequest", "o3", medicationReference={"reference": "Medication/m1"}),
    order("NutritionOrder", "o4", supplement=[{"type": AIR}], oralDiet={"type": [AIR]}),
    order("VisionPrescription", "o5", lensSpecification=[{"product": AIR}]),
    order(
        "CommunicationRequest",
        "o6",
        payload=[{"extension": [{"url": CONTENT, "valueCodeableConcept": AIR}]}],
    ),
)
APPOINTMENT = {
    "resourceType": "Appointment",
    "id": "a1",
    "serviceType": [AIR],
    "requestedPeriod": [{"start": "2026-05-04"}],
    "basedOn": [{"reference": "ServiceRequest/o1"}],
}
ENCOUNTER = {"resourceType": "Encounter", "id": "e1", "serviceType": AIR, "diagnosis": [{}]}
PREFETCH: Json = {
    "patient": patient(birthDate="1980-02-29", address=[{"use": "home", "state": "OK"}]),
    "coverage": bundle(
        {**coverage(payor=[{"reference": "Organization/z1"}]), "class": [{"value": "gold"}]},
        base=SERVER,
        link=[{"relation": "self", "url": SERVER}],
    ),
    "mine": bundle({"resourceType": "Organization", "id": "z1", "identifier": [{"value": "1"}]}),
    "orders": bundle(*ORDERS, base=SERVER),
    "encounter": ENCOUNTER,
    "none": None,
}
CONTEXTS: dict[Hook, Json] = {
    Hook.ORDER_SIGN: {"draftOrders": bundle(*ORDERS)},
    Hook.ORDER_SELECT: {"draftOrders": bundle(*ORDERS), "selections": ["ServiceRequest/o1"]},
    Hook.ORDER_DISPATCH: {
        "dispatchedOrders": ["ServiceRequest/o1", "DeviceRequest/o2"],
        "fulfillmentTasks": [{"focus": {"reference": "ServiceRequest/o1"}}],
    },
    Hook.APPOINTMENT_BOOK: {"appointments": bundle(APPOINTMENT)},
    Hook.ENCOUNTER_START: {"encounterId": "e1"},
    Hook.ENCOUNTER_DISCHARGE: {"encounterId": "e1"},
}

# Besides any JSON: what has a meaning somewhere, and may stand where it has none.
MEANT = st.sampled_from(
    [
        "ServiceRequest/o1",
        f"{SERVER}/Coverage/c1",
        "#d1",
        "urn:uuid:1",
        "2026-05-04",
        "2026-13-99T",
        "active",
        "Bundle",
        "Coverage",
        "27447 RT",
        "\ud7ff\U0001f9b4\u0000",
        CPT,
        {},
        [],
        [None],
        10**18,
        -0.5,
        AIR,
        PREFETCH["coverage"],
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | MEANT
SCALARS |= st.floats(allow_nan=False, allow_infinity=False)
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3)
    ),
    max_leaves=8,
)


def _copy(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """Return the same JSON with nothing shared, so that one place can be changed alone."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401  (any JSON)
    """Return the path of each value in a JSON value."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for key, each in inner for place in _places(each, (*path, key)))]


@st.composite
def damaged(draw: st.DrawFn) -> Json:
    """Return a valid request with some of its values replaced, left out, or doubled."""
    hook = draw(st.sampled_from(list(Hook)))
    request: Json = {**asked(hook, CONTEXTS[hook]), "prefetch": PREFETCH}
    request = _copy(queryable(request) if draw(st.booleans()) else request)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(_places(request)[1:] or [("hook",)]))
        *before, last = path
        holder: Any = request
        for key in before:
            holder = holder[key]
        kind = draw(st.sampled_from(["replace", "replace", "leave out", "double", "add"]))
        if kind == "leave out":
            del holder[last]
        elif kind == "double" and isinstance(holder, list):
            holder.append(_copy(holder[last]))
        elif kind == "add" and isinstance(holder, dict):
            holder[draw(st.text(max_size=12))] = _copy(draw(ANY_JSON))
        else:
            holder[last] = _copy(draw(ANY_JSON))
    return request


def _check(read: Gathered) -> None:
    """Check what an answer relies on, whatever was sent."""
    assert read.coverage.payer in SETTINGS.payers
    for focus in read.focuses:
        assert focus.raw.startswith(b"{")
        assert focus.units is None or focus.units >= 1
    if read.complete:
        assert all(len(focus.billings) == 1 for focus in read.focuses)
        assert read.hook == Hook.ORDER_SIGN


@settings(max_examples=examples(60, 300))
@given(damaged())
def test_a_damaged_request_is_read_or_refused(request: Json) -> None:
    try:
        read = gather_sent(read_hook_request(body(request)), SETTINGS, TODAY)
    except CrdError:
        return
    if isinstance(read, Missing):
        assert read.references or read.coverages
    else:
        _check(read)


@settings(max_examples=examples(30, 100))
@given(damaged(), st.lists(ANY_JSON, max_size=3))
def test_a_damaged_answer_of_the_client_is_read_or_refused(
    request: Json, answers: list[object]
) -> None:
    left = iter([*answers, *PREFETCH.values()])

    def ehr(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=body(next(left, None)))

    async def run() -> Gathered:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(ehr)) as http:
            read = read_hook_request(body(queryable({**request, "prefetch": None})))
            return await gather(read, SETTINGS, FhirServers(http, 60), TODAY, CLIENT)

    try:
        _check(asyncio.run(run()))
    except CrdError:
        return


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(sent: bytes) -> None:
    with pytest.raises(CrdError):
        read_hook_request(sent)


@given(st.integers(0, 10_000), st.binary(max_size=3))
def test_a_request_with_bytes_put_into_it_is_read_or_refused(place: int, put: bytes) -> None:
    whole = body({**asked("order-sign", CONTEXTS[Hook.ORDER_SIGN]), "prefetch": PREFETCH})
    at = place % len(whole)
    for sent in (
        whole[:at] + put + whole[at:],
        whole[:at] + put,
        whole[:at] + put + whole[at + 1 :],
    ):
        try:
            gather_sent(read_hook_request(sent), SETTINGS, TODAY)
        except CrdError:
            continue


@pytest.mark.parametrize("where", ["prefetch", "draft", "element"])
def test_a_request_of_any_depth_is_read_or_refused(where: str) -> None:
    deepest = 0
    for depth in range(800, 1_050):
        nested = b"[" * depth + b"]" * depth
        request = {**asked("order-sign", {"draftOrders": bundle(order(x="here"))})}
        if where == "prefetch":
            request["prefetch"]["mine"] = {"x": "here"}
        elif where == "element":
            request["context"]["draftOrders"]["entry"][0]["resource"]["contained"] = ["here"]
        sent = body(request).replace(b'"here"', nested)
        try:
            gather_sent(read_hook_request(sent), SETTINGS, TODAY)
        except CrdError:
            continue
        deepest = depth
    assert deepest > 800


@pytest.mark.parametrize("hook", list(Hook))
def test_the_request_that_is_damaged_is_valid_itself(hook: Hook) -> None:
    organization = {"resourceType": "Organization", "id": "z1"}
    named = {**organization, "identifier": [{"system": "urn:example:payers", "value": "ACME"}]}
    request = {**asked(hook, CONTEXTS[hook]), "prefetch": {**PREFETCH, "mine": named}}
    read = gather_sent(read_hook_request(body(request)), SETTINGS, TODAY)
    assert isinstance(read, Gathered)
    assert read.focuses
