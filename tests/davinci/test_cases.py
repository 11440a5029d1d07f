"""The language-neutral cases through CRD: each that a hook can say, from bytes to bytes.

An order that is whole is an order-sign, one that is not, or not known to be, an order-select of all
its resources: a ServiceRequest for each line. What no request can say (a told program, purchase or
rental without a modifier, "no modifier", "no diagnosis") is left out, and counted.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from precert.codes import CodeSet, code_set, parse_code
from precert.davinci.answers import Options, answer
from precert.davinci.focus import Gathered
from precert.davinci.gather import gather_sent
from precert.davinci.hooks import read_hook_request
from precert.davinci.settings import CrdSettings, Payer, Version
from precert.determine import Outcome
from tests.davinci.asking import details, repetitions, value, values
from tests.davinci.invariants import faults
from tests.support.cases import SuiteCase, answered_cases, differences
from tests.support.hook_requests import (
    CPT,
    HCPCS,
    ICD,
    PAYERS,
    PLACES,
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
)

if TYPE_CHECKING:
    from precert.davinci.answers import Answered

SYSTEMS = {
    CodeSet.HCPCS_II: HCPCS,
    CodeSet.CDT: "http://www.ada.org/cdt",
    CodeSet.REVENUE: "https://www.nubc.org/CodeSystem/RevenueCodes",
}
"""Every other code set is CPT's."""
SAYABLE = {"code", "date_of_service", "modifiers", "units", "place_of_service"}
PA_NEEDED = {
    Outcome.AUTH_NEEDED: "auth-needed",
    Outcome.FOLLOWS_PRIMARY: "auth-needed",
    Outcome.NO_AUTH: "no-auth",
}
"""Every other outcome is conditional."""
CLASSES = "http://terminology.hl7.org/CodeSystem/coverage-class"


# --- a case as a request --------------------------------------------------------------------------


def is_sayable(case: SuiteCase) -> bool:
    """Return whether a request can tell all that the order tells."""
    lines = case.order["lines"]
    told = {key for line in lines for key, each in line.items() if each is not None}
    days = {line["date_of_service"] for line in lines}
    return (
        told <= SAYABLE
        and not any(line.get("modifiers") == [] for line in lines)
        and case.order.get("diagnoses") != []
        and (case.order.get("age") is None or len(days) == 1)
    )


def request_of(case: SuiteCase) -> Json:
    """Return the order as a request for the usual patient."""
    told = case.order
    whole = told.get("complete")
    if whole is None:
        whole = len(told["lines"]) > 1  # as every face takes several lines
    resources = [
        _service_request(number, line, told.get("diagnoses"))
        for number, line in enumerate(told["lines"], start=1)
    ]
    context: Json = {"draftOrders": bundle(*resources)}
    if not whole:
        context["selections"] = [f"ServiceRequest/{resource['id']}" for resource in resources]
    came = {"patient": _patient(told), "coverage": bundle(_coverage(told))}
    return asked("order-sign" if whole else "order-select", context, prefetch=came)


def _service_request(number: int, line: Json, diagnoses: list[str] | None) -> Json:
    code = parse_code(line["code"])
    assert isinstance(code, str)
    system = SYSTEMS.get(code_set(code), CPT)
    text = "-".join([line["code"], *(line.get("modifiers") or ())])
    told: Json = {
        "code": concept(coding(text, system)),
        "occurrenceDateTime": line["date_of_service"],
    }
    if line.get("units") is not None:
        told["quantityQuantity"] = {"value": line["units"]}
    if line.get("place_of_service") is not None:
        told["locationCode"] = [concept(coding(line["place_of_service"], PLACES))]
    if diagnoses is not None:
        told["reasonCode"] = [concept(coding(each, ICD)) for each in diagnoses]
    return order(logical_id=f"line-{number}", **told)


def _patient(told: Json) -> Json:
    elements: Json = {}
    if told.get("age") is not None:
        on = date.fromisoformat(told["lines"][0]["date_of_service"])
        elements["birthDate"] = f"{on.year - told['age']}-{on:%m-%d}"
    if told.get("state") is not None:
        elements["address"] = [{"use": "home", "state": told["state"]}]
    return patient(**elements)


