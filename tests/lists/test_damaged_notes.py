"""A damaged note never says less in silence: it says the same, or something of it stays unread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.lists.markup import plain, tokens
from precert.model import Unread
from tests.lists.support import EVICORE, listed, only_entry, read, row
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.lists import Entry
    from precert.model import Rule

INVENTED = (Path(__file__).parent / "good" / "every-form.md").read_text("utf-8")
FILLERS = frozenset[str]().union(*(pattern.fillers for pattern in EVICORE.patterns))

many = settings(max_examples=examples(40, 200))


def notes_in(entries: Iterable[Entry]) -> list[str]:
    """Return the notes and groupings that are read wholly, each once."""
    printed = (
        entry.printed.get(column, "")
        for entry in entries
        for column in ("note", "grouping")
        if not any(isinstance(condition, Unread) for condition in entry.rule.conditions)
    )
    notes = dict.fromkeys(note for note in printed if note.strip())
    return [note for note in notes if not has_unread(rule_with(note))]


def rule_with(note: str) -> Rule:
    return only_entry(listed(row(note=note))).rule


def has_unread(rule: Rule) -> bool:
    return any(isinstance(condition, Unread) for condition in rule.conditions)


def says(rule: Rule) -> tuple[object, ...]:
    """Return what a note says without its values: kinds of conditions, and if it sets a date."""
    kinds = [type(condition) for condition in rule.conditions if not isinstance(condition, Unread)]
    return (*kinds, rule.effective_from is not None)


NOTES = notes_in(read(INVENTED).entries)

unknown_words = st.text("bcdfghjklmnpqrstvwxz", min_size=2, max_size=8).filter(
    lambda word: word not in FILLERS
) | st.sampled_from(["not", "except", "unless", "only", "if", "without", "until", "over", "under"])


@st.composite
def with_a_word_more(draw: st.DrawFn, notes: list[str]) -> str:
    words = draw(st.sampled_from(notes)).split()
    words.insert(draw(st.integers(0, len(words))), draw(unknown_words))
    return " ".join(words)


@st.composite
def with_a_word_less(draw: st.DrawFn, notes: list[str]) -> tuple[str, str, str]:
    note = draw(st.sampled_from(notes))
    words = note.split()
    gone = words.pop(draw(st.integers(0, len(words) - 1)))
    return note, " ".join(words), gone


def assert_not_less(change: tuple[str, str, str]) -> None:
    """Only a filler may be missing, or a value that stood beside another of its kind."""
    note, damaged, gone = change
    rule = rule_with(damaged)
    if damaged and not has_unread(rule):
        assert says(rule) == says(rule_with(note))
        fillers = FILLERS.issuperset(tokens(plain(gone)))
        assert (
            fillers or any(map(str.isdigit, gone)) or rule.conditions == rule_with(note).conditions
        )


def test_the_invented_notes_say_something() -> None:
    assert len(NOTES) >= 12
    assert all(says(rule_with(note)) != (False,) for note in NOTES)


@many
@given(with_a_word_more(NOTES))
def test_a_word_more_leaves_the_note_unread(note: str) -> None:
    assert has_unread(rule_with(note))


@many
@given(with_a_word_less(NOTES))
def test_a_word_less_never_says_less_in_silence(change: tuple[str, str, str]) -> None:
    assert_not_less(change)


@many
@given(st.sampled_from(NOTES), st.integers(0, 200))
def test_a_note_that_is_cut_off_says_nothing_else(note: str, length: int) -> None:
    rule = rule_with(note[:length])
    assert set(says(rule)) <= {*says(rule_with(note)), False}
    if note[:length].strip() and "Companion" not in note:  # whose first sentence stands by itself
        assert has_unread(rule) or says(rule) == says(rule_with(note))


@pytest.mark.real_list
def test_the_published_notes_damaged(real_list: Path) -> None:
    notes = notes_in(read(real_list.read_bytes()).entries)
    assert len(notes) >= 12

    @many
    @given(with_a_word_more(notes))
    def more(note: str) -> None:
        assert has_unread(rule_with(note))

    @many
    @given(with_a_word_less(notes))
    def less(change: tuple[str, str, str]) -> None:
        assert_not_less(change)

    more()
    less()
