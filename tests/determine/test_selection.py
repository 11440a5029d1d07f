"""From several rules to one answer: deferral, told program, companion selection, agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from precert.determine import Outcome
from precert.errors import UnknownProgram
from precert.rulebook import Rulebook
from tests.support.rulebooks import (
    Row,
    answer,
    ask,
    book,
    facts_asked,
    line,
    lines_cited,
    reasons_given,
    row,
)


def test_a_rule_gives_way_to_the_program_it_names() -> None:
    rulebook = book(
        row("Wheels", "K0001", "out-of-scope", "defers-to(Air)"),
        row("Air", "K0001", "not-required"),
    )
    found = answer(rulebook, "K0001")
    assert (found.outcome, lines_cited(found)) == (Outcome.NO_AUTH, [2])
    assert reasons_given(found) == {"deferred"}


def test_deferral_goes_on_to_the_end_of_a_chain() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "defers-to(Air)"),
        row("Air", "K0001", "required", "defers-to(Knees)"),
        row("Knees", "K0001", "investigational"),
    )
    assert lines_cited(answer(rulebook, "K0001")) == [3]


def test_deferral_in_a_circle_answers_nothing_and_asks_both() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "defers-to(Air)"),
        row("Air", "K0001", "not-required", "defers-to(Wheels)"),
    )
    found = answer(rulebook, "K0001")
    assert (found.outcome, lines_cited(found)) == (Outcome.CONDITIONAL, [1, 2])
    assert facts_asked(found) == {"deferred-program"}
    assert {asked.choices for asked in found.ask} == {("Air",), ("Wheels",)}


def test_a_rule_that_defers_to_its_own_program_is_kept() -> None:
    deferring = row("Wheels", "K0001", "required", "defers-to(Wheels)")
    alone = answer(book(deferring), "K0001")
    assert (alone.outcome, lines_cited(alone)) == (Outcome.CONDITIONAL, [1])
    beside = answer(book(deferring, row("Air", "K0001")), "K0001")
    assert (beside.outcome, lines_cited(beside)) == (Outcome.CONDITIONAL, [1, 2])


@pytest.mark.parametrize("other", ["Air", "Knees"])
def test_a_rule_that_defers_to_two_programs_gives_way_to_either(other: str) -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "defers-to(Air); defers-to(Knees)"),
        row(other, "K0001", "investigational"),
    )
    assert lines_cited(answer(rulebook, "K0001")) == [2]


def test_a_rule_defers_only_to_a_rule_in_force() -> None:
    rulebook = book(
        row("Wheels", "K0001", "required", "defers-to(Air)"),
        row(
            "Air",
            "K0001",
            "not-required",
            effective_from=line("K0001").date_of_service.replace(month=6),
        ),
    )
    found = answer(rulebook, "K0001")
    assert (found.outcome, lines_cited(found)) == (Outcome.CONDITIONAL, [1])


def test_a_deferring_rule_does_not_come_back_by_its_told_program() -> None:
    rulebook = book(
        row("Wheels", "K0001", "out-of-scope", "defers-to(Air)"),
        row("Air", "K0001", "required"),
    )
    found = answer(rulebook, line("K0001", program="Wheels"))
    assert lines_cited(found) == [2]
    assert reasons_given(found) == {"deferred"}


def test_a_rule_that_was_not_read_wholly_does_not_give_way() -> None:
    rulebook = book(
        row("Wheels", "K0001", "out-of-scope", "defers-to(Air); unread(note, 0123456789ab)"),
        row("Air", "K0001", "not-required"),
    )
    assert answer(rulebook, "K0001").outcome is Outcome.CONDITIONAL


def test_a_companion_does_not_drop_a_rule_that_was_not_read_wholly() -> None:
    unread = "with-program(Wheels); unread(note, 0123456789ab)"
    rulebook = book(
        row("Wheels", "K0001"),
        row("Air", "K0001", "add-on", unread),
        row("Wheels", "K0002"),
    )
    found = answer(rulebook, "K0001", "K0002")
    assert (found.outcome, lines_cited(found)) == (Outcome.CONDITIONAL, [1, 2])


def test_the_told_program_keeps_its_rules() -> None:
    rulebook = book(row("Wheels", "K0001"), row("Air", "K0001", "not-required"))
    wheels = answer(rulebook, line("K0001", program="Wheels"))
    assert (wheels.outcome, lines_cited(wheels)) == (Outcome.AUTH_NEEDED, [1])
    air = answer(rulebook, line("K0001", program="Air"))
    assert (air.outcome, lines_cited(air)) == (Outcome.NO_AUTH, [2])
    assert reasons_given(air) == {"selected-by-program"}


def test_a_told_program_without_the_code_selects_nothing_and_says_so() -> None:
    rulebook = book(row("Wheels", "K0001"), row("Air", "K0001"))
    for program, also in (("Knees", set[str]()), ("Drops", {"link-only-programs"})):
        found = answer(rulebook, line("K0001", program=program))
        assert (found.outcome, lines_cited(found)) == (Outcome.AUTH_NEEDED, [1, 2])
        assert reasons_given(found) == {"not-in-told-program", *also}


def test_a_told_program_is_named_also_for_a_code_that_no_program_lists() -> None:
    found = answer(book(row("Wheels", "K0001")), line("E0601", program="Air"))
    assert found.outcome is Outcome.NOT_LISTED
    assert reasons_given(found) == {"not-in-told-program", "link-only-programs"}


def test_an_unknown_program_of_any_line_refuses_the_order() -> None:
    with pytest.raises(UnknownProgram, match=r"Legs.*Wheels, Air, Knees, Drops"):
        answer(book(row("Wheels", "K0001")), "K0001", line("K0001", program="Legs"))


def test_two_rules_of_one_program_that_disagree_ask_for_the_printed_lines() -> None:
    rulebook = book(row("Wheels", "K0001"), row("Wheels", "K0001", "not-required"))
    found = answer(rulebook, "K0001")
    assert (found.outcome, lines_cited(found)) == (Outcome.CONDITIONAL, [1, 2])
    assert facts_asked(found) == {"printed-line"}
    assert [a.outcome for a in found.alternatives] == [Outcome.AUTH_NEEDED, Outcome.NO_AUTH]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("Wheels", "K0001"), row("Air", "K0001", "not-required")),
        (row("Wheels", "K0001"), row("Air", "K0001", platform="Southwind")),
        (row("Wheels", "K0001"), row("Air", "K0001", platform="payer")),
        (row("Wheels", "K0001", "out-of-scope"), row("Air", "K0001", "not-required")),
        (row("Wheels", "K0001"), row("Air", "K0001", "required", "contact(payer)")),
        (row("Wheels", "K0001"), row("Air", "K0001", platform=None)),
    ],
)
def test_rules_disagree_over_outcome_route_and_platform(one: Row, other: Row) -> None:
    rulebook = book(one, other)
    found = answer(rulebook, "K0001")
    assert found.outcome is Outcome.CONDITIONAL
    assert (found.route, found.platform, found.primary, found.contact) == (None,) * 4
    assert [a.rule.ref.line for a in found.alternatives] == [1, 2]
    assert [asked.choices for asked in found.ask] == [("Wheels", "Air")]


@pytest.mark.parametrize(
    "other",
    [
        row("Air", "K0001"),
        row("Air", "K0001", "unlisted", "describe-procedure"),
        row("Air", "K0001", "required", "purchase"),
        row("Air", "K0001", "required", category="Other things"),
    ],
)
def test_rules_agree_whatever_their_limits_and_category(other: Row) -> None:
    found = answer(book(row("Wheels", "K0001"), other), "K0001")
    assert (found.outcome, lines_cited(found)) == (Outcome.AUTH_NEEDED, [1, 2])
    assert found.alternatives == ()


def test_two_rules_of_a_program_are_selected_together() -> None:
    rulebook = book(
        row("Wheels", "K0001"), row("Wheels", "K0001"), row("Air", "K0001", "not-required")
    )
    assert lines_cited(answer(rulebook, line("K0001", program="Wheels"))) == [1, 2]


SEVERAL = (
    row("Wheels", "K0001", "add-on", "with-program(Wheels, Air)"),
    row("Air", "K0001", platform="Southwind"),
    row("Wheels", "K0002"),
    row("Air", "E0601", platform="Southwind"),
    row("Knees", "E0110"),
)


def test_a_firm_companion_selects_the_rules_of_its_program() -> None:
    rulebook = book(*SEVERAL)
    wheels = answer(rulebook, "K0001", "K0002")
    assert (wheels.outcome, lines_cited(wheels)) == (Outcome.FOLLOWS_PRIMARY, [1])
    air = answer(rulebook, "K0001", "E0601")
    assert (air.outcome, lines_cited(air)) == (Outcome.AUTH_NEEDED, [2])
    assert reasons_given(air) == {"selected-by-companion"}


def test_a_companion_of_a_program_that_is_not_named_selects_nothing() -> None:
    assert lines_cited(answer(book(*SEVERAL), "K0001", "E0110")) == [1, 2]


def test_without_a_guard_that_names_programs_nothing_is_selected() -> None:
    rulebook = book(
        row("Wheels", "K0001"), row("Air", "K0001", "not-required"), row("Wheels", "K0002")
    )
    assert lines_cited(answer(rulebook, "K0001", "K0002")) == [1, 2]


def test_the_told_program_comes_before_the_companion() -> None:
    found = answer(book(*SEVERAL), line("K0001", program="Air"), "K0002")
    assert lines_cited(found) == [2]


def test_companion_selection_waits_for_the_whole_order_and_asks_for_it() -> None:
    found = answer(book(*SEVERAL), "K0001", "K0002", complete=False)
    assert (found.outcome, lines_cited(found)) == (Outcome.CONDITIONAL, [1, 2])
    assert facts_asked(found) == {"program", "other-codes"}


def test_the_first_program_of_the_list_is_the_program_of_the_case() -> None:
    rulebook = book(row("Air", "K0001"), row("Wheels", "K0001"))
    (case,) = ask(rulebook, "K0001").case_plan.cases
    assert case.program == "Wheels"


def test_a_code_that_is_not_listed_may_stand_on_a_line_that_was_not_read() -> None:
    whole = book(row("Wheels", "K0001"))
    documents = [replace(document, unread=3) for document in whole.documents]
    torn = Rulebook.build(whole.edition, whole.programs, whole.plans, documents, whole.rules)
    found = answer(torn, "E0601")
    assert found.outcome is Outcome.NOT_LISTED
    assert "unread-lines" in reasons_given(found)
    assert "unread-lines" not in reasons_given(answer(whole, "E0601"))
    assert "unread-lines" in reasons_given(answer(torn, "K0001"))
    assert "unread-lines" not in reasons_given(answer(whole, "K0001"))
