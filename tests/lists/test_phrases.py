"""Phrases and placeholders: what they stand for, and what they do not."""

from __future__ import annotations

import pytest

from precert.lists.phrases import compile_phrase, noted, placeholders

KNOWN = placeholders(
    {"MSK": ("Joint; Surgery", "Spine"), "MSK two": ("Spine",)},
    {"Cigna": "payer", "the maker": "manufacturer"},
    ("FL DSNP",),
)


def value(template: str, text: str) -> str | None:
    """Return the noted value of the placeholder in the text; None where it is not there."""
    match = compile_phrase(template, KNOWN).pattern.search(text)
    found = match and noted(match, KNOWN)
    return None if found is None else "".join(found.values())


@pytest.mark.parametrize(
    ("template", "text", "expected"),
    [
        ("on {date}", "on 7/1/2031", "2031-07-01"),
        ("on {date}", "On: 07/01/31.", "2031-07-01"),
        ("on {date}", "on 7.1.2031.", "2031-07-01"),
        ("on {date}", "on 2/29/2028,", "2028-02-29"),
        ("see {code}", "see e0992", "E0992"),
        ("see {codes}", "see E0992, and 0331T or 27447/27446.", "E0992, 0331T, 27447, 27446"),
        (">{count} parts", "> 12 parts", "12"),
        ("at {phone}", "at 888-555-0100 option 5", "888-555-0100 option 5"),
        ("at {phone}", "at (888) 555-0100 ext. 12", "888 555-0100 ext. 12"),
        ("fax {fax}", "(fax) 1-888-555-0100", "1-888-555-0100"),
        ("to {party}", "to CIGNA.", "payer"),
        ("to {party}", "to the-maker", "manufacturer"),
        ("{group} program", "the MSK program", "Joint%3B Surgery, Spine"),
        ("{group} program", "the msk two program", "Spine"),
        ("{plan} only", "FL-DSNP only", "FL DSNP"),
    ],
)
def test_a_value_is_read(template: str, text: str, expected: str) -> None:
    assert value(template, text) == expected


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("on {date}", "on 13/1/2031"),
        ("on {date}", "on 2/29/2031"),
        ("on {date}", "on 0/0/2031"),
        ("on {date}", "on 1/1.2031"),
        ("on {date}", "on 1/1/203"),
        ("on {date}", "on 1/1/20311"),
        ("on {date}", "on 1/1/31/1"),
        ("on {date}", "on 1-1-2031"),
        ("on {date}", "upon 1/1/2031"),
        ("see {code}", "see E099"),
        ("see {code}", "see E09922"),
        ("see {code}", "see I0992"),
        ("see {code}", "see \u212a0820"),
        ("see {codes}", "see all"),
        (">{count} parts", "<12 parts"),
        (">{count} parts", "12 parts"),
        (">{count} parts", ">12,000 parts"),
        (">{count} parts", ">99999 parts"),
        (">{count} parts", ">\u0664 parts"),
        ("at {phone}", "at 888-555-010"),
        ("at {phone}", "at 8888-555-0100"),
        ("to {party}", "to Acme"),
        ("{group} program", "the Cardiac program"),
        ("{plan} only", "TX DSNP only"),
    ],
)
def test_a_value_is_not_guessed(template: str, text: str) -> None:
    assert value(template, text) is None


@pytest.mark.parametrize(
    ("template", "text"),
    [("purchase only", "PURCHASE-ONLY!"), ("add on code", "an Add-On Code"), ("a b", "a, (b)")],
)
def test_a_phrase_stands_in_a_text(template: str, text: str) -> None:
    assert compile_phrase(template, KNOWN).pattern.search(text)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("purchase only", "repurchase only"),
        ("purchase only", "purchase onlyx"),
        ("purchase only", "purchase not only"),
        ("purchase only", "purchaseonly"),
        ("purchase only", "purchase > only"),
        ("purchase only", "only purchase"),
    ],
)
def test_a_phrase_does_not_stand_in_a_text(template: str, text: str) -> None:
    assert not compile_phrase(template, KNOWN).pattern.search(text)


def test_a_whole_phrase_has_nothing_beside_it() -> None:
    pattern = compile_phrase("no", KNOWN, whole=True).pattern
    assert all(map(pattern.match, ["No", "no.", " (NO) "]))
    assert not any(map(pattern.match, ["no no", "not", "no?", "yes, no", "no\nx", ""]))


def test_a_phrase_that_may_be_cut_off_goes_on_in_the_text() -> None:
    assert compile_phrase("list sep", KNOWN, cut_off=True).pattern.search("(List separately")
    assert not compile_phrase("list sep", KNOWN).pattern.search("(List separately")
    assert not compile_phrase("list sep", KNOWN, cut_off=True).pattern.search("checklist sep")


@pytest.mark.parametrize(
    "template",
    ["", "  ", "...", "one two three four five six", "on {day}", "on {}", "{date} to {date}"],
)
def test_a_phrase_that_cannot_be_meant_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        compile_phrase(template, KNOWN)


def test_without_names_a_placeholder_stands_for_nothing() -> None:
    known = placeholders({}, {}, ())
    assert not compile_phrase("{plan} only", known).pattern.search("any only")
