"""docs/conformance/crd.csv says of every statement of the CRD guide how the server keeps it."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from tests.support.conformance import (
    MANDATORY,
    TABLE,
    Statement,
    defined_tests,
    statements,
)
from tests.support.crd_examples import crd_example

STATEMENTS = statements()
README = TABLE.with_name("README.md").read_text(encoding="utf-8")

STATUSES = ("met", "not-applicable", "not-done")
LONGEST_WHY = 300
QUOTED = 6  # so many words of the guide in a row are a quotation


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, Any]]:
    """The guide's own list of its statements; the tests of it are skipped where it is absent."""
    listed = json.loads(crd_example("Requirements-fromNarrative.json"))["statement"]
    return {statement["key"]: statement for statement in listed}


def test_the_table_has_every_statement_of_the_guide(published: dict[str, dict[str, Any]]) -> None:
    assert {statement.key for statement in STATEMENTS} == published.keys()


def test_verbs_and_actors_are_those_of_the_guide(published: dict[str, dict[str, Any]]) -> None:
    for statement in STATEMENTS:
        printed = published[statement.key]
        verbs, actors = list(printed.get("conformance", ())), []
        for extension in printed["extension"]:
            if extension["url"].endswith("-statementactor"):
                actors.append(extension["valueId"])
            elif extension["url"].endswith("-statementshallnot") and extension["valueBoolean"]:
                verbs.insert(0, "SHALL-NOT")
        assert statement.conformance == "/".join(verbs), statement.key
        assert statement.actors == "/".join(actors), statement.key


def test_the_table_quotes_nothing_of_the_guide(published: dict[str, dict[str, Any]]) -> None:
    for statement in STATEMENTS:
        printed = " ".join(_words(published[statement.key]["requirement"]))
        own = _words(statement.why)
        for start in range(len(own) - QUOTED + 1):
            run = " ".join(own[start : start + QUOTED])
            assert run not in printed, f"{statement.key} quotes the guide: {run}"


def test_there_are_232_statements_each_once_and_in_order() -> None:
    places = [statement.place for statement in STATEMENTS]
    assert len(places) == 232
    assert places == sorted(set(places))


def test_every_cell_says_what_its_column_may_say() -> None:
    for statement in STATEMENTS:
        assert set(statement.verbs) <= MANDATORY | {"SHOULD", "SHOULD-NOT", "MAY"}, statement.key
        assert statement.binds_server in {"yes", "no"}, statement.key
        assert statement.status in STATUSES, statement.key
        assert len(statement.why) <= LONGEST_WHY, statement.key
        assert statement.why == statement.why.strip(), statement.key


def test_a_server_statement_is_bound_unless_it_says_why() -> None:
    for statement in STATEMENTS:
        if "crd-server" in statement.actors.split("/"):
            assert statement.binds_server == "yes", statement.key


@pytest.mark.parametrize(
    "statement", [each for each in STATEMENTS if each.is_mandatory], ids=lambda each: each.key
)
def test_the_server_keeps_what_it_has_to_keep(statement: Statement) -> None:
    assert statement.status != "not-done", f"{statement.key} is not kept: {statement.why}"
    if statement.status == "met":
        assert statement.tests, f"{statement.key} is said to be met, and no test shows it"
    else:
        assert statement.why, f"{statement.key} is said not to apply, and nothing says why"


def test_what_is_met_is_shown_and_what_is_not_is_explained() -> None:
    for statement in STATEMENTS:
        if statement.status == "met":
            assert statement.binds_server == "yes", statement.key
            assert statement.tests, statement.key
        else:
            assert not statement.test, statement.key
            assert statement.why, statement.key


def test_every_test_that_the_table_names_is_there() -> None:
    for statement in STATEMENTS:
        for named in statement.tests:
            path, _, name = named.partition("::")
            assert name in defined_tests(path), f"{statement.key}: there is no {named}"


def test_the_counts_in_the_readme_are_those_of_the_table() -> None:
    bound = [statement for statement in STATEMENTS if statement.binds_server == "yes"]
    counted = Counter((statement.verbs[0], statement.status) for statement in bound)
    printed = {
        verb: tuple(int(cell) for cell in cells.split("|"))
        for verb, cells in re.findall(r"^\| ([A-Z-]+) \|([\d| ]+)\|$", README, re.MULTILINE)
    }
    assert printed.keys() == {verb for verb, _ in counted}
    for verb, cells in printed.items():
        of_verb = [counted[verb, status] for status in STATUSES]
        assert cells == (sum(of_verb), *of_verb), verb
    assert f"{len(STATEMENTS)} statements" in README
    assert f"{len(bound)} bind the server" in README
    assert f"{len(STATEMENTS) - len(bound)} bind" in README


def test_the_readme_names_everything_that_is_not_done() -> None:
    for statement in STATEMENTS:
        if statement.status == "not-done":
            assert f"`{statement.key}`" in README, statement.key


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", re.sub(r"[*_`]", "", text.lower()))
