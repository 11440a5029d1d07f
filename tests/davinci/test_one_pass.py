"""A resource that is read in one pass tells what it tells when its type is read first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from msgspec import Raw

from precert.davinci.refused import CrdError
from precert.davinci.request import found, hooks
from precert.davinci.request.gather import gather_sent
from precert.davinci.request.hooks import Hook, read_hook_request
from precert.davinci.request.prefetch import sent
from tests.davinci.test_gather_fuzz import damaged
from tests.support.hook_requests import (
    SERVER,
    SETTINGS,
    TODAY,
    Json,
    asked,
    body,
    bundle,
    coverage,
    order,
    patient,
    prefetch,
    queryable,
    sign,
)
from tests.support.thorough import examples

ORGANIZATION = {
    "resourceType": "Organization",
    "id": "z1",
    "identifier": [{"system": "urn:example:payers", "value": "ACME"}],
}
REFERRED = coverage(payor=[{"reference": "Organization/z1"}])
DRUG = {"resourceType": "Medication", "id": "m1", "code": {"coding": [{"code": "x"}]}}

# What stands at the place of one resource, as JSON.
VALUES = [
    *(b"null", b"5", b'"x"', b"[]", b"[null]", b"{}", b"true"),
    *(b'{"resourceType":null}', b'{"resourceType":""}', b'{"resourceType":5,"id":"o1"}'),
    b'{"resourceType":"Parameters","id":"o1","code":5}',
    b'{"id":"o1","status":"draft","resourceType":"ServiceRequest"}',
    b'{"resourceType":"ServiceRequest","resourceType":"ServiceRequest","id":"o1"}',
    b'{"resourceType":"Coverage","resourceType":"ServiceRequest","id":"o1"}',
    b'{"resourceType":"ServiceRequest","resourceType":"Coverage","id":"o1"}',
    b'{"resourceType":"ServiceRequest","resourceType":5,"id":"o1"}',
    b'{"resourceType":"ServiceRequest","resourceType":null,"id":"o1"}',
    b'{"resourceType":"ServiceRequest","id":"o1","id":"o2"}',
    b'{"resourceType":"ServiceRequest","id":"o1","id":null}',
    b'{"resourceType":"ServiceRequest","id":"o1","id":7}',
    *(
        b'{"resourceType":"ServiceRequest","id":%s}' % each
        for each in (b"7", b"null", b'""', b"{}")
    ),
    b'{"resourceType":"ServiceRequest","id":"%s"}' % (b"o" * 300),
    b'{"resourceType":"ServiceRequest","id":"o1","code":"E0601"}',
    b'{"resourceType":"ServiceRequest","id":"o1","status":5,"code":null}',
    b'{"resourceType":"ServiceRequest","id":"o1","status":"\\ud800"}',
    b'{"resourceType":"ServiceRequest","id":"o1","note":"\\ud800","entry":5,"link":"x"}',
    b'{"resourceType":"ServiceRequest","id":"o1","quantityQuantity":{"value":1e400}}',
    b'{"resourceType":"ServiceRequest","id":"o1","x":%s}' % (b"[" * 100 + b"]" * 100),
    b'{"resourceType":"ServiceRequest","id":"o1","x":%s}' % (b"[" * 5_000 + b"]" * 5_000),
    *(body(each) for each in (order(), patient(), coverage(), REFERRED, ORGANIZATION, DRUG)),
    *(body({**each, "status": 5}) for each in (patient(), coverage(), ORGANIZATION, DRUG)),
    body(patient(birthDate=1980)),
    body(patient(address=[{"state": 5}])),
    body(coverage(payor="x")),
    body({**coverage(status="cancelled"), "class": [{"value": 5}]}),
    body({**ORGANIZATION, "identifier": {}}),
    body({**DRUG, "code": "x"}),
    *(body({"resourceType": kind, "id": "o1"}) for kind in ("Appointment", "Encounter", "Device")),
    body(bundle(coverage("c2"), REFERRED, ORGANIZATION, base=SERVER)),
    body(bundle(REFERRED, ORGANIZATION, order(), link=[{"relation": "next", "url": "x"}])),
    body(bundle(bundle(bundle(bundle(bundle(bundle(coverage("c2")))))))),
    *(body({**bundle(coverage("c2")), name: 5}) for name in ("entry", "link", "id", "status")),
    body(bundle(coverage("c2"), None, {"resourceType": "Coverage", "id": "c2", "payor": 5})),
    b'{"resourceType":"Bundle","entry":[{"fullUrl":5}]}',
    b'{"resourceType":"Bundle","entry":[{},{"resource":null},{"fullUrl":null}]}',
    b'{"resourceType":"x","resourceType":"Bundle","entry":[{"resource":{}}]}',
]
HERE = {"id": "here"}
REQUESTS: dict[str, Json] = {
    "the draft": sign(HERE, order(logical_id="o9")),
    "the patient": sign(prefetch={**prefetch(), "patient": HERE}),
    "the coverage": sign(prefetch={"patient": patient(), "coverage": HERE, "org": ORGANIZATION}),
    "in a Bundle": sign(prefetch={**prefetch(), "mine": bundle(HERE, base=None)}),
    "the payer": sign(prefetch={**prefetch(REFERRED), "mine": HERE}),
    "contained": sign(
        order("MedicationRequest", medicationReference={"reference": "#m1"}, contained=[HERE])
    ),
    "dispatched": asked(
        "order-dispatch",
        {"dispatchedOrders": ["ServiceRequest/o1"]},
        prefetch={**prefetch(), "mine": HERE},
    ),
}


@pytest.fixture(params=[False, True])
def may_query(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("where", list(REQUESTS))
def test_whatever_stands_there_both_tell_the_same(where: str, *, may_query: bool) -> None:
    request = queryable(REQUESTS[where]) if may_query else REQUESTS[where]
    for value in VALUES:
        told = body(request).replace(body(HERE), value)
        assert _outcome(told, request["hook"]) == _in_two(told, request["hook"]), value[:200]


@settings(max_examples=examples(60, 300))
@given(damaged())
def test_of_a_damaged_request_both_tell_the_same(request: Json) -> None:
    told = body(request)
    for hook in Hook:
        assert _outcome(told, hook) == _in_two(told, hook)


def test_the_usual_request_is_read_in_one_pass() -> None:
    pages = bundle(coverage(), ORGANIZATION)
    read = read_hook_request(body(sign(prefetch={"p": patient(), "c": pages})), "order-sign")
    assert not [each for each in (read.prefetch or {}).values() if isinstance(each, Raw)]
    resources = sent(read)
    drafts = [*resources.context, *map(resources.find, ("Patient/p1", "Coverage/c1"))]
    assert [each is not None and each.elements is not None for each in drafts] == [True] * 3


def _outcome(told: bytes, hook: str) -> str:
    """Return what the request tells, or the error for the client, in words."""
    try:
        return repr(gather_sent(read_hook_request(told, hook), SETTINGS, TODAY))
    except CrdError as error:
        return f"{type(error).__name__}: {error}"


def _in_two(told: bytes, hook: str) -> str:
    """Return the same where the type and the id of each resource are read before its elements."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hooks, "_read_at_once", _nothing)
        patched.setattr(found, "read_whole", _nothing)
        return _outcome(told, hook)


def _nothing(_: bytes) -> None:
    return None
