"""`precert verify`: a receipt is identical, or each place where it is not is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from precert.rulebook import write_rulebook
from tests.cli.invented import ROWS, rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CODES = ["E0621", "E0630", "E0637", "E0785", "T1030", "A9999"]


@pytest.fixture
def receipt(run: Run, book: Path) -> dict[str, Any]:
    done = run("check", *CODES, "--on", "2026-03-02", "--json", "--rulebook", str(book))
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def verify(run: Run, book: Path, receipt: object) -> tuple[int, list[str]]:
    done = run("verify", "-", "--rulebook", str(book), given=json.dumps(receipt))
    return done.exit_code, done.stdout.splitlines()


def test_a_receipt_verifies(run: Run, book: Path, receipt: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt), encoding="utf-8")
    done = run("verify", str(path), "--rulebook", str(book))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"identical: {path}")


@pytest.mark.parametrize("code", sorted({code for _, _, code, *_ in ROWS}))
def test_every_receipt_verifies(run: Run, book: Path, code: str) -> None:
    done = run("check", code, "--on", "2026-03-02", "--json", "--rulebook", str(book))
    assert verify(run, book, json.loads(done.stdout))[0] == 0


def test_a_receipt_of_the_bundled_rulebook_verifies(run: Run) -> None:
    given = run("check", "C1767", "63650", "--on", "2026-03-02", "--json").stdout
    assert run("verify", "-", given=given).exit_code == 0


def test_words_take_no_part(run: Run, book: Path, receipt: dict[str, Any]) -> None:
    assert verify(run, book, receipt)[1][0].startswith("identical: ")
    receipt["words"] = {"other": "sentences"}
    code, (said,) = verify(run, book, receipt)
    assert (code, said[:62]) == (
        0,
        "identical, but its words differ (they are not part of the answ",
    )
    del receipt["words"]
    assert verify(run, book, receipt)[0] == 0


@pytest.mark.parametrize("key", ["outcome", "schema"])
def test_a_key_that_stands_twice_is_no_receipt(
    run: Run, book: Path, receipt: dict[str, Any], key: str
) -> None:
    forged = json.dumps(receipt).replace(f'"{key}": ', f'"{key}": "forged", "{key}": ', 1)
    done = run("verify", "-", "--rulebook", str(book), given=forged)
    assert (done.exit_code, done.stdout) == (3, "")
    assert f'the key "{key}" stands twice' in done.stderr


def test_what_differs_is_named_with_then_and_now(
    run: Run, book: Path, receipt: dict[str, Any]
) -> None:
    first = receipt["determinations"][0]
    first["outcome"] = "no-auth"
    first["rules"][0]["line"] = 99
    first["limits"].append({"rule_id": "invented"})
    del first["primary"]
    first["note"] = "added"
    receipt["determinations"][3]["conditions"][0]["truth"] = 0
    receipt["case_plan"]["for_a_person"].pop()
    code, said = verify(run, book, receipt)
    assert code == 1
    assert set(said) == {
        'determinations[0].outcome: then "no-auth", now "auth-needed"',
        "determinations[0].primary: then absent, now null",
        "determinations[0].rules[0].line: then 99, now 10",
        'determinations[0].limits[0]: then {"rule_id": "invented"}, now absent',
        'determinations[0].note: then "added", now absent',
        "determinations[3].conditions[0].truth: then 0, now null",
        "case_plan.for_a_person[3]: then absent, now 6",
    }


def test_facts_that_were_changed_are_named(run: Run, book: Path, receipt: dict[str, Any]) -> None:
    receipt["facts"]["lines"][0]["code"] = "e0621"
    assert verify(run, book, receipt) == (
        1,
        ['facts.lines[0].code: then "e0621", now "E0621"'],
    )


def test_another_rulebook_is_said_first(run: Run, receipt: dict[str, Any], tmp_path: Path) -> None:
    write_rulebook(rulebook("autumn"), tmp_path / "autumn")
    code, said = verify(run, tmp_path / "autumn", receipt)
    assert code == 1
    then = f'edition "spring", digest "{rulebook().digest}"'
    assert said[0].startswith(f'another rulebook: then {then}; now edition "autumn", digest')
    assert said[0].endswith("Tell with --rulebook where the folder of the first one is.")
    assert not [line for line in said[1:] if "spring" in line or "autumn" in line]
    assert not [line for line in said if line.startswith("determinations")]


def test_facts_that_this_rulebook_cannot_answer_are_a_difference(
    run: Run, receipt: dict[str, Any]
) -> None:
    receipt["facts"]["plan"] = "Gold"
    done = run("verify", "-", given=json.dumps(receipt))
    assert done.exit_code == 1
    assert done.stdout.startswith("another rulebook: ")
    assert "facts: this rulebook cannot answer them" in done.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "standard input is no JSON: Expecting value at line 1, column 1"),
        ("[]", "read []"),
        ("{}", "read the schema null, expected 1"),
        ('{"schema": 2}', "read the schema 2, expected 1"),
        ('{"schema": true}', "read the schema true, expected 1"),
        ('{"schema": 1}', "rulebook is missing"),
        (
            '{"schema": 1, "rulebook": 0, "facts": {}, "determinations": 0, "case_plan": 0}',
            "facts: lines: read no lines",
        ),
    ],
)
def test_what_is_no_receipt_exits_with_3(run: Run, given: str, said: str) -> None:
    done = run("verify", "-", given=given)
    assert (done.exit_code, done.stdout) == (3, "")
    assert said in done.stderr


def test_a_receipt_that_is_absent_exits_with_3(run: Run) -> None:
    assert run("verify", "absent.json").exit_code == 3


def test_a_receipt_whose_rulebook_is_no_object_differs(
    run: Run, book: Path, receipt: dict[str, Any]
) -> None:
    receipt["rulebook"] = "spring"
    code, said = verify(run, book, receipt)
    assert code == 1
    assert said[0].startswith("another rulebook: then edition null, digest null")
