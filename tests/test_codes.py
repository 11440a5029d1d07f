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
    parse_code_or_range,
    parse_modifier,
    parse_range,
)
from precert.model import CodeRange


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
        ("U0002", CodeSet.HCPCS_II),
        ("D0120", CodeSet.CDT),
        ("REV0240", CodeSet.REVENUE),
    ],
)
def test_every_code_set_is_told_by_its_shape(text: str, expected: CodeSet) -> None:
    parsed = parse_code(text)
    assert is_code(parsed)
    assert code_set(parsed) is expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" e0601 ", "E0601"),
        ("0331t", "0331T"),
        ("\nE0601\r\n", "E0601"),
        ("\u00a0E0601", "E0601"),
        ("REV 0240", "REV0240"),
        ("rev 240", "REV0240"),
        ("Rev. 0240", "REV0240"),
        ("REV1001", "REV1001"),
    ],
)
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
        ("\uff250601", ("E0601",)),
        ("\uff12\uff17\uff14\uff14\uff17", ("27447",)),
        ("274\n47", ("27447",)),
        ("2 7 4 4 7", ("27447",)),
        ("274\u201347", ("27447",)),
        ("\u221227447", ("27447",)),
        ("27\u00ad447", ("27447",)),
        ("\ufeff27447", ("27447",)),
        ("27447\u00b9", ("27447",)),
        ("E0601*", ("E0601",)),
        ("27447*", ("27447",)),
        ("E06-O1", ("E0601",)),
        ("27447-RT", ("27447",)),
        ("E0601 NU", ("E0601",)),
        ("7214B-RT", ()),
        ("240", ("REV0240", "00240")),
        ("999", ("REV0999", "00999")),
        ("0240", ("REV0240",)),
        ("1001", ("REV1001", "01001")),
        ("1995", ("01995",)),
        ("331T", ("0331T",)),
        ("REV9999", ()),
        ("REV", ()),
        ("E0601-E0610", ()),
        ("E0959, E0960", ()),
        ("Phase 20 of 2024", ()),
        ("BILL 1", ()),
        ("12/31/24", ()),
        ("9" * 50, ()),
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


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("27447-RT", "(the modifier RT follows it)"),
        ("274\n47", "(it stands on several lines)"),
        ("240", "(three digits may be a revenue code, a DRG, or a code that lost its zeros)"),
        ("Z5946", "(W, X, Y and Z began local codes, which ended in 2003)"),
        ("E0601 - E0610", "(it is a range of codes)"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(text: str, why: str) -> None:
    assert f"is not a code {why}: expected" in str(parse_code(text))


def test_four_digits_are_a_revenue_code_only_where_that_is_told() -> None:
    assert parse_code("0240", revenue=True) == "REV0240"
    assert parse_code("27447", revenue=True) == "27447"
    assert not is_code(parse_code("240", revenue=True))
    assert not is_code(parse_code("2744", revenue=True))


@pytest.mark.parametrize(
    "text", ["I0001", "N0001", "O0001", "W0001", "X0001", "F0001", "Y0001", "0001B"]
)
def test_letters_that_begin_or_end_no_code_are_refused(text: str) -> None:
    assert not is_code(parse_code(text))


@given(st.text(max_size=8))
def test_nothing_is_corrected_silently(text: str) -> None:
    parsed = parse_code(text)
    if is_code(parsed):
        assert parsed == text.strip().upper()
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


@pytest.mark.parametrize(
    "text",
    [
        *("7214B", "2744", "O331T", "E0601", "REV 0240", "27447-RT", "274\n47", "27\u00ad447"),
        *("E0601-E0610", "81200-99", "E0610-E0601", "77750- 77799"),
    ],
)
def test_meant_as_a_code(text: str) -> None:
    assert looks_like_code(text)


@pytest.mark.parametrize(
    "text",
    ["Proton", "Brachytherapy", "", "MRI", "Two words", "123", "Q1 2024", "2024-25", "9" * 50],
)
def test_not_meant_as_a_code(text: str) -> None:
    assert not looks_like_code(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("81200-81299", "81200-81299"),
        ("81200\u201381299", "81200-81299"),
        ("77750- 77799", "77750-77799"),
        ("e0601 to e0610", "E0601-E0610"),
        ("E0601\nthrough E0610", "E0601-E0610"),
        ("0331T-0340T", "0331T-0340T"),
        ("REV 0240\u2013REV 0249", "REV0240-REV0249"),
        ("REV 0240-0249", "REV0240-REV0249"),
    ],
)
def test_a_range_is_two_codes_of_one_shape(text: str, expected: str) -> None:
    parsed = parse_range(text)
    assert isinstance(parsed, CodeRange)
    assert str(parsed) == expected
    assert parse_range(str(parsed)) == parsed == parse_code_or_range(text)


