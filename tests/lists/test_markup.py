"""Markup goes, text stays; what is compared is compared by its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.lists.markup import digest, is_set_off, plain, plain_line, shown, slug, spoken, words


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<b>Add-On</b>  Code", "Add-On Code"),
        ("one<br/>two", "one two"),
        ('<span class="x">one</span>', "one"),
        ("&gt;4 &amp; more&nbsp;", ">4 & more"),
        ("&#62;4", ">4"),
        ("**bold**", "bold"),
        ("** bold **", "bold"),
        ("(**bold**) and plain", "(bold) and plain"),
        ("****", ""),
        ("<SUP>1</SUP> <p>one</p>", "1 one"),
        ("click [here](#) now", "click here now"),
        ("click [here](https://example.org/a) now", "click here now"),
        ("[a](www.example.org) [b](/list) [c](../list) [d](list.pdf)", "a b c d"),
        ("soft\u00adhyphen and\u200b zero", "softhyphen and zero"),
        ("  a \u00a0 b\t", "a b"),
        ("NUL \x00", "NUL \ufffd"),
    ],
)
def test_markup_goes(printed: str, text: str) -> None:
    assert plain(printed) == text


@pytest.mark.parametrize(
    "printed",
    [
        "",
        ">4",
        "a < b > c",
        "< 60 mm",
        "<3",
        "R&D",
        "A&not B",
        "5 * 3",
        "*star",
        "#N/A",
        "a [b] c",
        "**bold",
        "No**",
        "No **",
        "No** yes**",
        "No (**), yes (**)",
        "No****",
        "<s>No</s>",
        "<del>No</del>",
        "<strike>No",
        "No <if over 21>",
        "No <!-- rental -->",
        '<span style="display:none">No',
        "[No](except rental)",
        "[No](rental)",
        '[No](#x "rental")',
        "Ⓜ",
    ],
)
def test_what_is_no_markup_stays(printed: str) -> None:
    assert plain(printed) == printed


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text.replace("&", "").replace("<", "").replace("*", "").replace("[", ""))
    assert plain(once) == once


def test_the_marks_of_a_heading_go_in_a_line_only() -> None:
    assert plain_line("### Chairs ") == "Chairs"
    assert plain_line("#N/A") == "#N/A"
    assert plain("## Chairs") == "## Chairs"


@pytest.mark.parametrize("line", ["# Chairs", "**Chairs**", " <b>Chairs</b>", "<h2>Chairs</h2>"])
def test_a_line_is_set_off(line: str) -> None:
    assert is_set_off(line)


@pytest.mark.parametrize("line", ["", "Chairs", "* Chairs", "Chairs **and** beds"])
def test_a_line_is_not_set_off(line: str) -> None:
    assert not is_set_off(line)


def test_texts_are_compared_by_what_they_say() -> None:
    assert spoken("<b>Out Of  Scope.</b>") == spoken("out-of-scope") == "out of scope"
    assert spoken("No*") != spoken("No")
    assert spoken(">4") == "> 4"
    assert words("CPT® Code?") == words("<b>cpt</b> CODE") == "cpt code"


def test_a_slug_has_letters_digits_and_single_hyphens() -> None:
    assert slug("Durable Medical Equipment and O&P") == "durable-medical-equipment-and-o-p"
    assert slug(" (Radiology) & Cardiology_2 ") == "radiology-cardiology-2"
    assert slug("®") == ""


def test_a_digest_is_of_the_text_as_printed() -> None:
    assert digest("a") == "ca978112ca1b"
    assert digest("a ") != digest("a")
    assert len(digest("\ud800")) == 12


def test_a_text_is_shown_short_and_in_quotes() -> None:
    assert shown("a\u2028b") == r"'a\u2028b'"
    assert len(shown("x" * 500)) == 82
