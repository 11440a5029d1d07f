"""The published schema of the receipt: real receipts of every outcome obey it, and nothing more."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from precert.determine import Acquisition, Fact, Outcome, ReasonKind, Route
from precert.model import ContactParty, Requirement
from precert.notation.conditions import _NAMES
from tests.cli.invented import ROWS
from tests.cli.test_transcripts import BUNDLED, INVENTED

if TYPE_CHECKING:
    from enum import StrEnum

    from tests.cli.conftest import Run

DOCS = Path(__file__).parent.parent.parent / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "receipt.schema.json").read_text("utf-8"))
PAGE = (DOCS / "receipt.md").read_text("utf-8")
DEFINED = SCHEMA["$defs"]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("published", "values"),
    [
        (DEFINED["outcome"], Outcome),
        (DEFINED["requirement"], Requirement),
        (DEFINED["route"], Route),
        (DEFINED["ask"]["properties"]["fact"], Fact),
        (DEFINED["reason"]["properties"]["reason"], ReasonKind),
        (DEFINED["contact"]["anyOf"][1]["properties"]["party"], ContactParty),
        (
            DEFINED["facts"]["properties"]["lines"]["items"]["properties"]["acquisition"],
            Acquisition,
        ),
    ],
)
def test_the_schema_knows_every_value(published: dict[str, Any], values: type[StrEnum]) -> None:
    assert {value for value in published["enum"] if value is not None} == set(values)


ASKED = [
    *((command, True) for commands in INVENTED.values() for command in commands),
    *((command, False) for commands in BUNDLED.values() for command in commands),
    *((code, True) for _, _, code, *_ in ROWS),
]


def test_receipts_of_every_outcome_obey_the_schema(run: Run, book: Path) -> None:
    outcomes, reasons, facts = set[str](), set[str](), set[str]()
    for command, invented in ASKED:
        on = () if "--on" in command else ("--on", "2026-03-02")
        of_book = ("--rulebook", str(book)) if invented else ()
        done = run("check", *shlex.split(command), *on, "--json", *of_book)
        if done.exit_code:
            continue
        receipt = json.loads(done.stdout)
        VALIDATOR.validate(receipt)
        for line in receipt["determinations"]:
            outcomes.add(line["outcome"])
            reasons |= {reason["reason"] for reason in line["reasons"]}
            facts |= {ask["fact"] for ask in line["ask"]}
    assert outcomes == set(Outcome)
    assert len(reasons) > 8
    assert len(facts) > 8


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"verdict": "yes"},
        {"determinations": []},
        {"case_plan": {}},
    ],
)
def test_what_is_no_receipt_does_not_obey_it(run: Run, change: dict[str, Any]) -> None:
    receipt = json.loads(run("check", "72148", "--json").stdout)
    VALIDATOR.validate(receipt)
    assert not VALIDATOR.is_valid(receipt | change)


@pytest.mark.parametrize("name", _NAMES.values())
def test_every_condition_is_described(name: str) -> None:
    assert re.search(rf"^\|[^|]*\| `{name}[(`]", PAGE, re.MULTILINE)


def test_every_key_of_a_receipt_is_described() -> None:
    keys = [
        *SCHEMA["properties"],
        *DEFINED["rulebook"]["properties"],
        *DEFINED["facts"]["properties"],
        *DEFINED["facts"]["properties"]["lines"]["items"]["properties"],
        *DEFINED["determination"]["properties"],
        *DEFINED["case_plan"]["properties"],
    ]
    assert not [key for key in keys if f"`{key}" not in PAGE]
