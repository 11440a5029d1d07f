"""The grammar of codes and modifiers: what is a code, and what is refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.codes import (
    CodeSet,
    InvalidCode,
    code_set,
    is_code,
    looks_like_code,
    parse_code,
    parse_modifier,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27447", CodeSet.CPT_I),
        ("0001A", CodeSet.CPT_IMMUNIZATION),
        ("1234F", CodeSet.CPT_II),
        ("0331T", CodeSet.CPT_III),
        ("0001U", CodeSet.CPT_PLA),
        ("0002M", CodeSet.CPT_MAAA),
        ("E0601", CodeSet.HCPCS_II),
        ("D0120", CodeSet.CDT),
    ],
)
def test_every_code_set_is_told_by_its_shape(text: str, expected: CodeSet) -> None:
    parsed = parse_code(text)
    assert is_code(parsed)
    assert code_set(parsed) is expected


@pytest.mark.parametrize(("text", "code"), [(" e0601 ", "E0601"), ("0331t", "0331T")])
def test_a_code_is_canonical(text: str, code: str) -> None:
    assert parse_code(text) == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("7214B", ("72148",)),
        ("7Z148", ("72148",)),
        ("O331T", ("0331T",)),
        ("I6692", ("16692", "L6692")),
        ("E06O1", ("E0601",)),
        ("2744", ()),
        ("274477", ()),
        ("", ()),
        ("EEEEE", ()),
        ("\uff250601", ()),
    ],
)
def test_what_is_no_code_says_what_was_read_and_expected(
    text: str, candidates: tuple[str, ...]
) -> None:
    parsed = parse_code(text)
    assert isinstance(parsed, InvalidCode)
    assert parsed.candidates == candidates
    assert repr(text) in str(parsed)
    assert "expected five digits" in str(parsed)


@pytest.mark.parametrize("text", ["I0001", "N0001", "O0001", "W0001", "X0001", "F0001", "0001B"])
def test_letters_that_begin_or_end_no_code_are_refused(text: str) -> None:
    assert not is_code(parse_code(text))


@given(st.text(max_size=8))
def test_nothing_is_corrected_silently(text: str) -> None:
    parsed = parse_code(text)
    if is_code(parsed):
        assert parsed == text.strip().upper()
        assert len(parsed) == 5
        assert parsed.isascii()


@given(st.text(max_size=8))
def test_a_candidate_is_a_code(text: str) -> None:
    parsed = parse_code(text)
    if isinstance(parsed, InvalidCode):
        assert all(is_code(parse_code(candidate)) for candidate in parsed.candidates)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("rt", "RT"), (" 26 ", "26"), ("P1", "P1"), ("RTT", None), ("R", None), ("", None)],
)
def test_a_modifier_has_two_characters(text: str, expected: str | None) -> None:
    assert parse_modifier(text) == expected


@pytest.mark.parametrize("text", ["7214B", "2744", "O331T", "E0601"])
def test_meant_as_a_code(text: str) -> None:
    assert looks_like_code(text)


@pytest.mark.parametrize("text", ["Proton", "Brachytherapy", "", "MRI", "Two words", "123"])
def test_not_meant_as_a_code(text: str) -> None:
    assert not looks_like_code(text)
