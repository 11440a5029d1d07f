"""Search: what is found, how many each filter would leave, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from precert.errors import BadQuery, UnknownProgram
from precert.web.views.search import Search, SearchView, search_view
from tests.support.editions import ACME
from tests.support.rulebooks import book, row
from tests.web.support import served

if TYPE_CHECKING:
    from pathlib import Path

BOOK = book(
    row("Wheels", "K0001"),
    row("Air", "E0601", "not-required", category="Night Air"),
    row("Wheels", "K0003", conditions="with-program(Knees); purchase"),
    row("Wheels", "E0601", "out-of-scope", platform=None),
    row("Air", "E0470", platform="Southwind"),
    row("Knees", "L1800-L1899"),
    row("Knees", "L1900", heading="Small Braces"),
)
SERVED = served(BOOK)


def found(**told: Any) -> list[str]:  # noqa: ANN401 - the fields of Search
    return [rule.code for rule in search_view(SERVED, Search(**told)).rules]


def counts(view: SearchView, name: str) -> dict[str, int]:
    (values,) = (one.values for one in view.filters if one.name == name)
    return {one.value: one.count for one in values}


def test_everything_is_found_in_the_order_of_codes_then_programs() -> None:
    view = search_view(SERVED, Search())
    listed = [(rule.code, rule.program) for rule in view.rules]
    assert listed == [
        ("E0470", "Air"),
        ("E0601", "Wheels"),
        ("E0601", "Air"),
        ("K0001", "Wheels"),
        ("K0003", "Wheels"),
        ("L1800-L1899", "Knees"),
        ("L1900", "Knees"),
    ]
    assert (view.total, view.pages) == (7, 1)


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("K", ["K0001", "K0003"]),
        ("k0001", ["K0001"]),
        (" e06 ", ["E0601", "E0601"]),
        ("L1832", ["L1800-L1899"]),
        ("L18", ["L1800-L1899"]),
        ("L19", ["L1900"]),
        ("L", ["L1800-L1899", "L1900"]),
        ("L1799", []),
        ("9", []),
        ("K00019", []),
    ],
)
def test_a_code_its_beginning_and_the_range_around_it(code: str, codes: list[str]) -> None:
    assert found(code=code) == codes


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({"program": ("Air",)}, ["E0470", "E0601"]),
        ({"program": ("Air", "Knees")}, ["E0470", "E0601", "L1800-L1899", "L1900"]),
        ({"program": ("Air",), "requirement": ("required",)}, ["E0470"]),
        ({"platform": ("none",)}, ["E0601"]),
        ({"platform": ("Southwind",)}, ["E0470"]),
        ({"condition": ("with-program",)}, ["K0003"]),
        ({"condition": ("purchase",), "program": ("Air",)}, []),
        ({"category": ("Night Air",)}, ["E0601"]),
        ({"program": ("Drops",)}, []),
        ({"requirement": ("investigational",)}, []),
    ],
)
def test_filters_narrow_each_other(told: dict[str, Any], codes: list[str]) -> None:
    assert found(**told) == codes


def test_words_are_those_of_program_category_and_heading() -> None:
    assert found(words="NIGHT") == ["E0601"]
    assert found(words="brace small") == ["L1900"]
    assert found(words="small wheels") == []
    assert not search_view(SERVED, Search()).described


def test_words_of_descriptions_are_found_where_they_were_imported(tmp_path: Path) -> None:
    rule = BOOK.rules[0]
    lines = f"rule_id,description\n{rule.rule_id},an Ünusual thing\n"
    (tmp_path / "descriptions.csv").write_text(lines, encoding="utf-8")
    view = search_view(served(BOOK, folder=tmp_path), Search(words="ünusual"))
    assert [one.rule_id for one in view.rules] == [rule.rule_id]
    assert view.described


def test_the_values_of_a_filter_are_counted_beside_the_other_filters() -> None:
    view = search_view(SERVED, Search(program=("Wheels",), requirement=("required",)))
    assert counts(view, "program") == {"Wheels": 2, "Air": 1, "Knees": 2}
    assert counts(view, "requirement") == {"required": 2, "out-of-scope": 1}
    assert counts(view, "condition") == {"purchase": 1, "with-program": 1, "none": 1}
    assert counts(view, "platform") == {"Northwind": 2}


def test_a_selected_value_stays_to_be_seen_when_nothing_is_left_of_it() -> None:
    view = search_view(SERVED, Search(program=("Drops",), code="K"))
    (program,) = (one for one in view.filters if one.name == "program")
    assert ("Drops", 0, True) in [(one.value, one.count, one.selected) for one in program.values]


def test_counts_are_those_of_counting_by_hand() -> None:
    view = search_view(SERVED, Search(code="E"))
    rules = [rule for rule in BOOK.rules if str(rule.code).startswith("E")]
    for name, by_hand in (
        ("program", [rule.program for rule in rules]),
        ("category", [rule.category for rule in rules]),
        ("requirement", [rule.requirement.value for rule in rules]),
    ):
        assert counts(view, name) == {value: by_hand.count(value) for value in by_hand}


def test_pages_hold_every_rule_once() -> None:
    pages = [search_view(SERVED, Search(page=page, per_page=3)) for page in (1, 2, 3, 4)]
    assert [len(page.rules) for page in pages] == [3, 3, 1, 0]
    assert {page.pages for page in pages} == {3}
    ids = [rule.rule_id for page in pages for rule in page.rules]
    assert sorted(ids) == sorted(rule.rule_id for rule in BOOK.rules)


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"code": "<b>"}, "code"),
        ({"code": "L1800-L1899"}, "code"),
        ({"page": 0}, "page"),
        ({"per_page": 501}, "per_page"),
        ({"platform": ("Nowhere",)}, "platform"),
        ({"requirement": ("maybe",)}, "requirement"),
        ({"condition": ("with-luck",)}, "condition"),
    ],
)
def test_what_means_nothing_is_refused(told: dict[str, Any], where: str) -> None:
    with pytest.raises(BadQuery) as raised:
        found(**told)
    assert raised.value.where == where


def test_an_unknown_program_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownProgram, match="Wheels"):
        found(program=("Wings",))


def test_the_edition_that_is_told_is_searched_else_the_newest() -> None:
    newest, told = (search_view(served(ACME), Search(edition=name)) for name in (None, "2026-04"))
    assert (newest.rulebook.edition, told.rulebook.edition) == ("2026-10", "2026-04")
    assert counts(told, "program") == {"Wheels": 2, "Boats": 3, "Knees": 2}
