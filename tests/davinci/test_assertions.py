"""What is said of a determination: settings, reasons, details, contact, dependency, end."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from precert.davinci.settings import Covered, Version
from precert.model import Basis
from tests.davinci.asking import (
    CODES,
    EVERY,
    TODAY,
    ask,
    details,
    focus,
    gathered,
    payer,
    reasons,
    repetitions,
    resources,
    value,
    values,
)
from tests.support.rulebooks import book, row

PRIMARY = focus("primary", "K0001")


def said(outcome: str, *others: Any, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  (focuses, and any field of Gathered)
    """What is said of the code with that outcome; a follower has its primary on the order."""
    of = payer(EVERY, **facts.pop("settings", {}))
    with_primary = (PRIMARY,) if outcome == "follows-primary" else ()
    answered = ask(gathered(of, focus("a", CODES[outcome]), *with_primary, *others, **facts))
    assert answered.outcomes[0] == outcome
    return repetitions(answered)[0]


@pytest.mark.parametrize("outcome", CODES)
def test_covered_is_conditional_unless_the_payer_says_otherwise(outcome: str) -> None:
    extension = said(outcome)
    assert value(extension, "covered") == "conditional"
    assert "not what the member's plan covers" in reasons(extension)
    assert "OTH" in values(extension, "info-needed")


@pytest.mark.parametrize("outcome", CODES)
def test_covered_is_said_of_settled_answers_only(outcome: str) -> None:
    extension = said(outcome, settings={"covered": Covered.COVERED})
    settled = outcome in {"auth-needed", "no-auth", "follows-primary"}
    assert value(extension, "covered") == ("covered" if settled else "conditional")
    assert bool(values(extension, "info-needed")) is not settled


def test_covered_is_not_said_beside_a_violated_limit() -> None:
    of = payer(book(row("Wheels", "K0001", conditions="purchase")), covered=Covered.COVERED)
    (extension,) = repetitions(ask(gathered(of, focus("a", "K0001-RR"))))
    assert value(extension, "pa-needed") == "auth-needed"
    assert value(extension, "covered") == "conditional"
    assert details(extension)["Limit"] == ["the list allows purchase only; rental was told"]


@pytest.mark.parametrize("covered", Covered)
def test_no_auth_is_said_beside_no_limit_but_one_that_is_met(covered: Covered) -> None:
    """What the list prints of a purchase says nothing of a rental, nor of what may be one."""
    rules = row("Wheels", "K0001", "not-required", "purchase")
    of = payer(book(rules), covered=covered)
    orders = focus("a", "K0001-RR"), focus("b", "K0001"), focus("c", "K0001-NU")
    rental, untold, bought = repetitions(ask(gathered(of, *orders)))
    for each in (rental, untold):
        assert (value(each, "pa-needed"), value(each, "covered")) == ("conditional", "conditional")
        assert values(each, "info-needed") == ["OTH"]
    assert "But the list allows purchase only; rental was told." in reasons(rental)
    assert "But purchase only: not known." in reasons(untold)
    (to_do,) = details(untold)["Instructions"]
    assert to_do.startswith("Before you rely on it, find out whether it is so: purchase only.")
    assert "find out" not in " ".join(details(bought)["Instructions"])
    assert value(bought, "pa-needed") == "no-auth"


def test_an_unlisted_code_that_needs_none_is_not_asked_to_be_described() -> None:
    rulebook = book(row("Wheels", "K0001", "not-required", "describe-procedure"))
    (extension,) = repetitions(ask(gathered(rulebook, focus("a", "K0001"))))
    assert value(extension, "pa-needed") == "no-auth"


def test_no_case_is_built_where_the_list_says_that_it_will_be_denied() -> None:
    rulebook = book(
        row("Wheels", "K0001", "investigational", "denied-if-requested(K0001)"),
        row("Wheels", "K0002", "investigational"),
    )
    denied, expected = repetitions(
        ask(gathered(rulebook, focus("a", "K0001"), focus("b", "K0002")))
    )
    assert "will be denied" in reasons(denied)
    assert "Where the case is built" not in details(denied)
    assert "Where the case is built" in details(expected)


def test_an_order_without_a_date_is_told_for_which_day_it_is_answered() -> None:
    dated, undated = focus("a", "K0001"), focus("b", "K0001", on=None)
    first, second = repetitions(ask(gathered(EVERY, dated, undated)))
    says = f"The order tells no date of service: this holds for {TODAY}."
    assert says not in details(first)["Instructions"][0]
    assert details(second)["Instructions"][0].endswith(says)


@pytest.mark.parametrize("outcome", CODES)
def test_every_answer_says_what_to_do_what_was_not_checked_and_its_evidence(outcome: str) -> None:
    told = details(said(outcome))
    assert told["Instructions"][0]
    assert "Eligibility" in told["Not checked"][0]
    (evidence,) = told["Evidence"]
    assert f"sha256 of the rulebook {EVERY.digest}" in evidence
    assert f"sha256 of invented.md {'a' * 64}" in evidence
    assert "edition 2026 of Acme Health Commercial" in evidence
    assert ("invented.md line" in evidence) is (outcome != "not-listed")


def test_no_auth_of_a_code_that_is_not_listed_cites_the_line_that_says_so() -> None:
    rulebook = book(row("Wheels", "K0001"), exhaustive=True)
    (extension,) = repetitions(ask(gathered(rulebook, focus("a", "K0002"))))
    assert value(extension, "pa-needed") == "no-auth"
    (evidence,) = details(extension)["Evidence"]
    assert evidence.startswith("invented.md line 98; edition 2026 of Acme Health Commercial")
    assert f"sha256 of invented.md {'a' * 64}" in evidence


def test_the_place_where_the_case_is_built_is_a_detail() -> None:
    assert details(said("auth-needed"))["Where the case is built"] == ["Northwind (Wheels)"]
    assert "Where the case is built" not in details(said("no-auth"))


@pytest.mark.parametrize(
    ("requirement", "conditions", "kind", "text"),
    [
        ("required", "contact(manufacturer)", "Where the case is built", "Northwind (Wheels)"),
        ("required", "contact(payer)", "Where the case is built", "Acme Health (Wheels)"),
        (
            *("required", "no-auth-stated(from=2026-02-01)", "Stated"),
            "the list states that no authorization is required, since 2026-02-01",
        ),
        ("required", "for-plan(Silver)", "Condition", "the member's plan is Silver: not known"),
        (
            "required",
            "unread(note, 0123456789ab)",
            "Condition",
            "the printed note could not be read",
        ),
        (
            *("unlisted", "describe-procedure", "Limit"),
            "an unlisted code: describe the procedure in the request",
        ),
    ],
)
def test_what_a_row_says_besides_is_a_detail(
    requirement: str, conditions: str, kind: str, text: str
) -> None:
    rulebook = book(row("Wheels", "K0001", requirement, conditions))
    told = details(repetitions(ask(gathered(rulebook, focus("a", "K0001"))))[0])
    assert told[kind] == [text]


@pytest.mark.parametrize(
    "conditions", ["no-auth-stated(from=2027-01-01)", "contact(payer, phone=1)"]
)
def test_what_is_said_elsewhere_or_does_not_hold_is_no_detail(conditions: str) -> None:
    rulebook = book(row("Wheels", "K0001", conditions=conditions))
    told = details(repetitions(ask(gathered(rulebook, focus("a", "K0001"))))[0])
    assert not {"Stated", "Condition"} & set(told)


def test_limits_are_details_with_what_is_known_of_them() -> None:
    home = "the program covers services at home (place of service 12)"
    limits = [
        details(said("auth-needed", focus("b"), complete=False))["Limit"],
        details(repetitions(ask(gathered(EVERY, focus("a", "K0001", place_of_service="12"))))[0])[
            "Limit"
        ],
    ]
    assert limits == [[f"{home}: not known"], [f"{home}: met"]]


def test_rules_that_disagree_are_alternatives() -> None:
    extension = said("conditional")
    assert details(extension)["Alternative"] == [
        "needs prior authorization, Acme Health (Air, invented.md:7)",
        "no prior authorization (Knees, invented.md:8)",
    ]
    assert "Which program is it ordered under" in reasons(extension)


def test_a_place_that_is_asked_for_is_the_location() -> None:
    (extension,) = repetitions(ask(gathered(EVERY, focus("a", "K0003"))))
    assert values(extension, "info-needed") == ["location", "OTH"]
    assert "What is the place of service" in reasons(extension)


def test_a_follower_depends_on_the_order_of_its_primary() -> None:
    extension = said("follows-primary")
    assert values(extension, "dependency") == [{"reference": "DeviceRequest/primary"}]
    (instructions,) = details(extension)["Instructions"]
    assert instructions == "Put E0601 into the case of K0001: Northwind (Wheels)."


@pytest.mark.parametrize("kind", ["Encounter", "VisionPrescription"])
def test_a_dependency_refers_to_nothing_that_it_may_not_refer_to(kind: str) -> None:
    asked = gathered(EVERY, focus("a", "E0601"), focus("b", "K0001", kind=kind))
    extension = repetitions(ask(asked))[0]
    assert value(extension, "pa-needed") == "auth-needed"
    assert values(extension, "dependency") == []


def test_nothing_depends_on_an_order_that_has_no_name() -> None:
    primary = replace(focus("b", "K0001"), reference="DeviceRequest")
    extension = repetitions(ask(gathered(EVERY, focus("a", "E0601"), primary)))[0]
    assert value(extension, "pa-needed") == "auth-needed"
    assert values(extension, "dependency") == []


def test_the_printed_contact_comes_before_the_payers_own() -> None:
    extension = said("not-managed", settings={"phone": "1", "url": "https://acme.example"})
    telecom = [{"system": "phone", "value": "800 555 0100"}]
    assert value(extension, "contact") == {"name": "Acme Health", "telecom": telecom}


def test_the_payers_own_contact_is_sent_where_the_payer_is_the_route() -> None:
    of = payer(book(row("Air", "K0004", platform="payer")), phone="1", url="https://acme.example")
    (extension,) = repetitions(ask(gathered(of, focus("a", "K0004"))))
    telecom = [
        {"system": "phone", "value": "1"},
        {"system": "url", "value": "https://acme.example"},
    ]
    assert value(extension, "contact") == {"name": "Acme Health", "telecom": telecom}


@pytest.mark.parametrize("outcome", ["auth-needed", "no-auth", "investigational", "not-listed"])
def test_nobody_is_sent_to_the_payer_where_another_is_the_route(outcome: str) -> None:
    assert value(said(outcome, settings={"phone": "1"}), "contact") is None


@pytest.mark.parametrize(
    ("conditions", "edition", "ends"),
    [
        ({}, {}, None),
        ({}, {"effective_to": date(2026, 12, 31)}, "2026-12-31"),
        ({}, {"effective_to": date(2026, 2, 1)}, None),
        ({"effective_to": date(2026, 6, 30)}, {"effective_to": date(2026, 12, 31)}, "2026-06-30"),
        ({}, {"review_by": date(2026, 12, 1)}, None),
        ({}, {"review_by": date(2026, 12, 1), "review_by_basis": Basis.TOLD}, None),
        ({}, {"review_by": date(2026, 12, 1), "review_by_basis": Basis.STATED}, "2026-12-01"),
        ({}, {"effective_from": date(2026, 4, 1), "effective_to": date(2026, 12, 31)}, None),
    ],
)
def test_the_end_is_sent_where_the_list_tells_it(
    conditions: dict[str, Any], edition: dict[str, Any], ends: str | None
) -> None:
    rulebook = book(row("Wheels", "K0002", "not-required", **conditions), **edition)
    (extension,) = repetitions(ask(gathered(rulebook, focus("a", "K0002"))))
    assert value(extension, "expiry-date") == ends


def test_a_date_of_review_ends_nothing_but_no_auth() -> None:
    review = date(2026, 12, 1)
    rulebook = book(row("Wheels", "K0001"), review_by=review, review_by_basis=Basis.STATED)
    (extension,) = repetitions(ask(gathered(rulebook, focus("a", "K0001"))))
    assert value(extension, "expiry-date") is None


def test_the_billing_code_is_the_clients_without_its_display() -> None:
    (extension,) = repetitions(ask(gathered(EVERY, focus("a", "K0001-NU"))))
    system = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    assert value(extension, "billingCode") == {"system": system, "code": "K0001-NU"}


def test_a_resource_without_a_billing_code_is_told_what_is_missing() -> None:
    (extension,) = repetitions(ask(gathered(EVERY, focus("a"))))
    assert value(extension, "pa-needed") == "conditional"
    assert values(extension, "info-needed") == ["detail-code", "OTH"]
    assert "no code in which services are billed" in reasons(extension)
    assert "Send the billing code" in details(extension)["Instructions"][0]
    assert value(extension, "billingCode") is None


def test_a_resource_whose_code_could_not_be_read_is_not_told_that_it_has_none() -> None:
    (extension,) = repetitions(ask(gathered(EVERY, focus("a", unread=True), complete=False)))
    assert value(extension, "pa-needed") == "conditional"
    assert "billing code could not be read" in reasons(extension)
    assert "with its system" in details(extension)["Instructions"][0]


@pytest.mark.parametrize("version", Version)
def test_a_code_that_could_not_be_read_is_not_passed_over_beside_others(version: Version) -> None:
    """An order of which only the code that needs nothing is told would look like one of none."""
    asked = gathered(EVERY, focus("a", "K0002", unread=True), complete=False)
    answered = ask(asked, version)
    read, unread = repetitions(answered)
    assert value(read, "billingCode")["code"] == "K0002"
    assert (value(unread, "billingCode"), value(unread, "pa-needed")) == (None, "conditional")
    assert "another billing code, which could not be read" in reasons(unread)
    assert answered.outcomes == ("no-auth", "no-billing-code")
    assert value(read, "coverage-assertion-id") == value(unread, "coverage-assertion-id")
    without = ask(gathered(EVERY, focus("a", "K0002"), complete=False), version)
    assert without.assertion_ids != answered.assertion_ids
    (again,) = resources(answered)
    stands = focus("a", "K0002", unread=True, raw=json.dumps(again).encode())
    assert resources(ask(gathered(EVERY, stands, complete=False), version)) == []


def test_orders_of_one_name_hide_no_code() -> None:
    (said,) = repetitions(ask(gathered(EVERY, focus("a", "K0002", uncertain=True))))
    assert value(said, "billingCode")["code"] == "K0002"


def test_what_no_order_can_ask_is_said_and_crashes_nothing() -> None:
    asked = gathered(EVERY, focus("a", "K0002-NU-RR"), focus("b", "K0002"))
    refused, other = repetitions(ask(asked))
    assert value(refused, "pa-needed") == "conditional"
    assert "read both purchase and rental" in reasons(refused)
    assert value(refused, "billingCode")["code"] == "K0002-NU-RR"
    assert value(other, "pa-needed") == "no-auth"


FAILED = "Patient: it took too long"


@pytest.mark.parametrize(
    ("outcome", "pa_needed"), [("auth-needed", "auth-needed"), ("no-auth", "no-auth")]
)
def test_what_is_settled_without_what_failed_is_said(outcome: str, pa_needed: str) -> None:
    extension = said(outcome, failed=FAILED, complete=False)
    assert value(extension, "pa-needed") == pa_needed
    assert FAILED not in reasons(extension)


def test_a_code_that_was_not_sent_is_wanted_whatever_failed() -> None:
    """To ask again later brings no billing code to an order that has none."""
    answered = ask(gathered(EVERY, focus("a"), failed=FAILED))
    (extension,) = repetitions(answered)
    assert answered.outcomes == ("no-billing-code",)
    assert values(extension, "info-needed") == ["detail-code", "OTH"]
    assert details(extension)["Instructions"][0].startswith("Send the billing code")


@pytest.mark.parametrize("codes", [[], ["K0003"]])
def test_what_hangs_on_what_failed_is_indeterminate(codes: list[str]) -> None:
    asked = gathered(EVERY, focus("a", *codes, unread=not codes), failed=FAILED, complete=False)
    answered = ask(asked)
    (extension,) = repetitions(answered)
    assert answered.outcomes == ("technical",)
    assert value(extension, "pa-needed") == value(extension, "covered") == "indeterminate"
    assert FAILED in reasons(extension)
    (old,) = repetitions(ask(asked, Version.V2_1))
    assert value(old, "pa-needed") == value(old, "covered") == "conditional"
    assert FAILED in reasons(old)
