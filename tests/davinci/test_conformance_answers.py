"""What the service sends, and what it never sends: read from its replies, hook by hook."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import product
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from precert.davinci.settings import Covered, Version
from tests.davinci.invariants import faults
from tests.support import hook_requests as requests
from tests.support.crd_asking import (
    FOLLOWER,
    HOOKS,
    NOT_LISTED,
    NOT_REQUIRED,
    ORDER_TYPES,
    OUT_OF_SCOPE,
    PRIMARY,
    REQUIRED,
    answering,
    ask,
    ask_all,
    asked_at,
    discover,
    informations_of,
    order_of,
    value,
    values,
)
from tests.support.crd_examples import crd_example

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

CODES = (REQUIRED, NOT_REQUIRED, FOLLOWER, OUT_OF_SCOPE, NOT_LISTED, "J7330")
WORDS_OF_A_PORTAL = re.compile(r"portal|log ?in|sign in|https?://", re.IGNORECASE)


def versioned(request: Json, version: Version) -> Json:
    return {**request, "extension": {"davinci-crd.requestedVersion": version.value}}


# --- discovery ------------------------------------------------------------------------------------


def test_every_service_declares_every_version() -> None:
    for service in discover():
        assert service["extension"]["davinci-crd.version"] == [each.value for each in Version]


def test_an_option_says_all_that_it_has_to() -> None:
    for service in discover():
        options = service["extension"]["davinci-crd.configuration-options"]
        assert "coverage-info" in [option["code"] for option in options]
        for option in options:
            assert {"code", "type", "name", "description", "default"} == option.keys()
            kind = {"boolean": bool, "integer": int}[option["type"]]
            assert type(option["default"]) is kind
        for unique in ("code", "name", "description"):
            told = [option[unique] for option in options]
            assert len(told) == len(set(told))
            assert all(told)


def test_all_services_offer_the_same_options() -> None:
    offered = [each["extension"]["davinci-crd.configuration-options"] for each in discover()]
    assert len(offered) == len(HOOKS)
    assert all(each == offered[0] for each in offered)


def test_prefetch_is_a_part_of_the_guides_own() -> None:
    """Each expression as the guide writes it for that hook, and fewer of them."""
    published = msgspec.json.decode(crd_example("CRDServices.json"))["services"]
    standard = {service["hook"]: service["prefetch"] for service in published}
    for service in discover():
        ours, theirs = service["prefetch"], standard[service["hook"]]
        assert set(ours.values()) < set(theirs.values()), service["hook"]


def test_prefetch_asks_for_what_every_request_needs_or_names_by_reference() -> None:
    """The member always; besides, only resources that the context itself refers to."""
    for service in discover():
        asked = dict(service["prefetch"])
        assert asked.pop("patient") == "Patient/{{context.patientId}}"
        assert asked.pop("coverage").startswith("Coverage?patient={{context.patientId}}")
        for template in asked.values():
            assert "{{context." in template


# --- primary and secondary hooks ------------------------------------------------------------------


@pytest.mark.parametrize(("hook", "text"), list(product(PRIMARY, CODES)))
def test_a_primary_hook_is_always_answered(hook: str, text: str) -> None:
    """Also where nothing more can be said than what has to be told."""
    (resource,) = ask(asked_at(hook, text)).resources
    (information,) = informations_of(resource)
    if value(information, "pa-needed") == "conditional":
        assert values(information, "info-needed")
        assert values(information, "reason")


@pytest.mark.parametrize("hook", PRIMARY)
def test_each_of_several_orders_is_answered(hook: str) -> None:
    request = asked_at(hook)
    second = order_of("DeviceRequest", NOT_LISTED, "o2")
    if hook == "order-dispatch":
        request["context"]["dispatchedOrders"].append("DeviceRequest/o2")
        request["prefetch"]["mine"] = requests.bundle(second)
    elif hook == "appointment-book":
        second = {"resourceType": "Appointment", "id": "a2"}
        request["context"]["appointments"]["entry"].append({"resource": second})
    else:
        request["context"]["draftOrders"]["entry"].append({"resource": second})
    resources = ask(request).resources
    assert [len(informations_of(each)) for each in resources] == [1, 1]


@pytest.mark.parametrize("hook", HOOKS[3:])
def test_a_secondary_hook_is_answered_too(hook: str) -> None:
    assert [value(each, "pa-needed") for each in ask(asked_at(hook)).informations] == [
        "auth-needed"
    ]


@pytest.mark.parametrize(("hook", "text", "version"), list(product(HOOKS, CODES, Version)))
def test_a_need_of_documents_is_never_stated(hook: str, text: str, version: Version) -> None:
    for information in ask(versioned(asked_at(hook, text), version)).informations:
        named = {part["url"] for part in information["extension"]}
        assert not named & {"doc-needed", "doc-purpose", "questionnaire", "response"}


# --- the form of a response -----------------------------------------------------------------------


@pytest.mark.parametrize(("hook", "text", "version"), list(product(HOOKS, CODES, Version)))
def test_no_card_and_nobody_is_sent_to_a_portal(hook: str, text: str, version: Version) -> None:
    reply = ask(versioned(asked_at(hook, text), version))
    assert list(reply.json) == ["cards", "systemActions"]
    assert reply.json["cards"] == []
    for information in reply.informations:
        words = [*_reasons(information), *_details(information)]
        assert words
        assert not [each for each in words if WORDS_OF_A_PORTAL.search(each)]


@pytest.mark.parametrize("version", Version)
def test_where_the_case_is_built_is_a_detail(version: Version) -> None:
    (information,) = ask(versioned(asked_at("order-sign"), version)).informations
    assert any("Northwind" in said for said in _details(information))


@pytest.mark.parametrize(("hook", "text", "version"), list(product(HOOKS, CODES, Version)))
def test_every_action_updates_its_resource_and_is_valid(
    hook: str, text: str, version: Version
) -> None:
    """By all constraints of that version, with elements of the guide and no others."""
    reply = ask(versioned(asked_at(hook, text), version))
    for action in reply.json["systemActions"]:
        assert action.keys() == {"type", "description", "resource"}
        assert action["type"] == "update"
        assert action["description"]
        assert action["resource"]["id"]
        for information in informations_of(action["resource"]):
            assert faults(information, version) == []


@pytest.mark.parametrize("resource_type", ORDER_TYPES)
@pytest.mark.parametrize("extended", [False, True])
def test_nothing_but_the_extension_is_changed(resource_type: str, *, extended: bool) -> None:
    """Whatever stands on the order: vendors' elements, order of keys, numbers, other extensions."""
    order = order_of(resource_type, REQUIRED)
    others = [{"url": "urn:example:other", "valueDecimal": 1.50}]
    if extended:
        order["extension"] = others
    order["vendorElement"] = {"z": [1e3, "\u00e9\u2028"], "a": None}
    order["contained"] = [{"resourceType": "Basic", "id": "b", "extension": []}]
    (resource,) = ask(requests.sign(order)).resources
    *kept, information = resource.pop("extension")
    assert information in informations_of({"extension": [information]})
    assert kept == order.pop("extension", [])
    assert list(resource.items()) == list(order.items())