def _coverage(told: Json) -> Json:
    facts = {"plan": told.get("plan"), "group": told.get("client_managed")}
    classes = [
        {"type": {"coding": [{"system": CLASSES, "code": kind}]}, "value": str(fact)}
        for kind, fact in facts.items()
        if fact is not None
    ]
    named: Json = {"class": classes}
    return coverage(**named)


# --- its answer -----------------------------------------------------------------------------------


def answered(case: SuiteCase) -> Answered:
    book = case.rulebook
    payer = Payer(
        "Acme Health",
        frozenset({(PAYERS, "ACME")}),
        book,
        plans={plan: plan for plan in (*book.plans, "other")},
        client_managed={"True": True, "False": False},
    )
    settings = CrdSettings("https://crd.example", (payer,))
    gathered = gather_sent(read_hook_request(body(request_of(case))), settings, TODAY)
    assert isinstance(gathered, Gathered)
    return answer(gathered, Options(Version.V2_2), TODAY)


def wrong(case: SuiteCase, found: Answered) -> list[str]:
    """Return in what the response says another thing than the case expects."""
    (receipt,) = found.receipts
    said = differences(json.loads(json.dumps(receipt)), case.expect)
    wants = case.expect["determinations"]
    extensions = repetitions(found)
    if len(extensions) != len(wants):
        return [*said, f"{len(extensions)} coverage-informations, expected {len(wants)}"]
    for want, extension in zip(wants, extensions, strict=True):
        outcome = Outcome(want["outcome"])
        expected: dict[str, Any] = {
            "pa-needed": [PA_NEEDED.get(outcome, "conditional")],
            "covered": ["conditional"],
            "dependency": [],
        }
        if outcome is Outcome.FOLLOWS_PRIMARY:
            expected["dependency"] = [{"reference": f"ServiceRequest/line-{want['primary']}"}]
        said += [
            f"line {want['line']}: {part} is {values(extension, part)}, expected {each}"
            for part, each in expected.items()
            if values(extension, part) != each
        ]
    return said


def unproven(found: Answered) -> list[str]:
    """Return what the evidence of the response does not name: printed lines and digests."""
    (of_order,) = found.answers
    said = []
    for line, extension in zip(of_order.determinations, repetitions(found), strict=True):
        (evidence,) = details(extension)["Evidence"]
        book = of_order.rulebook_of(line)
        cited = {rule.ref.document for rule in line.rules}
        documents = [d.sha256 for d in book.documents if d.name in cited]
        places = [f"{rule.ref.document} line {rule.ref.line} (" for rule in line.rules]
        wanted = [*places, *documents, book.digest, book.edition.name]
        said += [f"line {line.line}: {each}" for each in wanted if each not in evidence]
    return said


SAID = [case for case in answered_cases() if is_sayable(case)]


def test_most_cases_can_be_said() -> None:
    assert len(SAID) >= max(400, len(answered_cases()) * 0.9)
    outcomes = {want["outcome"] for case in SAID for want in case.expect["determinations"]}
    assert outcomes == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize("case", SAID, ids=str)
def test_a_request_is_answered_as_the_case_expects(case: SuiteCase) -> None:
    found = answered(case)
    assert wrong(case, found) == []
    assert [fault for each in repetitions(found) for fault in faults(each, Version.V2_2)] == []


@pytest.mark.parametrize("case", SAID, ids=str)
def test_every_answer_names_its_lines_and_digests(case: SuiteCase) -> None:
    assert unproven(answered(case)) == []


@pytest.mark.parametrize("case", SAID, ids=str)
def test_no_auth_is_answered_only_where_the_list_prints_it(case: SuiteCase) -> None:
    found = answered(case)
    wants = case.expect["determinations"]
    for want, extension in zip(wants, repetitions(found), strict=True):
        printed = want["outcome"] == "no-auth" and bool(want["source_lines"])
        assert (value(extension, "pa-needed") == "no-auth") == printed


def test_a_difference_is_found() -> None:
    case = next(case for case in SAID if case.name == "Eight codes over three programs")
    found = answered(case)
    for before, after in (("auth-needed", "no-auth"), ("line-3", "line-5"), ("794", "795")):
        changed = found._replace(body=found.body.replace(before.encode(), after.encode()))
        assert wrong(case, changed) + unproven(changed) != []
    other = next(case for case in SAID if case.order != found.receipts[0]["facts"])
    assert wrong(other, found) != []
