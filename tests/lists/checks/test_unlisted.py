"""PC318 and PC322: "unlisted" said of a listed code, and an unlisted code not marked so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import unlisted
from tests.lists.checks.invented import LAYOUT, brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading

NOTE = "This unlisted code"
MARKED = row("L8499", "Unlisted prosthesis", "<b>Unlisted</b>")


@pytest.mark.parametrize(
    "line", [row("E1002", "Chair", note=NOTE), row("E1002", "Chair", "Unlisted")]
)
def test_a_listed_code_that_is_called_unlisted_is_found(line: str) -> None:
    assert brief(found(unlisted, read(line))) == [("PC318", 3)]


def test_an_unlisted_code_that_is_not_marked_like_others_is_found() -> None:
    (one,) = found(unlisted, read(MARKED, row("L3999", "Unlisted orthosis")))
    assert brief([one]) == [("PC322", 4)]
    assert "while others are marked as unlisted (line 3)" in one.sentence


@pytest.mark.parametrize(
    "lines",
    [
        (MARKED,),
        (row("L3999", "Unlisted orthosis", note=NOTE),),
        (row("L3999", "Unlisted orthosis"),),
        (MARKED, row("L3999", "Unlisted orthosis", "Out of Scope")),
        (MARKED, row("L3999", "Orthosis, otherwise unlistedness")),
        (row("L3999", "", note=NOTE),),
        (row("E1002", "Chair", note="Purchase only"),),
    ],
    ids=[
        "marked",
        "note and description agree",
        "the list has no mark in use",
        "out of scope",
        "another word",
        "no description",
        "another note",
    ],
)
def test_the_rest_is_not(lines: tuple[str, ...]) -> None:
    assert found(unlisted, read(*lines)) == []


def test_a_layout_without_words_for_it_finds_nothing_in_texts() -> None:
    reading = read(row("E1002", "Chair", note=NOTE))
    assert list(unlisted.check(reading, replace(LAYOUT, unlisted=()))) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(unlisted, published)
    assert places(ones, "PC318") == [473, 474, 560]
    assert places(ones, "PC322") == [164, 167, 424, 774, 896, 944, 979, 1701, 1788]
