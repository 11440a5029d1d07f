"""What speaks of lines by number is said by code: an EHR numbers no orders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from precert.davinci.answer.asked import LineOf
from precert.davinci.answer.by_code import in_codes, names_of
from precert.determine.words.phrases import lines_in_words
from precert.rulebook import Rulebook
from tests.davinci.asking import ask, details, focus, gathered, reasons, repetitions
from tests.support.rulebooks import book, row

CODES = ("K0001", "E0601", "E0470", "K0001", "J7330")


def names() -> tuple[str, ...]:
    focuses = [focus(name, code) for name, code in zip("abcde", CODES, strict=True)]
    return names_of(tuple(LineOf(each, each.billings[0], None) for each in focuses))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((2,), "E0601"),
        ((2, 3), "E0601 and E0470"),
        ((2, 3, 5), "E0601, E0470 and J7330"),
        ((1,), "K0001 (DeviceRequest/a)"),
        ((1, 2, 3, 5), "K0001 (DeviceRequest/a), E0601, E0470 and J7330"),
        ((3, 4, 5), "E0470, K0001 (DeviceRequest/d) and J7330"),
    ],
)
def test_lines_are_called_by_their_codes(numbers: tuple[int, ...], said: str) -> None:
    named = lines_in_words(numbers)
    text = f"{named.capitalize()}: put {named} into one case, and 4 others."
    assert in_codes(text, names()) == f"{said}: put {said} into one case, and 4 others."


@pytest.mark.parametrize("text", ["Of the line and that.", "a guideline 1", "online 2", "outlines"])
def test_other_words_stay(text: str) -> None:
    assert in_codes(text, names()) == text


def test_the_line_itself_is_an_order() -> None:
    text = "Line 2 has another date of service and cannot be the primary of this line."
    said = "E0601 has another date of service and cannot be the primary of this order."
    assert in_codes(text, names()) == said


def test_reasons_questions_and_alternatives_name_no_line() -> None:
    rulebook = book(
        row("Wheels", "K0001", "unlisted"),
        row("Air", "E0601", conditions="with-program(Wheels)"),
        row("Air", "E0470", conditions="with-program(Wheels)"),
        row("Knees", "E0470", "not-required"),
    )
    asked = gathered(rulebook, focus("a", "K0001"), focus("b", "E0601"), focus("c", "E0470"))
    for extension in repetitions(ask(asked)):
        told = details(extension)
        said = " ".join([reasons(extension), *told["Instructions"], *told.get("Alternative", [])])
        assert not any(f"line {number}" in said.lower() for number in (1, 2, 3)), said


@pytest.mark.parametrize("name", ["Line 40 Care", "Nurse Line 1", "lines 2 and 7"])
def test_a_name_that_reads_like_a_line_stays(name: str) -> None:
    """A program, a payer or a file is called as its owner likes."""
    rules = (row("Wheels", "E0470"), row("Air", "E0470", "not-required"))
    rulebook = named_otherwise(book(*rules), name)
    asked = gathered(rulebook, focus("a", "E0470"), focus("b", "E0601"))
    first, second = repetitions(ask(asked))
    assert details(first)["Alternative"] == [
        f"needs prior authorization, {name} ({name}, {name}:1)",
        f"no prior authorization (Air, {name}:2)",
    ]
    assert f"{name} or Air" in reasons(first)
    assert f"Ask {name} or {name}" in details(second)["Instructions"][0]


def test_a_number_that_no_line_has_stays() -> None:
    assert in_codes("Nurse line 24, line 2.", names()) == "Nurse line 24, E0601."
    assert in_codes("On lines 1 and 24.", names()) == "On lines 1 and 24."


def named_otherwise(rulebook: Rulebook, name: str) -> Rulebook:
    """The same rulebook, whose payer, vendor, first program, platform and document have a name."""
    programs = [
        replace(
            each,
            name=name if each.name == "Wheels" else each.name,
            ref=each.ref._replace(document=name),
        )
        for each in rulebook.programs
    ]
    rules = [
        replace(
            rule,
            program=name if rule.program == "Wheels" else rule.program,
            platform=name,
            ref=rule.ref._replace(document=name),
        )
        for rule in rulebook.rules
    ]
    edition = replace(rulebook.edition, payer=name, vendor=name)
    documents = [replace(each, name=name) for each in rulebook.documents]
    return Rulebook.build(edition, programs, rulebook.plans, documents, rules)