def test_a_reply_has_no_white_space_of_its_own() -> None:
    body = ask(asked_at("order-sign")).body
    assert body == msgspec.json.encode(msgspec.json.decode(body, type=msgspec.Raw))
    outside = re.sub(rb'"(?:[^"\\]|\\.)*"', b"", body)
    assert not re.search(rb"\s", outside)


# --- once more ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hook", "version"), list(product(HOOKS, Version)))
def test_what_stands_on_the_resource_already_is_not_sent_again(hook: str, version: Version) -> None:
    request = versioned(asked_at(hook), version)
    first = ask(request)
    again = _with_resources(request, first.resources)
    assert ask(again).json == {"cards": [], "systemActions": []}


@pytest.mark.parametrize("hook", PRIMARY)
def test_what_changed_is_sent_in_place_of_what_stood_there(hook: str) -> None:
    request = asked_at(hook)
    again = _with_resources(request, ask(request).resources)
    covered = answering(covered=Covered.COVERED)
    (resource,) = ask(again, covered).resources
    (information,) = informations_of(resource)
    assert value(information, "covered") == "covered"


def test_another_payers_information_stays_and_has_another_id() -> None:
    foreign = ask(asked_at("order-sign")).resources[0]
    for part in informations_of(foreign)[0]["extension"]:
        if part["url"] == "coverage":
            part["valueReference"]["reference"] = "Coverage/another"
    (resource,) = ask(_with_resources(asked_at("order-sign"), [foreign])).resources
    kept, own = informations_of(resource)
    assert kept == informations_of(foreign)[0]
    assert value(own, "coverage") == {"reference": "Coverage/c1"}


# --- what an information says ---------------------------------------------------------------------


def test_ids_of_two_coverages_differ_and_those_of_one_resource_are_one() -> None:
    options = (requests.coding(REQUIRED), requests.coding(NOT_REQUIRED))
    order = requests.order(code=requests.concept(options=options))
    coverages = [requests.coverage(), requests.coverage("c2"), requests.coverage("c3", "BOLT")]
    asked = [requests.sign(order, prefetch=requests.prefetch(each)) for each in coverages]
    ids = [
        {value(each, "coverage-assertion-id") for each in reply.informations}
        for reply in ask_all(asked)
    ]
    assert [len(each) for each in ids] == [1, 1, 1]
    assert len(set.union(*ids)) == 3