@pytest.mark.parametrize(
    ("text", "why", "candidates"),
    [
        ("81200-99", "(its last code is cut short)", ("81200-81299",)),
        ("0331T-40T", "(its last code is cut short)", ("0331T-0340T",)),
        ("81299-81200", "(it ends before it begins)", ("81200-81299",)),
        ("E0601-E0601", "(both of its ends are one code)", ("E0601",)),
        ("E0601-K0610", "(its ends are codes of two kinds)", ()),
        ("81200-E0610", "(its ends are codes of two kinds)", ()),
        ("0240-0249", "(four digits are revenue codes only where", ("REV0240-REV0249",)),
        ("E0601", "", ()),
        ("E0601-", "", ()),
        ("E0601-E0610-E0620", "", ()),
        ("81299-00", "", ()),
        ("first to last", "", ()),
    ],
)
def test_what_is_no_range_says_why(text: str, why: str, candidates: tuple[str, ...]) -> None:
    parsed = parse_range(text)
    assert isinstance(parsed, InvalidCode)
    assert str(parsed).startswith(f"{text!r} is not a range of codes{why and f' {why}'}")
    assert "expected two codes of one kind" in str(parsed)
    assert parsed.candidates == candidates


def test_four_digits_are_a_range_of_revenue_codes_only_where_that_is_told() -> None:
    assert str(parse_range("0240\u20130249", revenue=True)) == "REV0240-REV0249"
    assert str(parse_code_or_range("0240", revenue=True)) == "REV0240"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E0601", "E0601"),
        ("E0601-E0610", "E0601-E0610"),
    ],
)
def test_a_code_or_a_range(text: str, expected: str) -> None:
    assert str(parse_code_or_range(text)) == expected


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("81200-99", ("81200", "81200-81299")),  # with the modifier 99, or to 81299
        ("27447-RT", ("27447",)),
        ("81299-81200", ("81200-81299",)),
        ("274-47", ("27447",)),
        ("E0601-K0610", ()),
    ],
)
def test_what_is_neither_names_what_it_may_stand_for(
    text: str, candidates: tuple[str, ...]
) -> None:
    parsed = parse_code_or_range(text)
    assert isinstance(parsed, InvalidCode)
    assert parsed.candidates == candidates


def test_a_range_holds_codes_of_its_shape_between_its_ends() -> None:
    held = parse_range("A0330-A0339")
    assert isinstance(held, CodeRange)
    for text, holds in (
        ("A0330", True),
        ("A0339", True),
        ("A0335", True),
        ("A0340", False),
        ("B0335", False),
        ("0335T", False),
        ("00335", False),
    ):
        code = parse_code(text)
        assert is_code(code)
        assert held.holds(code) is holds


def test_ranges_overlap_where_a_code_may_lie_in_both() -> None:
    first, second, apart, other = (
        parse_range(text) for text in ("E0600-E0610", "E0610-E0620", "E0611-E0620", "K0600-K0620")
    )
    assert isinstance(first, CodeRange)
    for text, overlap in ((second, True), (first, True), (apart, False), (other, False)):
        assert isinstance(text, CodeRange)
        assert first.overlaps(text) is text.overlaps(first) is overlap
