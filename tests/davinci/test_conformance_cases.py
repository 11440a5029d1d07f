"""Invariant 5: the language-neutral cases, asked as an EHR asks them, are answered as they expect.

A case becomes an order-sign request, or an order-select where its order is not known to be whole.
The answer is read from the service's record, whose receipt is what `determine` gives.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from precert.codes import CodeSet, code_set, is_code, parse_code
from tests.support import hook_requests as requests
from tests.support.cases import answered_cases, differences
from tests.support.crd_asking import answering, ask
from tests.support.each_file import of_each_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cases import SuiteCase

Json = dict[str, Any]

SYSTEMS = {
    CodeSet.HCPCS_II: requests.HCPCS,
    CodeSet.CDT: "http://www.ada.org/cdt",
    CodeSet.REVENUE: "https://www.nubc.org/CodeSystem/RevenueCodes",
}
UNTELLABLE = {"program", "acquisition"}
"""Facts of a line for which an order in FHIR has no element."""


def is_tellable(case: SuiteCase) -> bool:
    """Return whether FHIR can tell all that the order of the case tells.

    It cannot tell that there are no diagnoses or modifiers: what is absent is not told.
    """
    told = [case.order, *case.order["lines"]]
    return all(UNTELLABLE.isdisjoint(each) and [] not in each.values() for each in told)


CASES = [case for case in answered_cases() if is_tellable(case)]


def order_of(number: int, line: Json, diagnoses: list[str] | None) -> Json:
    parsed = parse_code(line["code"])
    assert is_code(parsed)
    system = SYSTEMS.get(code_set(parsed), requests.CPT)
    billed = "-".join([line["code"], *line.get("modifiers", ())])
    told: Json = {
        "code": requests.concept(requests.coding(billed, system)),
        "occurrenceDateTime": line["date_of_service"],
    }
    if "units" in line:
        told["quantityQuantity"] = {"value": line["units"]}
    if "place_of_service" in line:
        place = requests.coding(line["place_of_service"], requests.PLACES)
        told["locationCode"] = [requests.concept(place)]
    if diagnoses is not None:
        told["reasonCode"] = [
            requests.concept(requests.coding(each, requests.ICD)) for each in diagnoses
        ]
    return requests.order(logical_id=f"line-{number}", **told)


def patient_of(order: Json) -> Json:
    told: Json = {}
    if "age" in order:
        first = date.fromisoformat(order["lines"][0]["date_of_service"])
        told["birthDate"] = first.replace(year=first.year - order["age"]).isoformat()
    if "state" in order:
        told["address"] = [{"use": "home", "state": order["state"]}]
    return requests.patient(**told)


def coverage_of(order: Json) -> Json:
    told = {"plan": order.get("plan"), "group": order.get("client_managed")}
    classes = [
        {"type": {"coding": [{"code": name}]}, "value": str(value)}
        for name, value in told.items()
        if value is not None
    ]
    told_all: Json = {"class": classes}
    return requests.coverage(**told_all)


def request_of(case: SuiteCase) -> Json:
    order, lines = case.order, case.order["lines"]
    orders = [
        order_of(number, line, order.get("diagnoses")) for number, line in enumerate(lines, 1)
    ]
    prefetch = {"patient": patient_of(order), "coverage": requests.bundle(coverage_of(order))}
    whole = order.get("complete", len(lines) > 1)
    if whole:
        return requests.sign(*orders, prefetch=prefetch)
    selections = [f"ServiceRequest/line-{number}" for number in range(1, len(lines) + 1)]
    context = {"selections": selections, "draftOrders": requests.bundle(*orders)}
    return requests.asked("order-select", context, prefetch=prefetch)


@of_each_file(CASES)
def test_an_order_is_answered_as_the_case_expects(case: SuiteCase, tmp_path: Path) -> None:
    record = tmp_path / "record.jsonl"
    record.unlink(missing_ok=True)  # of the case before
    plans = {case.order["plan"]: case.order["plan"]} if "plan" in case.order else {}
    managed = {"True": True, "False": False}
    settings = answering(case.rulebook, record, plans=plans, client_managed=managed)
    reply = ask(request_of(case), settings)
    assert reply.status == 200
    (entry,) = map(json.loads, record.read_text(encoding="utf-8").splitlines())
    (receipt,) = entry["receipts"]
    assert differences(receipt, case.expect) == []
    assert len(reply.informations) == len(case.order["lines"])


def test_nearly_every_case_can_be_told() -> None:
    assert len(CASES) > 0.9 * len(answered_cases())
