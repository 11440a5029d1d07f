"""Ranges of codes: predicates that answer a code, and say that nobody checked that it exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from precert.determine import Outcome, receipt
from precert.determine.words.answer import reasons_in_words
from precert.model import CodeRange
from precert.model.code import shape_of
from tests.support.rulebooks import (
    DAY,
    EDITION,
    answer,
    ask,
    book,
    code,
    facts_asked,
    line,
    lines_cited,
    reasons_given,
    row,
)

BOOK = book(
    row("Wheels", "K0001-K0009"),
    row("Wheels", "K0005", "not-required"),
    row("Air", "E0600-E0699", "not-required"),
    row("Air", "E0650-E0676", "not-required"),
    row("Air", "A7000-A7009", "required", effective_from=date(2026, 6, 1)),
    row("Knees", "L1800-L1899", "add-on"),
    row("Knees", "L1833"),
    row("Knees", "REV0240-REV0249", "out-of-scope"),
    row("Air", "E0470"),
)


@pytest.mark.parametrize(
    ("text", "outcome", "cited"),
    [
        ("K0001", Outcome.AUTH_NEEDED, [1]),
        ("K0009", Outcome.AUTH_NEEDED, [1]),
        ("K0004", Outcome.AUTH_NEEDED, [1]),
        ("K0010", Outcome.NOT_LISTED, []),
        ("E0600", Outcome.NO_AUTH, [3]),
        ("E0660", Outcome.NO_AUTH, [3, 4]),
        ("E0470", Outcome.AUTH_NEEDED, [9]),
        ("REV0244", Outcome.NOT_MANAGED, [8]),
        ("REV0250", Outcome.NOT_LISTED, []),
        ("L0600", Outcome.NOT_LISTED, []),
        ("0660T", Outcome.NOT_LISTED, []),
    ],
)
def test_a_code_has_the_rules_of_the_ranges_that_hold_it(
    text: str, outcome: Outcome, cited: list[int]
) -> None:
    found = answer(BOOK, text)
    assert found.outcome is outcome
    assert lines_cited(found) == cited
    assert ("by-range" in reasons_given(found)) is any(number != 9 for number in cited)


def test_an_answer_by_a_range_says_that_the_code_was_not_checked() -> None:
    said = reasons_in_words(answer(BOOK, "E0660"), EDITION)
    assert [sentence for sentence in said if "range" in sentence] == [
        "The list prints the range E0600-E0699; whether the code exists was not checked.",
        "The list prints the range E0650-E0676; whether the code exists was not checked.",
    ]
    reasons = receipt(ask(BOOK, "E0660"))["determinations"][0]["reasons"]
    assert {"reason": "by-range", "subjects": ["E0650-E0676"]} in reasons


def test_a_code_by_itself_is_no_exception_of_its_range() -> None:
    found = answer(BOOK, "K0005")
    assert found.outcome is Outcome.CONDITIONAL
    assert lines_cited(found) == [1, 2]
    assert {"by-range", "rules-disagree"} <= reasons_given(found)
    assert "printed-line" in facts_asked(found)


def test_a_range_counts_only_where_it_is_asked() -> None:
    two = book(row("Wheels", "K0001-K0009"), row("Air", "K0002", "out-of-scope"))
    assert "by-range" in reasons_given(answer(two, "K0002"))
    told = answer(two, line("K0002", program="Air"))
    assert told.outcome is Outcome.NOT_MANAGED
    assert "by-range" not in reasons_given(told)


def test_a_range_that_is_not_in_force_is_named() -> None:
    assert reasons_given(answer(BOOK, "A7003")) >= {"rule-not-in-force"}
    assert answer(BOOK, line("A7003", date_of_service=date(2026, 6, 1))).outcome is (
        Outcome.AUTH_NEEDED
    )


def test_past_its_review_a_range_that_needs_nothing_is_open() -> None:
    found = answer(BOOK, line("E0601", date_of_service=date(2027, 6, 1)))
    assert found.outcome is Outcome.CONDITIONAL
    assert {"by-range", "past-review"} <= reasons_given(found)


def test_an_add_on_of_a_range_follows_a_firm_line_of_its_program() -> None:
    found = ask(
        book(row("Knees", "L1800-L1820", "add-on"), row("Knees", "L1830-L1840")),
        *("L1810", "L1833"),
        complete=True,
    )
    first = found.determinations[0]
    assert (first.outcome, first.primary) == (Outcome.FOLLOWS_PRIMARY, 2)


def test_a_statement_about_one_code_of_a_range_holds_for_that_code_alone() -> None:
    denied = book(row("Wheels", "K0001-K0009", "required", "denied-if-requested(K0003)"))
    assert answer(denied, "K0003").outcome is Outcome.INVESTIGATIONAL
    assert answer(denied, "K0004").outcome is Outcome.AUTH_NEEDED


def test_a_range_defers_to_a_program_that_has_the_code_in_a_range() -> None:
    deferring = book(
        row("Wheels", "K0001-K0009", "required", "defers-to(Air)"),
        row("Air", "K0005-K0020", "not-required"),
    )
    assert answer(deferring, "K0006").outcome is Outcome.NO_AUTH
    assert answer(deferring, "K0002").outcome is Outcome.CONDITIONAL


def test_the_rules_stand_in_the_order_of_the_programs_then_by_place() -> None:
    ordered = book(
        row("Air", "K0001-K0009"),
        row("Wheels", "K0004-K0006"),
        row("Wheels", "K0005"),
        row("Wheels", "K0001-K0009"),
        row("Air", "K0005"),
    )
    assert [rule.ref.line for rule in ordered.rules_for(code("K0005"))] == [2, 3, 4, 1, 5]
    assert [rule.ref.line for rule in ordered.rules_for(code("K0004"))] == [2, 4, 1]
    assert ordered.rules_for(code("K0004")) is ordered.rules_for(code("K0004"))  # remembered
    assert ordered.rules_for(code("K0010")) == ()


def test_what_is_found_is_what_a_search_of_all_rules_finds() -> None:
    asked = [code(f"{letter}{number:04}") for letter in "KEL" for number in range(0, 2000, 7)]
    for each in asked:
        found = {
            rule.rule_id
            for rule in BOOK.rules
            if (rule.code.holds(each) if isinstance(rule.code, CodeRange) else rule.code == each)
        }
        assert {rule.rule_id for rule in BOOK.rules_for(each)} == found


def test_a_rulebook_without_ranges_looks_its_codes_up_in_a_plain_dict() -> None:
    plain = book(row("Wheels", "K0001"))
    assert plain.ranges == ()
    assert plain.listing is plain.by_code
    assert type(plain.by_code) is dict


def test_the_shape_of_a_code_keeps_its_letters() -> None:
    assert [shape_of(code(text)) for text in ("E0601", "0331T", "27447", "REV0240")] == [
        *("E0000", "0000T", "00000", "REV0000"),
    ]


def test_a_day_before_the_edition_knows_no_range() -> None:
    before = replace(line("K0001"), date_of_service=date(2025, 1, 1))
    assert before.date_of_service < DAY
    assert reasons_given(answer(BOOK, before)) == {"no-edition"}
