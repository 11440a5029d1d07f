"""Invariant 5: the language-neutral cases, run on `determine` itself; other faces run the same."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from precert import determine, errors
from precert.determine import order_from_json, receipt
from tests.support.cases import (
    SCHEMA,
    all_cases,
    answered_cases,
    case_files,
    differences,
    refused_cases,
)
from tests.support.each_file import of_each_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cases import SuiteCase


@of_each_file(answered_cases())
def test_the_answer_is_as_expected(case: SuiteCase) -> None:
    answer = determine(case.rulebook, order_from_json(case.order))
    assert differences(receipt(answer), case.expect) == []


@of_each_file(refused_cases())
def test_the_order_is_refused(case: SuiteCase) -> None:
    error: type[errors.PrecertError] = getattr(errors, case.expect["error"])
    with pytest.raises(error):
        determine(case.rulebook, order_from_json(case.order))


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_the_file_is_as_its_schema_says(path: Path) -> None:
    schema: Any = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def test_every_name_stands_once() -> None:
    twice = [
        name for name, count in Counter(case.name for case in all_cases()).items() if count > 1
    ]
    assert twice == []


@of_each_file(answered_cases())
def test_the_cited_lines_are_rows_of_the_code(case: SuiteCase) -> None:
    """What a case cites exists: a wrong line number in a case cannot hide behind a wrong answer."""
    rulebook = case.rulebook
    for line, want in zip(case.order["lines"], case.expect["determinations"], strict=True):
        rows = {rule.ref.line for rule in rulebook.rules if rule.code == line["code"]}
        alternatives = {alternative["source_line"] for alternative in want.get("alternatives", ())}
        assert set(want["source_lines"]) <= rows
        assert alternatives <= set(want["source_lines"])


def test_a_difference_is_found() -> None:
    case = answered_cases()[0]
    answer = receipt(determine(case.rulebook, order_from_json(case.order)))
    changed = json.loads(json.dumps(case.expect))
    changed["determinations"][0]["outcome"] = "not-listed"
    changed["determinations"][0]["source_lines"] = [1]
    assert len(differences(answer, changed)) == 2
    assert differences(answer, {"determinations": []}) != []
