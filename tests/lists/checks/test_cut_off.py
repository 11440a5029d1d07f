"""PC314: a description that is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import cut_off
from tests.lists.checks.invented import brief, found, places, read, row

if TYPE_CHECKING:
    from precert.lists import ListReading

VOCABULARY = row("E1002", "Chair, additional cushions without armrest")


def long(end: str, length: int = 255) -> str:
    """A description of that length with that end."""
    return "Chair".ljust(length - len(end), "r") + end


@pytest.mark.parametrize(
    "end",
    [" (with armr", " [armrest", " additional,", " armrest;", "; a", " addition", " witho"],
)
def test_an_open_end_is_found(end: str) -> None:
    reading = read(VOCABULARY, row("E1003", long(end)))
    (one,) = found(cut_off, reading)
    assert brief([one]) == [("PC314", 4)]
    assert "cut off after 255 characters" in one.sentence


@pytest.mark.parametrize(
    "description",
    [
        long(" armrest"),
        long(" (armrest)"),
        long(" armrest))"),
        long(" [armrest (one)]"),
        long(" days"),
        long(" type A"),
        long(" (with armr", length=200),
        long(" (with armr", length=300),
        "Chair (with armr",
        "Chair;",
        ")" * 255,
    ],
)
def test_a_whole_description_and_another_length_are_not(description: str) -> None:
    assert found(cut_off, read(VOCABULARY, row("E1003", description))) == []


def test_the_sentence_shows_no_more_than_the_end() -> None:
    (one,) = found(cut_off, read(VOCABULARY, row("E1003", long(" (with armr"))))
    assert "at '…rrrrr (with armr'" in one.sentence


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    assert places(found(cut_off, published), "PC314") == [
        *(709, 710, 711, 712, 734, 744, 760, 765, 766, 792, 795, 805, 807, 967),
    ]