def test_repetitions_for_one_coverage_are_scoped_by_different_codes() -> None:
    options = tuple(requests.coding(each) for each in (REQUIRED, NOT_REQUIRED, REQUIRED))
    order = requests.order(code=requests.concept(requests.coding(NOT_LISTED), options=options))
    informations = ask(requests.sign(order)).informations
    scopes = [value(each, "billingCode")["code"] for each in informations]
    assert sorted(scopes) == sorted({REQUIRED, NOT_REQUIRED, NOT_LISTED})


@pytest.mark.parametrize("text", CODES)
def test_each_of_several_reasons_says_what_it_is_a_reason_of(text: str) -> None:
    (information,) = ask(asked_at("order-sign", text)).informations
    begins = [each.split()[0].rstrip(":") for each in _reasons(information)]
    assert begins in (["Prior"], ["Prior", "Coverage"])


def test_what_an_answer_holds_for_is_said() -> None:
    """The code, the day, the end of the edition, the printed limits, and what was not checked."""
    (information,) = ask(asked_at("order-sign", NOT_REQUIRED)).informations
    assert value(information, "billingCode")["code"] == NOT_REQUIRED
    assert value(information, "date") == "2026-03-02"
    assert value(information, "expiry-date") == "2026-12-31"
    limits = [
        part
        for part in information["extension"]
        if part["url"] == "detail"
        and {"url": "category", "valueCode": "cat-limitation"} in part["extension"]
    ]
    assert limits


def test_every_element_for_which_the_list_tells_something_is_filled() -> None:
    """Over a few answers, each element of the guide that a procedure list can fill."""
    primary, follower = order_of("ServiceRequest", REQUIRED), order_of("DeviceRequest", FOLLOWER)
    asked = [requests.sign(primary, follower)]
    asked += [asked_at("order-sign", text) for text in (*CODES, "K0003")]
    named = {
        part["url"]
        for reply in ask_all(asked)
        for information in reply.informations
        for part in information["extension"]
    }
    assert named == {
        *("coverage", "covered", "pa-needed", "info-needed", "billingCode", "reason", "detail"),
        *("dependency", "date", "coverage-assertion-id", "contact", "expiry-date"),
    }


@pytest.mark.parametrize("hook", HOOKS)
def test_a_coverage_that_is_over_is_said_at_every_hook(hook: str) -> None:
    """Also of an encounter that tells no code: that it is over is useful whatever is done."""
    request = asked_at(hook)
    ended = requests.coverage(status="cancelled")
    request["prefetch"]["coverage"] = requests.bundle(ended)
    if "encounter" in request["prefetch"]:
        request["prefetch"]["encounter"].pop("serviceType")
    said = [value(each, "covered") for each in ask(request).informations]
    assert said == ["not-covered"]


def test_a_coverage_that_is_not_active_is_not_covered() -> None:
    changes: list[Json] = [{"period": {"end": "2026-02-28"}}, {"status": "cancelled"}]
    for change, version in product(changes, Version):
        prefetch = requests.prefetch(requests.coverage(**change))
        request = versioned(asked_at("order-sign", NOT_REQUIRED, prefetch=prefetch), version)
        (information,) = ask(request).informations
        assert faults(information, version) == []
        assert value(information, "coverage") == {"reference": "Coverage/c1"}
        assert value(information, "covered") == "not-covered"
        assert value(information, "pa-needed") is None
        (reason,) = values(information, "reason")
        coded = [each["code"] for each in reason.get("coding", [])]
        assert coded == (["no-active-coverage"] if version is Version.V2_2 else [])
        assert reason["text"]


def _reasons(information: Json) -> list[str]:
    return [each["text"] for each in values(information, "reason")]


def _details(information: Json) -> list[str]:
    return [
        part["valueString"]
        for detail in information["extension"]
        if detail["url"] == "detail"
        for part in detail["extension"]
        if part["url"] == "value"
    ]


def _with_resources(request: Json, resources: list[Json]) -> Json:
    """Return the request with these resources in place of those of their type and id."""
    changed = deepcopy(request)
    for entry in _places(changed):
        for resource in resources:
            held = entry["resource"]
            if (held["resourceType"], held["id"]) == (resource["resourceType"], resource["id"]):
                entry["resource"] = resource
    encounter = changed["prefetch"].get("encounter")
    if encounter is not None:
        changed["prefetch"]["encounter"] = resources[0]
    return changed


def _places(request: Json) -> Iterator[Json]:
    for each in (*request["context"].values(), *request["prefetch"].values()):
        if isinstance(each, dict):
            yield from each.get("entry", ())
