"""The receipt: JSON all the way down, as its schema says, and enough to ask again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from precert.determine import determine, order_from_json, receipt
from tests.support.cases import answered_cases
from tests.support.rulebooks import ask, book, line, row

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "receipt.schema.json"


def receipts() -> list[dict[str, Any]]:
    return [
        receipt(determine(case.rulebook, order_from_json(case.order))) for case in answered_cases()
    ]


def test_every_receipt_is_as_the_schema_says() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for written in receipts():
        validator.validate(json.loads(json.dumps(written)))


def test_a_receipt_survives_json() -> None:
    for written in receipts():
        assert json.loads(json.dumps(written)) == written


def test_the_facts_of_a_receipt_give_the_same_receipt() -> None:
    for case in answered_cases():
        rulebook = case.rulebook
        written = receipt(determine(rulebook, order_from_json(case.order)))
        again = receipt(
            determine(rulebook, order_from_json(json.loads(json.dumps(written["facts"]))))
        )
        assert again == written


def test_a_receipt_names_the_rulebook_and_its_documents() -> None:
    rulebook = book(row("Wheels", "K0001"))
    written = receipt(ask(rulebook, "K0001"))
    assert written["schema"] == 1
    assert written["rulebook"]["digest"] == rulebook.digest
    assert written["rulebook"]["documents"] == [{"name": "invented.md", "sha256": "a" * 64}]
    assert written["rulebook"]["effective_from"] == "2026-01-01"
    assert written["rulebook"]["effective_to"] is None


def test_each_rule_of_a_receipt_is_found_again_in_the_document() -> None:
    rulebook = book(row("Wheels", "E0601"), row("Air", "K0001", "required", "purchase"))
    written = receipt(ask(rulebook, line("K0001", modifiers=("RR",))))
    (found,) = written["determinations"]
    (rule,) = found["rules"]
    assert (rule["document"], rule["line"], rule["program"]) == ("invented.md", 2, "Air")
    assert found["limits"] == [{"rule_id": rule["rule_id"], "condition": "purchase", "met": False}]


def test_the_platform_is_null_where_the_payer_is_the_route() -> None:
    written = receipt(ask(book(row("Air", "K0001", platform="payer")), "K0001"))
    assert written["determinations"][0]["route"] == "payer"
    assert written["determinations"][0]["platform"] is None
    assert written["case_plan"]["cases"] == [
        {"route": "payer", "platform": None, "program": "Air", "lines": [1]}
    ]


def test_alternatives_are_cited() -> None:
    rulebook = book(row("Wheels", "K0001"), row("Air", "K0001", "not-required"))
    (found,) = receipt(ask(rulebook, "K0001"))["determinations"]
    assert [(each["line"], each["program"], each["outcome"]) for each in found["alternatives"]] == [
        (1, "Wheels", "auth-needed"),
        (2, "Air", "no-auth"),
    ]
