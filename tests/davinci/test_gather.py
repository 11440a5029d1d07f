"""What each hook asks about, from what came along with the request."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.davinci.focus import Gathered
from precert.davinci.refused import NoPrefetch, NotAHookRequest, TooManyOrders
from precert.davinci.request.found import Found
from precert.davinci.request.gather import Missing, gather_sent
from precert.davinci.request.hooks import read_hook_request
from precert.davinci.request.prefetch import Resources
from precert.davinci.request.references import parse_reference
from precert.davinci.request.resources.product import Product
from precert.davinci.request.resources.service_request import ServiceRequest
from tests.support.hook_requests import (
    CPT,
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
    prefetch,
    queryable,
    sign,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.request.resources.elements import Concept

CARDS = {"davinci-crd.requestedVersion": "2.1"}
AIR = concept(coding("E0601"))


def outcome(request: Json) -> Gathered | Missing:
    return gather_sent(read_hook_request(body(request)), SETTINGS, TODAY)


def told(request: Json) -> Gathered:
    gathered = outcome(request)
    assert isinstance(gathered, Gathered)
    return gathered


def missing(request: Json) -> list[str]:
    """Return what has to be queried, in order; the coverages as `Coverage`."""
    wanted = outcome(queryable(request))
    assert isinstance(wanted, Missing)
    return sorted([*map(str, wanted.references), *(["Coverage"] if wanted.coverages else [])])


def whom(gathered: Gathered) -> dict[str, bool]:
    """Return each resource and whether it is asked."""
    return {focus.reference: focus.asked for focus in gathered.focuses}


def test_an_order_that_is_signed() -> None:
    gathered = told(sign(order(), order("DeviceRequest", "o2", codeCodeableConcept=AIR)))
    assert gathered.hook == "order-sign"
    assert whom(gathered) == {"ServiceRequest/o1": True, "DeviceRequest/o2": True}
    assert (gathered.coverage.reference, gathered.coverage.payer.name) == (
        "Coverage/c1",
        "Acme Health",
    )
    assert gathered.complete
    assert gathered.failed == ""


@pytest.mark.parametrize(
    "extra",
    [
        None,
        {"resourceType": "RequestGroup", "id": "g1"},
        {"resourceType": "Task", "id": "t1"},
        order(logical_id="o2", code={"coding": [{}]}),
        order(logical_id="o2", code=concept(coding("2744", CPT))),
        order(logical_id="o2", code=concept(coding("E0470"), coding("E0471"))),
        order(logical_id="o2", code=concept(coding("E0470"), options=(coding("E0471"),))),
        order(logical_id="o2", code=concept(coding("E0470"), coding("2744", CPT))),
        order("DeviceRequest", "o2", codeReference={"reference": "Device/none"}),
        order(logical_id="o2", modifierExtension=[{"url": "urn:x", "valueBoolean": True}]),
        order(logical_id="o1", code=concept(coding("E0470"))),
    ],
)
def test_an_order_that_may_be_more_than_was_read_is_not_complete(extra: Json | None) -> None:
    request = sign(order(), extra)
    assert told(request).complete is False
    assert whom(told(request))["ServiceRequest/o1"]


def test_orders_without_an_id_or_an_address_are_each_asked() -> None:
    codes = ("E0470", "E0471")
    orders = [order(logical_id=None, code=concept(coding(code))) for code in codes]
    gathered = told(sign(*orders))
    assert [focus.billings[0].code for focus in gathered.focuses] == ["E0470", "E0471"]
    assert gathered.complete


def test_appointments_without_an_id_or_an_address_are_each_asked() -> None:
    booked = [{"resourceType": "Appointment", "start": f"2026-03-0{day}"} for day in (3, 4)]
    gathered = told(asked("appointment-book", {"appointments": bundle(*booked)}))
    assert len(gathered.focuses) == len(booked)


def test_an_order_without_a_code_is_not_one_whose_code_could_not_be_read() -> None:
    modified = order(code={"text": "x"}, modifierExtension=[{"url": "urn:x"}])
    for draft in (modified, {**modified, "modifierExtension": None}):
        focuses = told(sign(draft, order(code={"text": "y"}))).focuses
        assert [focus.unread for focus in focuses] == [False, False]


def test_of_two_orders_of_one_name_neither_is_certain() -> None:
    first, second = order(), order(code=concept(coding("E0470")))
    gathered = told(sign(first, second, first))
    assert [focus.billings[0].code for focus in gathered.focuses] == ["E0601", "E0470"]
    assert [focus.uncertain for focus in gathered.focuses] == [True, True]
    assert not gathered.complete


def test_of_two_orders_of_one_name_each_is_asked_once_however_often_it_was_sent() -> None:
    first, second = order(), order(code=concept(coding("E0470")))
    for drafts in ((first, second, second), (first, second, first, second)):
        focuses = told(sign(*drafts)).focuses
        assert [focus.billings[0].code for focus in focuses] == ["E0601", "E0470"]


def test_an_order_that_was_sent_twice_is_selected_by_either_address() -> None:
    names = ("urn:uuid:1", "urn:uuid:2")
    drafts = {"entry": [{"fullUrl": name, "resource": order()} for name in names]}
    for name in names:
        request = asked("order-select", {"draftOrders": drafts, "selections": [name]})
        assert whom(told(request)) == {"ServiceRequest/o1": True}


def test_an_order_that_is_given_up_under_the_same_name_leaves_it_uncertain() -> None:
    for drafts in ((order(), order(status="revoked")), (order(status="revoked"), order())):
        gathered = told(sign(*drafts))
        assert [focus.uncertain for focus in gathered.focuses] == [True]
        assert not gathered.complete
    unnamed = [order(logical_id=None, status=status) for status in ("draft", "revoked")]
    assert told(sign(*unnamed)).complete


def test_of_two_appointments_of_one_name_neither_is_certain() -> None:
    booked = [
        {
            "resourceType": "Appointment",
            "id": "a1",
            "serviceType": [AIR],
            "start": f"2026-03-0{day}",
        }
        for day in (3, 4)
    ]
    gathered = told(asked("appointment-book", {"appointments": bundle(*booked, booked[0])}))
    assert [focus.on for focus in gathered.focuses] == [date(2026, 3, 3), date(2026, 3, 4)]
    assert [focus.uncertain for focus in gathered.focuses] == [True, True]


def test_orders_of_one_id_on_two_servers_are_both_asked() -> None:
    servers = (SERVER, "https://other.example/fhir")
    references = [f"{server}/ServiceRequest/o1" for server in servers]
    request = asked("order-dispatch", {"dispatchedOrders": [*references, references[0]]})
    for server, code in zip(servers, ("E0601", "E0470"), strict=True):
        drafts = bundle(order(code=concept(coding(code))), base=server)
        request["prefetch"][server] = drafts
    gathered = told(request)
    assert [focus.billings[0].code for focus in gathered.focuses] == ["E0601", "E0470"]
    assert [focus.uncertain for focus in gathered.focuses] == [True, True]


def test_what_is_dispatched_by_its_address_has_to_be_an_order() -> None:
    stay = {"resourceType": "Encounter", "id": "e1", "serviceType": AIR}
    name = "urn:uuid:00000000-0000-4000-8000-000000000003"
    request = asked("order-dispatch", {"dispatchedOrders": [name]})
    for resource, expected in ((order(), {"ServiceRequest/o1": True}), (stay, {})):
        entry = {"fullUrl": name, "resource": resource}
        request["prefetch"]["mine"] = {"resourceType": "Bundle", "entry": [entry]}
        assert whom(told(request)) == expected


@pytest.mark.parametrize("name", ["entry", "link"])
def test_what_a_bundle_has_is_passed_over_in_an_order(name: str) -> None:
    assert whom(told(sign(order(**{name: "x"})))) == {"ServiceRequest/o1": True}


@pytest.mark.parametrize(
    "resource",
    [{"id": "no-type"}, {"resourceType": 5}, 5, "x", {"resourceType": "ServiceRequest", "id": 7}],
)
@pytest.mark.parametrize(
    ("hook", "name"), [("order-sign", "draftOrders"), ("appointment-book", "appointments")]
)
def test_what_is_asked_about_and_cannot_be_read_is_an_error(
    hook: str, name: str, resource: object
) -> None:
    request = asked(hook, {name: {"entry": [{"resource": order()}, {"resource": resource}]}})
    with pytest.raises(NotAHookRequest, match=rf"context\.{name}: .* entry\[1\]"):
        told(request)


@pytest.mark.parametrize(
    ("hook", "context"),
    [
        ("order-sign", {"draftOrders": {"entry": [{}] * 1001}}),
        ("appointment-book", {"appointments": {"entry": [{}] * 1001}}),
        ("order-dispatch", {"dispatchedOrders": [f"ServiceRequest/o{n}" for n in range(1001)]}),
    ],
)
def test_more_than_is_answered_is_neither_read_nor_asked_for(hook: str, context: Json) -> None:
    with pytest.raises(TooManyOrders):
        outcome(queryable(asked(hook, context)))


def _of_one_device(number: int, device: Json) -> Json:
    """Return a request of as many orders, all of one Device."""
    named = {"reference": "Device/d1"}
    drafts = [order("DeviceRequest", f"o{n}", codeReference=named) for n in range(number)]
    return sign(*drafts, prefetch={**prefetch(), "device": device})


def test_more_codings_than_any_visit_has_are_not_read() -> None:
    device = {"resourceType": "Device", "id": "d1", "type": {"coding": [{"code": "x"}] * 100}}
    assert len(told(_of_one_device(100, device)).focuses) == 100
    with pytest.raises(TooManyOrders, match="codings"):
        told(_of_one_device(101, device))


def test_a_product_is_read_once_however_many_orders_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[Product] = []
    concepts = Product.concepts

    def counted(product: Product) -> Sequence[Concept]:
        read.append(product)
        return concepts(product)

    monkeypatch.setattr(Product, "concepts", counted)
    focuses = told(_of_one_device(9, {"resourceType": "Device", "id": "d1", "type": AIR})).focuses
    assert [focus.billings[0].code for focus in focuses] == ["E0601"] * 9
    assert len(read) == 1


def test_what_is_referred_to_again_and_again_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[ServiceRequest] = []
    concepts = ServiceRequest.concepts

    def counted(resource: ServiceRequest) -> Sequence[Concept]:
        read.append(resource)
        return concepts(resource)

    monkeypatch.setattr(ServiceRequest, "concepts", counted)
    names = [f"ServiceRequest/o1/_history/{version}" for version in range(9)]
    request = asked("order-dispatch", {"dispatchedOrders": names})
    request["prefetch"]["mine"] = order()
    assert whom(told(request)) == {"ServiceRequest/o1": True}
    based_on = [{"reference": name} for name in names]
    assert whom(told(_booked(basedOn=based_on))) == {
        "Appointment/a1": False,
        "ServiceRequest/o1": True,
    }
    assert len(read) == 2


def test_what_came_again_and_again_is_not_looked_through_for_each_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resources = Resources(SERVER)
    device = {"resourceType": "Device", "id": "d1"}
    resources.add(body(bundle(*[device] * 99)))
    looked_at: list[Found] = []

    def base(found: Found) -> None:
        looked_at.append(found)

    monkeypatch.setattr(Found, "base", property(base))
    assert resources.find("Device/d1") is not None
    assert len(looked_at) <= 1


@pytest.mark.parametrize(
    "named",
    [
        {"resource": order(logical_id="x" * 256)},
        {"resource": order(), "fullUrl": f"https://ehr.example/{'x' * 500}/ServiceRequest/o1"},
    ],
)
def test_a_name_that_would_be_repeated_at_length_is_an_error(named: Json) -> None:
    with pytest.raises(NotAHookRequest, match="ServiceRequest: read a longer id or fullUrl"):
        told(asked("order-sign", {"draftOrders": {"entry": [named]}}))


def test_a_coverage_of_a_long_name_is_an_error() -> None:
    request = sign(order())
    request["prefetch"] = prefetch(coverage(logical_id="x" * 256))
    with pytest.raises(NotAHookRequest, match="Coverage: read a longer id"):
        told(request)


def test_an_order_where_a_bundle_of_orders_belongs_is_an_error() -> None:
    with pytest.raises(NotAHookRequest, match=r"context\.draftOrders: .* expected a Bundle"):
        told(asked("order-sign", {"draftOrders": order()}))


def test_a_selection_sent_as_a_signed_order_is_not_complete() -> None:
    request = sign(order())
    request["context"]["selections"] = ["ServiceRequest/o1"]
    assert told(request).complete is False


def test_a_part_of_the_draft_orders_is_not_complete() -> None:
    request = sign(order())
    for relation, expected in (("self", True), ("next", False)):
        links = [{"relation": relation, "url": f"{SERVER}?page=2"}]
        request["context"]["draftOrders"]["link"] = links
        assert told(request).complete is expected


def test_an_order_without_orders_has_no_focus() -> None:
    request = asked("order-sign", {"draftOrders": {"resourceType": "Bundle"}})
    assert told(request).focuses == ()


def test_candidates_from_the_code_and_from_its_billing_options() -> None:
    code = concept(
        coding("726551006", "http://snomed.info/sct"), options=(coding("E0470"), coding("E0471"))
    )
    (focus,) = told(sign(order(code=code))).focuses
    assert [billing.code for billing in focus.billings] == ["E0470", "E0471"]


@pytest.mark.parametrize(
    ("selections", "expected"),
    [
        (["ServiceRequest/o1"], {"ServiceRequest/o1": True, "ServiceRequest/o2": False}),
        ([f"{SERVER}/ServiceRequest/o2"], {"ServiceRequest/o1": False, "ServiceRequest/o2": True}),
        (["o1"], {"ServiceRequest/o1": True, "ServiceRequest/o2": False}),
        (["o3"], {"ServiceRequest/o1": True, "ServiceRequest/o2": True}),
        (["", "/"], {"ServiceRequest/o1": True, "ServiceRequest/o2": True}),
        ([], {"ServiceRequest/o1": False, "ServiceRequest/o2": False}),
        (None, {"ServiceRequest/o1": True, "ServiceRequest/o2": True}),
    ],
)
def test_only_what_was_selected_is_asked(
    selections: list[str] | None, expected: dict[str, bool]
) -> None:
    drafts = bundle(order(), order(logical_id="o2"))
    request = asked("order-select", {"draftOrders": drafts, "selections": selections})
    assert whom(told(request)) == expected
    assert told(request).complete is False


def test_an_order_without_an_id_is_selected_by_its_address() -> None:
    draft = order()
    del draft["id"]
    address = "urn:uuid:00000000-0000-4000-8000-000000000002"
    drafts = {"resourceType": "Bundle", "entry": [{"fullUrl": address, "resource": draft}]}
    request = asked("order-select", {"draftOrders": drafts, "selections": [address]})
    assert whom(told(request)) == {address: True}


@pytest.mark.parametrize("key", ["dispatchedOrders", "dispatched-orders", "order"])
@pytest.mark.parametrize("prefetched", ["serviceRequests", "of-ones-own", "nested"])
def test_dispatched_orders_are_found_in_any_bundle(key: str, prefetched: str) -> None:
    orders = bundle(order(), order(logical_id="o2"), base=SERVER)
    request = asked("order-dispatch", {key: ["ServiceRequest/o2"], "performer": "Organization/x"})
    request["prefetch"][prefetched] = bundle(orders) if prefetched == "nested" else orders
    assert whom(told(request)) == {"ServiceRequest/o2": True}
    assert told(request).complete is False


@pytest.mark.parametrize(
    ("reference", "base", "is_found"),
    [
        ("ServiceRequest/o1", None, True),
        ("ServiceRequest/o1", SERVER, True),
        ("ServiceRequest/o1/_history/3", SERVER, True),
        (f"{SERVER}/ServiceRequest/o1", SERVER, True),
        (f"{SERVER}/ServiceRequest/o1/_history/3", SERVER, True),
        (f"{SERVER}/ServiceRequest/o1", None, True),
        ("https://other.example/fhir/ServiceRequest/o1", SERVER, False),
        ("https://other.example/fhir/ServiceRequest/o1", None, False),
        ("ServiceRequest/o2", SERVER, False),
        ("DeviceRequest/o1", SERVER, False),
    ],
)
def test_the_same_id_elsewhere_is_another_order(
    reference: str, base: str | None, *, is_found: bool
) -> None:
    request = queryable(asked("order-dispatch", {"dispatchedOrders": [reference]}))
    request["prefetch"]["orders"] = bundle(order(), base=base)
    assert isinstance(outcome(request), Gathered) == is_found


def test_what_did_not_come_is_named_for_a_query() -> None:
    references = [
        "ServiceRequest/o1",
        "MedicationRequest/o2",
        "https://other.example/DeviceRequest/o3",
    ]
    request = asked("order-dispatch", {"dispatchedOrders": references}, prefetch={})
    assert missing(request) == sorted(["Coverage", "Patient/p1", *references])


def test_a_product_that_did_not_come_is_named_for_a_query() -> None:
    draft = order("MedicationRequest", medicationReference={"reference": "Medication/m1"})
    assert missing(sign(draft)) == ["Medication/m1"]


@pytest.mark.parametrize(
    "reference",
    ["ServiceRequest/..", "ServiceRequest/../../admin", "../ServiceRequest/o1", "/etc/passwd",
     "ServiceRequest/o1?x=1", "ServiceRequest/o1#x", "ServiceRequest/a b", "ServiceRequest/o1\n",
     "file:///ServiceRequest/o1", "ServiceRequest/" + "a" * 65, "serviceRequest/o1", "", "#o1",
     "https://ehr.example/fhir/ServiceRequest/..", "ServiceRequest/%2e%2e", "ServiceRequest/é"],
)  # fmt: skip
def test_a_reference_with_a_path_trick_is_never_queried(reference: str) -> None:
    assert parse_reference(reference) is None
    request = queryable(asked("order-dispatch", {"dispatchedOrders": [reference]}))
    with pytest.raises(NoPrefetch):
        outcome(request)


def test_without_a_server_what_did_not_come_is_an_error_or_not_told() -> None:
    request = asked("order-dispatch", {"dispatchedOrders": ["ServiceRequest/o1"]})
    with pytest.raises(NoPrefetch, match="ServiceRequest"):
        outcome(request)
    request["context"]["dispatchedOrders"].append("ServiceRequest/o2")
    request["prefetch"]["mine"] = order(logical_id="o2")
    assert whom(told(request)) == {"ServiceRequest/o2": True}


def test_what_is_dispatched_and_no_order_is_passed_over() -> None:
    request = queryable(asked("order-dispatch", {"dispatchedOrders": ["Task/t1", "Patient/p1"]}))
    assert told(request).focuses == ()


APPOINTMENT = {
    "resourceType": "Appointment",
    "id": "a1",
    "status": "proposed",
    "start": "2026-05-04T08:00:00Z",
    "serviceType": [AIR],
}
BASED_ON = {"basedOn": [{"reference": "ServiceRequest/o1"}]}


def _booked(**elements: object) -> Json:
    request = asked("appointment-book", {"appointments": bundle({**APPOINTMENT, **elements})})
    request["prefetch"]["serviceRequests"] = bundle(order(occurrenceDateTime="2026-04-01"))
    return request


def test_an_appointment_is_asked() -> None:
    assert whom(told(_booked())) == {"Appointment/a1": True}
    assert told(_booked()).complete is False


def test_the_order_of_an_appointment_is_asked_instead_and_done_on_its_day() -> None:
    gathered = told(_booked(**BASED_ON))
    assert whom(gathered) == {"Appointment/a1": False, "ServiceRequest/o1": True}
    assert {str(focus.on) for focus in gathered.focuses} == {"2026-05-04"}
    undated = told(_booked(**BASED_ON, start=None))
    assert [str(focus.on) for focus in undated.focuses] == ["None", "2026-04-01"]
    in_a_month = told(_booked(**BASED_ON, start="2026-05"))
    assert [(focus.on, focus.undated) for focus in in_a_month.focuses] == [(None, True)] * 2


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (("2026-05-04", "2026-06-04"), (date(2026, 5, 4), False)),
        (("2026-06-04", "2026-05-04", "2026-07-04"), (date(2026, 5, 4), False)),
        (("2026-06-04", None), (date(2026, 4, 1), False)),  # the order's own day
        (("2026-06-04", "2026-05", "2026-07-04"), (None, True)),
    ],
)
def test_the_order_of_several_appointments_is_done_on_the_first_day(
    starts: tuple[str | None, ...], expected: tuple[date | None, bool]
) -> None:
    booked = [
        {**APPOINTMENT, "id": f"a{number}", "start": start, **BASED_ON}
        for number, start in enumerate(starts)
    ]
    request = {**_booked(), "context": {"patientId": "p1", "appointments": bundle(*booked)}}
    focuses = [focus for focus in told(request).focuses if focus.asked]
    assert [(focus.reference, focus.on, focus.undated) for focus in focuses] == [
        ("ServiceRequest/o1", *expected)
    ]


def test_the_day_of_an_appointment_that_may_mean_something_else_is_none_of_its_order() -> None:
    modified = told(_booked(**BASED_ON, modifierExtension=[{"url": "urn:x"}]))
    assert [(focus.asked, focus.modified) for focus in modified.focuses] == [
        (False, True),
        (True, True),
    ]


def test_before_2_2_the_appointment_itself_is_asked() -> None:
    request = {**_booked(**BASED_ON), "extension": CARDS}
    assert whom(told(request)) == {"Appointment/a1": True}


def test_an_appointment_whose_order_is_not_at_hand_is_asked_itself() -> None:
    request = _booked(**BASED_ON)
    request["prefetch"].pop("serviceRequests")
    assert whom(told(request)) == {"Appointment/a1": True}
    assert missing(request) == ["ServiceRequest/o1"]


@pytest.mark.parametrize(
    "based_on",
    [[], [{}], [{"reference": "DeviceRequest/o1"}], [{"reference": "#o1"}], [{"display": "x"}]],
)
def test_an_appointment_based_on_nothing_that_is_known(based_on: list[Json]) -> None:
    assert whom(told(_booked(basedOn=based_on))) == {"Appointment/a1": True}


def test_an_appointment_that_is_cancelled_is_not_asked() -> None:
    assert told(_booked(status="cancelled", **BASED_ON)).focuses == ()


@pytest.mark.parametrize("hook", ["encounter-start", "encounter-discharge"])
@pytest.mark.parametrize("told_id", ["e1", "Encounter/e1"])
def test_an_encounter_is_asked(hook: str, told_id: str) -> None:
    request = asked(hook, {"encounterId": told_id})
    assert missing(request) == ["Encounter/e1"]
    request["prefetch"]["of-ones-own"] = {
        "resourceType": "Encounter",
        "id": "e1",
        "serviceType": AIR,
    }
    assert whom(told(request)) == {"Encounter/e1": True}
    assert told(request).complete is False


@pytest.mark.parametrize(
    ("hook", "context", "named"),
    [
        ("order-sign", {}, "draftOrders"),
        ("order-select", {"selections": []}, "draftOrders"),
        ("order-dispatch", {}, "dispatchedOrders"),
        ("order-dispatch", {"dispatchedOrders": []}, "dispatchedOrders"),
        ("appointment-book", {}, "appointments"),
        ("encounter-start", {}, "encounterId"),
        ("encounter-discharge", {"encounterId": ""}, "encounterId"),
        ("order-sign", {"draftOrders": bundle(order()), "patientId": None}, "patientId"),
        ("patient-view", {}, "order-sign"),
    ],
)
def test_a_context_without_what_its_hook_requires(hook: str, context: Json, named: str) -> None:
    with pytest.raises(NotAHookRequest, match=named):
        outcome(asked(hook, context))


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "text",
        [],
        [order()],
        {},
        {"resourceType": None},
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]},
        {"resourceType": "Bundle"},
        {"resourceType": "Bundle", "entry": None},
        {"resourceType": "Bundle", "entry": [{}, {"resource": None}, {"resource": 5}]},
        {"resourceType": "Bundle", "entry": "none"},
        {"resourceType": "Bundle", "link": [{"relation": "next", "url": f"{SERVER}?page=2"}]},
        {"resourceType": "Basic", "id": "x", "extension": "odd"},
    ],
)
def test_a_prefetched_value_that_holds_nothing_changes_nothing(value: object) -> None:
    usual = told(sign())
    odd = told(sign(prefetch={"odd": value, **prefetch(), "patients": value}))
    assert odd == usual
    with pytest.raises(NoPrefetch):
        told(sign(prefetch={"odd": value, "patient": value}))


def test_bundles_in_bundles_end_somewhere() -> None:
    nested: Json = bundle(coverage())
    for _ in range(200):
        nested = bundle(nested)
    with pytest.raises(NoPrefetch):
        told(sign(prefetch={"mine": nested}))


def test_works_with_patient_and_coverage_alone() -> None:
    assert whom(told(sign(prefetch=prefetch()))) == {"ServiceRequest/o1": True}
