"""What to do, in words: for the order and for each line, from the one case plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.determine import determine, order_from_json, receipt
from precert.determine.words.answer import answer_in_words, reasons_in_words
from precert.determine.words.notes import notes_in_words
from precert.determine.words.phrases import and_list, either, lines_in_words
from precert.determine.words.plan import next_step, plan_in_words
from tests.support.cases import answered_cases
from tests.support.rulebooks import EDITION, ask, book, line, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.determine import OrderAnswer

LATER = date(2026, 3, 3)


def plan(answer: OrderAnswer) -> list[str]:
    return list(plan_in_words(answer))


def notes(answer: OrderAnswer, number: int = 1) -> list[str]:
    lines = answer.determinations
    return list(notes_in_words(lines[number - 1], lines))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "line 3"),
        ([1, 2], "lines 1 and 2"),
        ([1, 2, 3], "lines 1 to 3"),
        ([1, 3, 5], "lines 1, 3 and 5"),
        ([1, 2, 4, 5, 6, 9], "lines 1, 2, 4 to 6 and 9"),
        (list(range(1, 501)), "lines 1 to 500"),
    ],
)
def test_lines_are_named_by_runs(numbers: Sequence[int], said: str) -> None:
    assert lines_in_words(numbers) == said


def test_names_are_enumerated() -> None:
    assert [either("ABC"[:count]) for count in range(4)] == ["", "A", "A or B", "A, B or C"]
    assert [and_list("ABC"[:count]) for count in range(4)] == ["", "A", "A and B", "A, B and C"]


def test_the_plan_and_the_lines_say_the_same_thing_for_every_case() -> None:
    """A line that no case is built for is told so by both, and one in a case by both."""
    for case in answered_cases():
        found = determine(case.rulebook, order_from_json(case.order))
        words = receipt(found)["words"]
        assert words["case_plan"] == plan(found)
        assert words["case_plan"]
        in_cases = {number for one in found.case_plan.cases for number in one.lines}
        for said, determination in zip(words["determinations"], found.determinations, strict=True):
            step = said["next_step"]
            assert step == next_step(determination, found)
            assert "{" not in step + " ".join(words["case_plan"])
            built = step.startswith(("Build the case", "Request the", "Put line"))
            assert built is (determination.line in in_cases), step


def test_one_line_is_told_what_the_plan_says() -> None:
    rulebook = book(
        row("Wheels", "K0001"),
        row("Wheels", "K0002", "not-required"),
        row("Wheels", "K0003", "out-of-scope"),
        row("Wheels", "K0004", "investigational"),
        row("Wheels", "K0005", platform=None),
        row("Wheels", "K0006", "unlisted", "describe-procedure"),
    )
    for code in ("K0001", "K0002", "K0003", "K0004", "K0005", "K0006", "E0601"):
        found = ask(rulebook, code)
        assert next_step(found.determinations[0], found) == " ".join(plan(found))


def test_a_follower_goes_into_the_case_of_its_primary() -> None:
    found = ask(book(row("Wheels", "K0001"), row("Wheels", "K0002", "add-on")), "K0001", "K0002")
    assert plan(found) == [
        (
            "Build the case on Northwind (Wheels) with lines 1 and 2; line 2 goes into the case of "
            "line 1."
        )
    ]
    said = [next_step(one, found) for one in found.determinations]
    assert said == [
        "Build the case on Northwind (Wheels) with line 1.",
        "Put line 2 into the case of line 1: Northwind (Wheels).",
    ]


def test_a_follower_whose_primary_goes_to_a_person_is_told_so() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "purchase"), row("Wheels", "K0002", "add-on")
    )
    found = ask(rulebook, line("K0001", modifiers=("RR",)), "K0002")
    said = "Give line 2 to a person: its primary, line 1, goes to a person too."
    assert next_step(found.determinations[1], found) == said
    assert said in plan(found)


def test_a_code_that_is_not_listed_is_not_left_to_the_list() -> None:
    rulebook = book(row("Wheels", "K0001"))
    assert plan(ask(rulebook, "E0601")) == [
        (
            "Do not rely on this list for E0601: it is not on it. Ask Acme Health or Tern; Drops "
            "has a list of its own."
        )
    ]
    assert plan(ask(rulebook, "E0601", "E0470"))[0].startswith(
        "Do not rely on this list for lines 1 and 2: they are not on it."
    )
    before = ask(rulebook, line("K0001", date_of_service=date(2025, 12, 31)))
    assert plan(before) == [
        "Look for K0001 in an older edition of the list: this one begins on 2026-01-01."
    ]


def test_several_lines_are_them() -> None:
    rulebook = book(row("Wheels", "K0001", "investigational"), row("Wheels", "K0002", "add-on"))
    assert plan(ask(rulebook, "K0001", "K0001", "K0002", "K0002")) == [
        "Give lines 1 and 2 to a person: the list calls them experimental, so expect a denial.",
        "Find out what is asked about lines 3 and 4 and check again, or give them to a person.",
    ]


def test_a_printed_denial_is_said_as_printed() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "denied-if-requested(K0001)"))
    said = "Give K0001 to a person: the list says that a request for it will be denied."
    found = ask(rulebook, "K0001")
    assert plan(found) == [said]
    assert answer_in_words(found.determinations[0], EDITION).endswith("a request will be denied")
    classed = ask(book(row("Wheels", "K0001", "investigational")), "K0001").determinations[0]
    assert answer_in_words(classed, EDITION) == "experimental: expect a denial"


def test_the_payer_is_asked_where_the_list_says_how_to_reach_it() -> None:
    rulebook = book(
        row("Wheels", "K0001", "out-of-scope", "contact(payer, phone=555-0100, fax=555-0101)"),
        row("Wheels", "K0002", "out-of-scope"),
        row("Wheels", "K0003", "required", "contact(payer, phone=555-0100)"),
        row("Wheels", "K0004", platform="payer"),
    )
    assert plan(ask(rulebook, "K0001"))[0].endswith(
        "may require authorization itself; reach Acme Health by phone 555-0100 or fax 555-0101."
    )
    first, *others = plan(ask(rulebook, "K0001", "K0002", "K0003", "K0004"))
    assert first == (
        "Request the authorization from Acme Health (Wheels) for lines 3 and 4; for line 3 reach "
        "Acme Health by phone 555-0100."
    )
    assert [said[:30] for said in others] == [
        "Ask Acme Health about line 1: ",
        "Ask Acme Health about line 2: ",
    ]


def test_an_open_limit_is_asked_before_the_case_is_built() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "purchase"),
        row("Wheels", "K0002", "required", "at-home", platform="payer"),
        row("Wheels", "K0003", "required", "purchase"),
    )
    assert plan(ask(rulebook, "K0001")) == [
        (
            "Build the case on Northwind (Wheels) with K0001. Before you build it, answer the "
            "question about K0001: Is it a purchase or a rental?"
        )
    ]
    assert " Before you request it, answer the question" in plan(ask(rulebook, "K0002"))[0]
    assert "answer the question about lines 1 and 2: " in plan(ask(rulebook, "K0001", "K0003"))[0]
    assert "Before" not in plan(ask(rulebook, line("K0001", modifiers=("NU",))))[0]


def test_a_part_that_is_not_listed_leaves_a_count_open() -> None:
    rulebook = book(row("Wheels", "K0001", "required", "purchase-above(4)"))
    found = ask(rulebook, line("K0001", modifiers=("RR",)), "E0601")
    assert notes(found) == [
        "Line 2 is not on this list and may be a component: how many there are is not known."
    ]
    assert plan(found)[0].endswith(
        "Before you build it, find out whether line 2 counts as a component."
    )


@pytest.mark.parametrize(
    ("conditions", "facts", "said"),
    [
        ("purchase", {"modifiers": ("RR",)}, "the list allows purchase only; rental was told"),
        ("at-home", {"place_of_service": "11"}, "another place was told"),
    ],
)
def test_a_violated_limit_says_what_was_told(
    conditions: str, facts: dict[str, object], said: str
) -> None:
    rulebook = book(row("Wheels", "K0001", "required", conditions))
    (step,) = plan(ask(rulebook, line("K0001", **facts)))
    assert step.startswith("Give K0001 to a person: ")
    assert step.endswith(f"{said}.")


def test_a_primary_of_another_day_is_named() -> None:
    rulebook = book(
        row("Wheels", "K0001"),
        row("Air", "K0002", "add-on", "with-program(Wheels)"),
        row("Wheels", "K0003", "add-on"),
    )
    other_day = line("K0001", date_of_service=LATER)
    for code in ("K0002", "K0003"):
        assert notes(ask(rulebook, code, other_day)) == [
            "Line 2 has another date of service and cannot be the primary of this line."
        ]
        assert notes(ask(rulebook, code, "K0001")) == []


def test_an_add_on_by_its_description_is_requested_with_its_primary() -> None:
    rulebook = book(
        row("Wheels", "K0001", descriptor_add_on=True),
        row("Wheels", "K0002"),
        row("Air", "K0003"),
    )
    said = ["Its description calls it an add-on: request it with its primary."]
    assert notes(ask(rulebook, "K0001")) == notes(ask(rulebook, "K0001", "K0003")) == said
    assert notes(ask(rulebook, "K0001", "K0002")) == []


def test_a_told_program_without_a_rule_says_whose_rules_answered() -> None:
    rulebook = book(row("Wheels", "K0001"))
    listed = ask(rulebook, line("K0001", program="Air")).determinations[0]
    assert reasons_in_words(listed, EDITION)[0] == (
        "The told program Air has no rule for this code; the answer is from the other programs."
    )
    absent = ask(rulebook, line("E0601", program="Air")).determinations[0]
    assert "The told program Air has no rule for this code." in reasons_in_words(absent, EDITION)
