"""What the little writer writes, `tomllib` reads."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.errors import UnreadableRulebook
from precert.rulebook.toml import Section, Value, format_pairs, format_value

VALUES = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.dates(date(1000, 1, 1))
)


@given(VALUES)
def test_a_value_is_read_back(value: Value) -> None:
    read = tomllib.loads(f"key = {format_value(value)}")["key"]
    assert read == value
    assert type(read) is type(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_stays_on_its_line(text: str) -> None:
    assert format_value(text).isprintable() or not {"\n", "\r", "\x00"} & set(format_value(text))


def test_a_pair_is_a_line_and_none_has_none() -> None:
    pairs = [("a", "b"), ("c", None), ("d", 1), ("e", True), ("f", date(2026, 1, 1))]
    assert format_pairs(pairs) == 'a = "b"\nd = 1\ne = true\nf = 2026-01-01\n'


def test_a_key_is_looked_for_in_its_own_table() -> None:
    text = 'b = 1\n\n[one]\na = 1\n\n[[many]]\na = 1\n\n[[many]]\nb = 1\na = "x"\n\n[last]\na = 1\n'
    top = Section("file", text, tomllib.loads(text), "")
    second = top.tables("many")[1]
    with pytest.raises(UnreadableRulebook, match=r"^file:11: many\.a: read 'x', expected a whole"):
        second.take("a", int)
    with pytest.raises(UnreadableRulebook, match=r"^file:9: many\.c: the key is missing"):
        second.take("c", int)
    with pytest.raises(UnreadableRulebook, match=r"^file:1: a: the key is missing"):
        top.take("a", int)


def test_a_table_in_another_form_is_refused_without_its_line() -> None:
    text = "b = 1\nmany = [{ a = 1 }]\n"
    (only,) = Section("file", text, tomllib.loads(text), "").tables("many")
    with pytest.raises(UnreadableRulebook, match=r"^file:1: many\.a: read 1, expected a text"):
        only.take("a", str)
