"""What a client may send, and what it need not: asked of the whole service, hook by hook."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.support import hook_requests as requests
from tests.support.crd_asking import (
    FOLLOWER,
    HOOKS,
    NOT_LISTED,
    NOT_REQUIRED,
    ORDER_TYPES,
    REQUIRED,
    ask,
    asked_at,
    code,
    discover,
    informations_of,
    order_of,
    value,
    values,
)

Json = dict[str, Any]

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
EXT = "http://hl7.org/fhir/StructureDefinition/"


# --- hooks and orders ---------------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_declared_and_answered(hook: str) -> None:
    assert [each["id"] for each in discover() if each["hook"] == hook] == [f"precert-{hook}"]
    reply = ask(asked_at(hook))
    assert (reply.status, len(reply.informations)) == (200, 1)


@pytest.mark.parametrize("resource_type", ORDER_TYPES)
@pytest.mark.parametrize("hook", ["order-sign", "order-select", "order-dispatch"])
def test_every_type_of_order_is_answered(hook: str, resource_type: str) -> None:
    order, reference = order_of(resource_type, REQUIRED), f"{resource_type}/o1"
    request = asked_at(hook)
    if hook == "order-dispatch":
        request["context"]["dispatchedOrders"] = [reference]
        request["prefetch"]["orders"] = requests.bundle(order)
    else:
        request["context"]["draftOrders"] = requests.bundle(order)
        request["context"]["selections"] = [reference]
    (resource,) = ask(request).resources
    assert (resource["resourceType"], resource["id"]) == (resource_type, "o1")
    assert value(informations_of(resource)[0], "pa-needed") == "auth-needed"


# --- what need not be sent ----------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS)
def test_a_code_and_a_coverage_are_enough(hook: str) -> None:
    """No optional element of the request, of the order, of the coverage or of the patient."""
    request = asked_at(hook)
    request["prefetch"]["patient"] = {"resourceType": "Patient", "id": "p1"}
    request["context"].pop("userId")
    for order in _resources(request):
        order.pop("status", None)
    reply = ask(request)
    assert [value(each, "pa-needed") for each in reply.informations] == ["auth-needed"]


@pytest.mark.parametrize("hook", HOOKS)
def test_no_patient_is_needed_for_an_answer_that_turns_on_none(hook: str) -> None:
    request = asked_at(hook)
    request["prefetch"].pop("patient")
    assert [value(each, "pa-needed") for each in ask(request).informations] == ["auth-needed"]


def test_an_order_without_billing_options_is_answered_by_its_codings() -> None:
    concept = {"coding": [requests.coding("73211009", "http://snomed.info/sct")]}
    concept["coding"].append(requests.coding(REQUIRED))
    (information,) = ask(requests.sign(requests.order(code=concept))).informations
    assert value(information, "pa-needed") == "auth-needed"
    assert value(information, "billingCode")["code"] == REQUIRED


@pytest.mark.parametrize(
    "concept",
    [
        {"coding": [{"system": "http://snomed.info/sct", "code": "73211009"}]},
        {"coding": [{}]},
        {"text": "an invented service"},
    ],
)
def test_an_order_without_any_billing_code_gets_what_can_be_said(concept: Json) -> None:
    """Thin content is no error: the answer says which code is needed."""
    reply = ask(requests.sign(requests.order(code=concept)))
    (information,) = reply.informations
    assert reply.status == 200
    assert value(information, "pa-needed") == "conditional"
    assert "detail-code" in values(information, "info-needed")


def test_each_billing_option_is_answered_and_none_is_left_out() -> None:
    options = tuple(requests.coding(each) for each in (REQUIRED, NOT_REQUIRED, NOT_LISTED))
    concept = requests.concept(
        requests.coding("73211009", "http://snomed.info/sct"), options=options
    )
    reply = ask(requests.sign(requests.order(code=concept)))
    said = {
        value(each, "billingCode")["code"]: value(each, "pa-needed") for each in reply.informations
    }
    assert said == {REQUIRED: "auth-needed", NOT_REQUIRED: "no-auth", NOT_LISTED: "conditional"}


# --- what may be sent besides -------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS)
def test_unexpected_elements_change_nothing(hook: str) -> None:
    request = asked_at(hook)
    odd = deepcopy(request)
    odd.update(unheardOf={"deep": [1, {"x": None}]}, _hook="x")
    odd["context"].update(unheardOf=["x"], vendorContext={"resourceType": "Patient"})
    odd["extension"] = {"vendor.example": {"davinci-crd.configuration": {"coverage-info": False}}}
    odd["prefetch"].update(unheardOf={"resourceType": "Basic", "id": "b1"}, nothing=None)
    coverage = odd["prefetch"]["coverage"]["entry"][0]
    coverage.update(search={"mode": "match"}, unheardOf=True)
    coverage["resource"].update(unheardOf=True, costToBeneficiary=[{"unheardOf": 1}])
    assert ask(odd).body == ask(request).body


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize(
    "configuration",
    [
        {"unheard-of": True, "another": 7},
        {"coverage-info": True, "max-cards": -3},
        {"coverage-info": "no"},
        {"coverage-info": None, "unsolicited-determ": False},
        {"": [], "coverage-info": {"deep": False}},
        {},
    ],
)
def test_options_that_are_unknown_or_make_no_sense_change_nothing(
    hook: str, configuration: Json
) -> None:
    extension = {"davinci-crd.configuration": configuration}
    reply = ask(asked_at(hook, extension=extension))
    assert reply.status == 200
    assert reply.body == ask(asked_at(hook)).body


@pytest.mark.parametrize("hook", HOOKS)
def test_coverage_information_is_sent_unless_it_is_switched_off(hook: str) -> None:
    off = {"davinci-crd.configuration": {"coverage-info": False}}
    assert len(ask(asked_at(hook)).informations) == 1
    reply = ask(asked_at(hook, extension=off))
    assert (reply.status, reply.json) == (200, {"cards": [], "systemActions": []})


# --- US Core ------------------------------------------------------------------------------------

PATIENTS: dict[str, Json] = {
    "3.1.1": {
        "extension": [{"url": f"{US_CORE}birthsex", "valueCode": "UNK"}],
    },
    "6.1.0": {
        "extension": [
            {"url": f"{US_CORE}sex", "valueCode": "unknown"},
            {"url": f"{US_CORE}genderIdentity", "valueCodeableConcept": {"text": "not told"}},
            {
                "url": f"{US_CORE}tribal-affiliation",
                "extension": [{"url": "isEnrolled", "valueBoolean": False}],
            },
        ],
    },
    "7.0.0": {
        "extension": [
            {"url": f"{EXT}patient-interpreterRequired", "valueBoolean": False},
            {"url": f"{US_CORE}sex", "valueCode": "184115007"},
        ],
        "deceasedBoolean": False,
    },
}
COVERAGES: dict[str, Json] = {
    "3.1.1": {},  # it has no profile of Coverage
    "6.1.0": {"identifier": [{"type": {"coding": [{"code": "MB"}]}, "value": "invented"}]},
    "7.0.0": {"subscriberId": "invented", "relationship": {"coding": [{"code": "self"}]}},
}
ORDERS: dict[str, Json] = {
    "3.1.1": {},  # it has no profile of ServiceRequest
    "6.1.0": {"category": [{"coding": [{"code": "387713003"}]}], "intent": "order"},
    "7.0.0": {"category": [{"coding": [{"code": "sdoh"}]}], "reasonReference": [{"display": "x"}]},
}
TURNS_ON = {
    "K0004": ("auth-needed", "no-auth"),  # age
    "E0471": ("auth-needed", "no-auth"),  # state
    "L1832": ("auth-needed", "conditional"),  # plan
}


@pytest.mark.parametrize("version", PATIENTS)
@pytest.mark.parametrize("text", TURNS_ON)
@pytest.mark.parametrize("other", [False, True])
def test_us_core_of_each_version_tells_the_same_facts(
    version: str, text: str, *, other: bool
) -> None:
    """Each answer turns on a fact of the member, which stands where each version has it."""
    patient = requests.patient(
        meta={"profile": [f"{US_CORE}patient|{version}"]},
        birthDate="2020-01-01" if other else "1960-01-01",
        gender="unknown",
        identifier=[{"system": "urn:example:mrn", "value": "invented"}],
        address=[
            {"use": "old", "state": "FL" if other else "GA", "period": {"end": "2020-01-01"}},
            {"state": "GA" if other else "FL", "country": "US"},
        ],
        **PATIENTS[version],
    )
    plan: Json = {
        "type": {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/coverage-class", "code": "plan"}
            ]
        },
        "value": "tin" if other else "gold",
    }
    coverage = requests.coverage(
        meta={"profile": [f"{US_CORE}coverage|{version}"]},
        **{"class": [plan], **COVERAGES[version]},
    )
    order = requests.order(
        meta={"profile": [f"{US_CORE}servicerequest|{version}"]},
        code=code(text),
        **ORDERS[version],
    )
    prefetch = {"patient": patient, "coverage": requests.bundle(coverage)}
    (information,) = ask(requests.sign(order, prefetch=prefetch)).informations
    assert value(information, "pa-needed") == TURNS_ON[text][other]


# --- must-support elements ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "elements", "pa_needed"),
    [
        ("E0562", {"quantityQuantity": {"value": 6}}, "auth-needed"),
        ("E0562", {"quantityQuantity": {"value": 5}}, "no-auth"),
        (
            "K0003",
            {"locationCode": [{"coding": [requests.coding("11", requests.PLACES)]}]},
            "auth-needed",
        ),
        ("K0003", {}, "conditional"),
        (
            "L1843",
            {"reasonCode": [{"coding": [requests.coding("G47.33", requests.ICD)]}]},
            "auth-needed",
        ),
        (
            "L1843",
            {"reasonCode": [{"coding": [requests.coding("M17.11", requests.ICD)]}]},
            "no-auth",
        ),
        (NOT_REQUIRED, {"occurrenceDateTime": "2026-12-31"}, "no-auth"),
        (NOT_REQUIRED, {"occurrenceDateTime": "2027-01-01"}, "conditional"),
    ],
)
def test_elements_of_an_order_decide_its_answer(text: str, elements: Json, pa_needed: str) -> None:
    (information,) = ask(requests.sign(requests.order(code=code(text), **elements))).informations
    assert value(information, "pa-needed") == pa_needed


def test_what_is_not_to_be_done_gets_no_answer_and_is_no_companion() -> None:
    primary = requests.order(code=code(REQUIRED), doNotPerform=True)
    follower = requests.order(logical_id="o2", code=code(FOLLOWER))
    (resource,) = ask(requests.sign(primary, follower)).resources
    assert resource["id"] == "o2"
    assert value(informations_of(resource)[0], "pa-needed") == "conditional"


# --- prefetch -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hook", ["order-select", "order-dispatch"])
def test_only_what_was_selected_or_dispatched_is_answered(hook: str) -> None:
    """The others are still looked at: the one that is answered follows one of them."""
    request = asked_at(hook, FOLLOWER)
    primary = requests.order(logical_id="o2", code=code(REQUIRED))
    if hook == "order-dispatch":
        request["prefetch"]["serviceRequests"]["entry"].append({"resource": primary})
    else:
        request["context"]["draftOrders"]["entry"].append({"resource": primary})
    (resource,) = ask(request).resources
    assert resource["id"] == "o1"
    expected = "auth-needed" if hook == "order-select" else "conditional"
    assert value(informations_of(resource)[0], "pa-needed") == expected


@pytest.mark.parametrize("hook", HOOKS)
def test_all_that_was_prefetched_is_used_and_nothing_is_asked_again(hook: str) -> None:
    reply = ask(requests.queryable(asked_at(hook)))
    assert [value(each, "pa-needed") for each in reply.informations] == ["auth-needed"]


def _resources(request: Json) -> list[Json]:
    """Return the orders, appointments and encounters of a request."""
    bundles = [*request["context"].values(), *request["prefetch"].values()]
    found = [each for each in bundles if isinstance(each, dict)]
    entries = [entry["resource"] for each in found for entry in each.get("entry", ())]
    return [each for each in [*found, *entries] if each["resourceType"] != "Coverage"]
