"""The views say what the command line's JSON says, and a little more for pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from precert.cli.diff_json import diff_as_json
from precert.cli.diff_report import compare
from precert.cli.diff_sides import Side
from precert.cli.editions_page import editions_as_json
from precert.cli.rulebook_page import rulebook_as_json
from precert.cli.shown_rules import Shown, rules_as_json
from precert.compiler import Evidence
from precert.errors import BadCode, BadEdition, UnknownEdition
from precert.rulebook import check_rules, read_rulebook
from precert.web.encoding import encode
from precert.web.views.codes import code_view
from precert.web.views.difference import diff_view
from precert.web.views.rulebook import rulebook_view
from tests.cli import invented
from tests.support.cases import RULEBOOKS
from tests.support.editions import ACME, AUTUMN, SPRING, WINTER
from tests.support.rulebooks import code
from tests.web.support import served

if TYPE_CHECKING:
    from pathlib import Path

ADDED = {
    "rule": {"code", "words"},
    "edition": {"folder", "diagnostics", "dates"},
    "document": {"unread"},
    "place": {"place"},
    "diagnostic": {"document", "line", "page", "sheet", "area", "place", "related"},
    "diff": {"kinds"},
}
"""The keys that pages need and the command line does not print."""


def decoded(view: object) -> Any:  # noqa: ANN401 - JSON
    return json.loads(encode(view))


def without(told: dict[str, Any], names: set[str]) -> dict[str, Any]:
    assert names <= told.keys()
    return {key: value for key, value in told.items() if key not in names}


@pytest.mark.parametrize("text", ["E0637", "E0640", "T1030", "K0455", "A0001"])
def test_a_code_is_told_as_show_tells_it(text: str) -> None:
    book = invented.rulebook()
    (edition,) = decoded(code_view(served(book), text))["editions"]
    edition["rules"] = [without(rule, ADDED["rule"]) for rule in edition["rules"]]
    rules = book.rules_for(code(text))
    told = rules_as_json(Shown(code(text), book, rules, Evidence({}, ()), {}))
    assert edition == without(told, {"schema", "code"})


def test_a_code_is_told_of_every_edition_the_newest_first() -> None:
    view = code_view(served(ACME), "k0001")
    assert (view.schema, view.code) == (1, "K0001")
    names = [one.rulebook.edition for one in view.editions]
    assert names == ["2026-10", "2026-04", "2026-01"]
    (only,) = code_view(served(ACME), "K0001", edition="2026-04").editions
    assert only.rules[0].requirement == "not-required"
    (only,) = code_view(served(ACME), "K0001", on=WINTER.edition.effective_from).editions
    assert only.rulebook.digest == WINTER.digest


def test_what_is_no_code_and_no_edition_is_refused() -> None:
    with pytest.raises(BadCode, match="2744"):
        code_view(served(ACME), "2744")
    with pytest.raises(UnknownEdition, match="2026-04"):
        code_view(served(ACME), "K0001", edition="1999")


def test_conditions_are_told_in_notation_and_in_words() -> None:
    ((rule,),) = (one.rules for one in code_view(served(invented.rulebook()), "E0784").editions)
    (condition,) = rule.words.conditions
    assert condition.kind == "contact"
    assert condition.notation == rule.conditions == "contact(payer, phone=555-0100, fax=555-0101)"
    assert "555-0100" in condition.words
    assert rule.words.place == "line 33"


def test_a_rulebook_is_told_as_the_command_tells_it() -> None:
    book = invented.rulebook()
    (edition,) = decoded(rulebook_view(served(book)))["editions"]
    assert [one["code"] for one in edition["diagnostics"]] == [
        one.code for one in check_rules(book)
    ]
    assert edition["diagnostics"][0]["place"].startswith("line ")
    assert _as_printed(edition) == without(rulebook_as_json(book), {"schema"})


def test_editions_are_told_as_the_command_tells_them() -> None:
    book = read_rulebook(RULEBOOKS / "acme")
    view = decoded(rulebook_view(served(book, folder=RULEBOOKS / "acme")))
    view["editions"] = [
        {"folder": edition["folder"], **_as_printed(edition)} for edition in view["editions"]
    ]
    view["diagnostics"] = [without(one, ADDED["diagnostic"]) for one in view["diagnostics"]]
    told = editions_as_json(ACME)
    assert {one["code"] for one in told["diagnostics"]} == {"PC420", "PC421"}
    assert view == told


def _as_printed(edition: dict[str, Any]) -> dict[str, Any]:
    documents = [without(one, ADDED["document"]) for one in edition["documents"]]
    return without({**edition, "documents": documents}, ADDED["edition"])


def test_differences_are_told_as_the_command_tells_them() -> None:
    view = decoded(diff_view(served(ACME), "2026-04", "2026-10"))
    sides = [Side(book.edition.name, book, dated=True) for book in (SPRING, AUTUMN)]
    told = diff_as_json(compare(*sides))
    for one in view["differences"]:
        for places in ("places_before", "places_after"):
            one[places] = [without(place, ADDED["place"]) for place in one[places]]
    assert len(view["differences"]) > 3
    assert without(view, ADDED["diff"]) == json.loads(json.dumps(told))


def test_the_newest_edition_is_compared_with_the_one_before_it() -> None:
    view = diff_view(served(ACME))
    assert (view.before.edition, view.after.edition) == ("2026-04", "2026-10")
    with pytest.raises(BadEdition, match="2026-01"):
        diff_view(served(ACME), after="2026-01")
    with pytest.raises(BadEdition):
        diff_view(served(invented.rulebook()))


def test_descriptions_are_told_where_they_were_imported(tmp_path: Path) -> None:
    rule = invented.rulebook().rules_for(code("E0784"))[0]
    lines = f"rule_id,description\n{rule.rule_id},a pump of our own words\n"
    (tmp_path / "descriptions.csv").write_text(lines, encoding="utf-8")
    view = code_view(served(invented.rulebook(), folder=tmp_path), "E0784")
    assert view.editions[0].rules[0].description == "a pump of our own words"
    assert code_view(served(invented.rulebook()), "E0784").editions[0].rules[0].description is None
