"""What each type of resource tells for an order line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from precert.davinci.focus import Focus, Gathered
from precert.davinci.refused import NotAHookRequest
from precert.davinci.request.dates import NO_DAY
from precert.davinci.request.gather import gather_sent
from precert.davinci.request.hooks import read_hook_request
from tests.support.hook_requests import (
    CPT,
    HCPCS,
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
    order,
    prefetch,
    sign,
)

AIR = concept(coding("E0601"))
DAY = date(2026, 5, 4)
CONTENT = (
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]"
)


def told(request: Json) -> Gathered:
    """Return what the request tells, all of which came along."""
    gathered = gather_sent(read_hook_request(body(request)), SETTINGS, TODAY)
    assert isinstance(gathered, Gathered)
    return gathered


def focus(resource: Json, **prefetched: Json) -> Focus:
    """Return what one draft order tells."""
    (only,) = told(sign(resource, prefetch={**prefetch(), **prefetched})).focuses
    return only


def codes(of: Focus) -> list[str]:
    return [billing.code for billing in of.billings]


@pytest.mark.parametrize(
    ("resource_type", "elements"),
    [
        ("ServiceRequest", {"code": AIR}),
        ("DeviceRequest", {"codeCodeableConcept": AIR}),
        ("MedicationRequest", {"medicationCodeableConcept": AIR}),
        ("NutritionOrder", {"oralDiet": {"type": [AIR]}}),
        ("NutritionOrder", {"supplement": [{"type": AIR}, {"quantity": {"value": 2}}]}),
        ("NutritionOrder", {"enteralFormula": {"baseFormulaType": AIR}}),
        ("NutritionOrder", {"enteralFormula": {"additiveType": AIR}}),
        ("VisionPrescription", {"lensSpecification": [{"product": AIR, "eye": "left"}]}),
        (
            "CommunicationRequest",
            {"payload": [{"extension": [{"url": CONTENT, "valueCodeableConcept": AIR}]}]},
        ),
    ],
)
def test_where_the_code_of_an_order_stands(resource_type: str, elements: Json) -> None:
    read = focus(order(resource_type, "o1", **elements))
    assert (read.resource_type, read.reference) == (resource_type, f"{resource_type}/o1")
    assert codes(read) == ["E0601"]
    assert told(sign(order(resource_type, "o1", **elements))).complete


@pytest.mark.parametrize(
    ("resource_type", "elements"),
    [
        ("ServiceRequest", {"code": {"coding": [{}]}}),
        ("ServiceRequest", {"code": {"coding": []}}),
        ("ServiceRequest", {"code": {"text": "an invented service"}}),
        ("ServiceRequest", {"code": None}),
        ("ServiceRequest", {"code": {"coding": None, "extension": None}}),
        ("ServiceRequest", {"code": {"coding": [{"code": "E0601"}]}}),
        ("DeviceRequest", {}),
        ("DeviceRequest", {"codeReference": {"display": "E0601"}}),
        ("MedicationRequest", {"medicationReference": {"reference": "#none"}}),
        ("MedicationRequest", {"medicationReference": {"reference": "Medication/none"}}),
        ("MedicationRequest", {"medicationReference": {"reference": "Medication/../x"}}),
        ("NutritionOrder", {}),
        ("VisionPrescription", {"lensSpecification": [{}]}),
        ("CommunicationRequest", {"payload": [{"contentString": "E0601"}]}),
        (
            "CommunicationRequest",
            {
                "payload": [
                    {"extension": [{"url": "http://x.example", "valueCodeableConcept": AIR}]}
                ]
            },
        ),
    ],
)
def test_an_order_without_a_readable_code(resource_type: str, elements: Json) -> None:
    gathered = told(sign(order(resource_type, "o1", **elements)))
    assert gathered.focuses[0].billings == ()
    assert gathered.complete is False


def test_both_lenses_of_one_product_are_one_code_and_two_products_two() -> None:
    other = concept(coding("E0470"))
    same = [{"product": AIR}, {"product": AIR}]
    assert codes(focus(order("VisionPrescription", lensSpecification=same))) == ["E0601"]
    both = [{"product": AIR}, {"product": other}]
    assert codes(focus(order("VisionPrescription", lensSpecification=both))) == ["E0601", "E0470"]


DEVICE = {"resourceType": "Device", "id": "d1", "type": AIR}
DRUG = {"resourceType": "Medication", "id": "m1", "code": concept(coding("J1234"))}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (order("DeviceRequest", codeReference={"reference": "#d1"}, contained=[DEVICE]), "E0601"),
        (order("DeviceRequest", codeReference={"reference": "Device/d1"}), "E0601"),
        (order("DeviceRequest", codeReference={"reference": "Device/d1/_history/2"}), "E0601"),
        (
            order("MedicationRequest", medicationReference={"reference": "#m1"}, contained=[DRUG]),
            "J1234",
        ),
        (order("MedicationRequest", medicationReference={"reference": "Medication/m1"}), "J1234"),
    ],
)
def test_what_an_order_names_by_reference(resource: Json, expected: str) -> None:
    assert codes(focus(resource, mine=bundle(DEVICE, DRUG))) == [expected]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "entered-in-error"},
        {"modifierExtension": [{"url": "urn:x", "valueBoolean": True}]},
        {"implicitRules": "urn:x"},
    ],
)
@pytest.mark.parametrize("reference", ["Medication/m1", "#m1"])
def test_a_product_that_may_be_another_than_it_says_tells_no_code(
    reference: str, change: Json
) -> None:
    drug = {**DRUG, **change}
    named = {"reference": reference, "extension": concept(options=(coding("J5678"),))["extension"]}
    request = order("MedicationRequest", medicationReference=named, contained=[drug])
    read = focus(request, drug=drug)
    assert (codes(read), read.unread) == (["J5678"], True)


@pytest.mark.parametrize(
    ("base", "other_base", "is_certain"),
    [
        (None, None, False),
        (SERVER, None, False),
        (None, SERVER, False),
        (SERVER, SERVER, False),
        (SERVER, "https://other.example/fhir", True),
    ],
)
def test_of_two_products_of_one_name_neither_is_certain(
    base: str | None, other_base: str | None, *, is_certain: bool
) -> None:
    other = {**DRUG, "code": concept(coding("J5678"))}
    request = sign(order("MedicationRequest", medicationReference={"reference": "Medication/m1"}))
    request["fhirServer"] = SERVER
    request["prefetch"]["mine"] = bundle(DRUG, DRUG, base=base)
    assert codes(told(request).focuses[0]) == ["J1234"]
    request["prefetch"]["other"] = bundle(other, base=other_base)
    (read,) = told(request).focuses
    assert (codes(read), read.unread) == ((["J1234"], False) if is_certain else ([], True))


@pytest.mark.parametrize("reference", ["Medication/m1", "Medication/none", None])
def test_billing_options_stand_on_the_reference_too(reference: str | None) -> None:
    named = {"reference": reference, "extension": concept(options=(coding("J5678"),))["extension"]}
    request = order("MedicationRequest", medicationReference=named)
    expected = ["J5678", "J1234"] if reference == "Medication/m1" else ["J5678"]
    assert codes(focus(request, drug=DRUG)) == expected
    assert focus(request, drug=DRUG).unread == (reference != "Medication/m1")
    assert not told(sign(request)).complete


def test_a_code_beside_one_that_cannot_be_read_is_one_candidate_of_several() -> None:
    code = concept(coding("E0601"), coding("2744", CPT), coding("x", "http://loinc.org"))
    read = focus(order(code=code))
    assert (codes(read), read.unread) == (["E0601"], True)
    assert not focus(order(code=concept(coding("E0601"), coding("x", "http://loinc.org")))).unread


def test_a_device_of_several_types() -> None:
    device = {**DEVICE, "type": [AIR, concept(coding("E0470"))]}
    request = order("DeviceRequest", codeReference={"reference": "Device/d1"})
    assert codes(focus(request, device=device)) == ["E0601", "E0470"]


def test_a_drug_among_the_draft_orders_is_found_and_leaves_the_order_whole() -> None:
    request = order("MedicationRequest", medicationReference={"reference": "Medication/m1"})
    gathered = told(sign(request, DRUG))
    assert [codes(each) for each in gathered.focuses] == [["J1234"]]
    assert gathered.complete


def test_an_appointment_and_an_encounter_are_asked_for_their_service() -> None:
    booked = {
        "resourceType": "Appointment",
        "id": "a1",
        "serviceType": [AIR],
        "start": "2026-05-04",
    }
    (appointment,) = told(asked("appointment-book", {"appointments": bundle(booked)})).focuses
    assert (codes(appointment), appointment.on) == (["E0601"], DAY)
    stay = {
        "resourceType": "Encounter",
        "id": "e1",
        "serviceType": AIR,
        "period": {"start": "2026-05-04"},
    }
    request = asked("encounter-start", {"encounterId": "e1"})
    request["prefetch"]["encounter"] = stay
    (encounter,) = told(request).focuses
    assert (codes(encounter), encounter.on, encounter.reference) == (["E0601"], DAY, "Encounter/e1")


TIMES = {"event": ["2026-05-09", "2026-05-04T08:00:00Z"]}
BOUNDS = {"repeat": {"boundsPeriod": {"start": "2026-05-04"}}}


@pytest.mark.parametrize(
    ("resource_type", "elements", "expected"),
    [
        ("ServiceRequest", {"occurrenceDateTime": "2026-05-04"}, DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026-05-04T23:30:00-10:00"}, DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026-05-04T00:30:00+14:00"}, DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026-05"}, NO_DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026"}, NO_DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026-02-30"}, NO_DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026-05-041"}, NO_DAY),
        ("ServiceRequest", {"occurrenceDateTime": "2026-W19-1"}, NO_DAY),
        ("ServiceRequest", {"occurrenceDateTime": "04.05.2026"}, NO_DAY),
        ("ServiceRequest", {"occurrenceDateTime": ""}, None),
        ("ServiceRequest", {"occurrencePeriod": {"start": "2026-05-04", "end": "2026-06-01"}}, DAY),
        ("ServiceRequest", {"occurrencePeriod": {"end": "2026-05-04"}}, NO_DAY),
        ("ServiceRequest", {"occurrenceTiming": TIMES}, DAY),
        ("ServiceRequest", {"occurrenceTiming": {"event": ["2026-05-04", "2026"]}}, NO_DAY),
        ("ServiceRequest", {"occurrenceTiming": BOUNDS}, DAY),
        ("ServiceRequest", {"occurrenceTiming": {"repeat": {"boundsDuration": {}}}}, None),
        ("ServiceRequest", {"authoredOn": "2026-05-04"}, None),
        ("DeviceRequest", {"occurrenceDateTime": "2026-05-04"}, DAY),
        ("DeviceRequest", {"occurrencePeriod": {"start": "2026-05-04"}}, DAY),
        ("DeviceRequest", {"occurrenceTiming": TIMES}, DAY),
        (
            "MedicationRequest",
            {"dispenseRequest": {"validityPeriod": {"start": "2026-05-04"}}},
            DAY,
        ),
        ("MedicationRequest", {"dispenseRequest": {}}, None),
        ("CommunicationRequest", {"occurrencePeriod": {"start": "2026-05-04"}}, DAY),
        ("CommunicationRequest", {"occurrenceDateTime": "2026-05-04"}, DAY),
        ("NutritionOrder", {"dateTime": "2026-05-04"}, None),
        ("VisionPrescription", {"dateWritten": "2026-05-04"}, None),
    ],
)
def test_the_date_of_service(resource_type: str, elements: Json, expected: date | None) -> None:
    of = focus(order(resource_type, **elements))
    assert (of.on, of.undated) == ((None, True) if expected is NO_DAY else (expected, False))


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"start": "2026-05-04T08:00:00-05:00"}, DAY),
        ({"requestedPeriod": [{"start": "2026-05-04", "end": "2026-05-08"}]}, DAY),
        ({"requestedPeriod": [{"start": "2026-05-04"}, {"start": "2026-06-04"}]}, NO_DAY),
        ({"start": "2026-05"}, NO_DAY),
        ({"requestedPeriod": []}, None),
        ({"created": "2026-05-04"}, None),
    ],
)
def test_the_day_of_an_appointment(elements: Json, expected: date | None) -> None:
    booked = {"resourceType": "Appointment", "id": "a1", **elements}
    (appointment,) = told(asked("appointment-book", {"appointments": bundle(booked)})).focuses
    assert appointment.on == (None if expected is NO_DAY else expected)
    assert appointment.undated is (expected is NO_DAY)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ({"value": 2}, 2),
        ({"value": 2.0}, 2),
        ({"value": 2, "unit": "units"}, 2),
        ({"value": 2, "code": "1", "system": "http://unitsofmeasure.org"}, 2),
        ({"value": 2, "unit": "visits", "code": "{visit}"}, 2),
        ({"value": 2.5}, None),
        ({"value": 0}, None),
        ({"value": -1}, None),
        ({"value": 1e300}, None),
        ({"value": 2, "unit": "mg"}, None),
        ({"value": 2, "unit": "1", "code": "mL"}, None),
        ({"value": 2, "comparator": ">="}, None),
        ({"value": None}, None),
        ({}, None),
    ],
)
def test_units_are_a_count(quantity: Json, expected: int | None) -> None:
    assert focus(order(quantityQuantity=quantity)).units == expected


@pytest.mark.parametrize("other", ["quantityRatio", "quantityRange"])
def test_another_quantity_is_no_count(other: str) -> None:
    quantity: Json = {other: {"low": {"value": 2}}}
    assert focus(order(**quantity)).units is None


def test_the_place_of_service() -> None:
    assert focus(order(locationCode=[concept(coding("12", PLACES))])).place_of_service == "12"
    assert focus(order(locationCode=[])).place_of_service is None


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"reasonCode": [concept(coding("C50.911", ICD))]}, ("C50.911",)),
        ({"reasonCode": []}, None),
        ({}, None),
        (
            {
                "reasonCode": [concept(coding("C50.911", ICD))],
                "reasonReference": [{"reference": "Condition/1"}],
            },
            None,
        ),
    ],
)
def test_diagnoses(elements: Json, expected: tuple[str, ...] | None) -> None:
    assert focus(order(**elements)).diagnoses == expected


def test_an_encounter_with_diagnoses_by_reference_tells_none() -> None:
    reason = [concept(coding("C50.911", ICD))]
    stay: Json = {"resourceType": "Encounter", "id": "e1", "reasonCode": reason}
    request = asked("encounter-discharge", {"encounterId": "e1"})
    request["prefetch"]["encounter"] = stay
    assert told(request).focuses[0].diagnoses == ("C50.911",)
    stay["diagnosis"] = [{"condition": {"reference": "Condition/1"}}]
    assert told(request).focuses[0].diagnoses is None


def test_insurance_and_codings_are_kept() -> None:
    insured = order(insurance=[{"reference": "Coverage/c1"}, {"display": "another"}])
    read = focus(insured)
    assert read.insurance == ("Coverage/c1",)
    assert [(each.system, each.code) for each in read.codings] == [(HCPCS, "E0601")]


def test_the_resource_is_kept_byte_by_byte() -> None:
    sent = b'{"resourceType":"ServiceRequest", "id":"o1" ,"x":1e2,"text":"\\u00e9\xc3\xa9"}'
    request = body(sign()).replace(body(order()), sent)
    gathered = gather_sent(read_hook_request(request), SETTINGS, TODAY)
    assert isinstance(gathered, Gathered)
    assert gathered.focuses[0].raw == sent


@pytest.mark.parametrize(
    "elements",
    [
        {"doNotPerform": True},
        {"status": "revoked"},
        {"status": "entered-in-error"},
        {"status": "cancelled"},
        {"status": "stopped"},
    ],
)
def test_what_is_not_to_be_done_is_no_line(elements: Json) -> None:
    gathered = told(sign(order(), order(logical_id="o2", **elements)))
    assert [each.reference for each in gathered.focuses] == ["ServiceRequest/o1"]
    assert gathered.complete


@pytest.mark.parametrize(
    "elements", [{"doNotPerform": False}, {"status": "active"}, {"status": None}]
)
def test_an_order_that_is_edited_is_asked(elements: Json) -> None:
    assert focus(order(**elements)).asked


@pytest.mark.parametrize(
    "elements",
    [
        {"code": "E0601"},
        {"code": {"coding": {"code": "E0601"}}},
        {"code": {"coding": [None]}},
        {"code": {"coding": [{"code": 27447}]}},
        {"occurrenceDateTime": 20260504},
        {"quantityQuantity": 2},
        {"insurance": "Coverage/c1"},
        {"doNotPerform": "yes"},
    ],
)
def test_an_element_of_another_type_is_refused_by_its_name(elements: dict[str, Any]) -> None:
    with pytest.raises(NotAHookRequest) as raised:
        told(sign(order(**elements)))
    assert next(iter(elements)) in str(raised.value)
    assert "E0601" not in str(raised.value)
