"""Each kind of PC4xx: a rulebook that has it, and one beside it that has not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.codes import parse_range
from precert.diagnostics import Diagnostic, Severity, catalogue
from precert.model import (
    PAYER,
    CodeRange,
    Contact,
    ContactParty,
    DefersTo,
    ForPlan,
    NoAuthStated,
    Purchase,
    Requirement,
    Rule,
    SourceDocument,
    SourceRef,
    Unread,
    WithCode,
    WithProgram,
)
from precert.notation import parse_conditions
from precert.rulebook import check_rules
from tests.rulebook.invented import DOCUMENT, EDITION, PARTS, PROGRAMS, code, rule, with_rules

if TYPE_CHECKING:
    from tests.strategies import Parts

OUT = Requirement.OUT_OF_SCOPE


def found(*rules: Rule) -> list[tuple[str, int]]:
    """The diagnostics of an invented list with these rules: code and line."""
    return brief(with_rules(*rules))


def brief(parts: Parts) -> list[tuple[str, int]]:
    return [(each.code, each.ref.line) for each in check_rules(parts.build())]


def only(*rules: Rule) -> Diagnostic:
    (diagnostic,) = check_rules(with_rules(*rules).build())
    return diagnostic


def test_a_sound_rulebook_has_none() -> None:
    assert found(rule("Wheels", "K0001", 5), rule("Air", "E0601", 33)) == []


@pytest.mark.parametrize("number", [*range(401, 410), 415, 416, 417])
def test_each_kind_has_its_manual(number: int) -> None:
    kind = catalogue()[f"PC{number}"]
    texts = (kind.name, kind.sentence, kind.what, kind.why, kind.example, kind.remedy)
    assert all(texts)
    assert "{procedure}" in kind.sentence


# --- PC401 ----------------------------------------------------------------------------------------


def test_401_the_same_code_twice_in_one_program() -> None:
    again = rule("Wheels", "K0001", 9, rule_id="wheels/K0001/2", requirement=OUT, platform=None)
    diagnostic = only(rule("Wheels", "K0001", 5), again)
    assert str(diagnostic) == (
        "invented.md:9: PC401 error: K0001 stands twice in one program: "
        "Wheels, line 5: required on Northwind; Wheels, line 9: out-of-scope"
    )
    assert diagnostic.related == (SourceRef(DOCUMENT, 5),)


def test_401_a_third_row_is_compared_with_the_first() -> None:
    rules = [rule("Wheels", "K0001", line, rule_id=f"wheels/{line}") for line in (5, 6, 7)]
    assert found(*rules) == [("PC401", 6), ("PC401", 7)]


def test_401_not_for_two_codes() -> None:
    assert found(rule("Wheels", "K0001", 5), rule("Wheels", "K0002", 6)) == []


# --- PC402 ----------------------------------------------------------------------------------------


def test_402_two_programs_contradict_each_other() -> None:
    payer = rule("Air", "E0601", 33, platform=PAYER)
    diagnostic = only(rule("Wheels", "E0601", 7), payer)
    assert diagnostic.code == "PC402"
    assert diagnostic.severity is Severity.ERROR
    assert diagnostic.ref.line == 33
    assert diagnostic.related == (SourceRef(DOCUMENT, 7),)
    assert diagnostic.sentence.endswith(
        "Wheels, line 7: required on Northwind; Air, line 33: required through the payer"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"requirement": OUT},
        {"platform": "Southwind"},
        {"platform": None},
        {"conditions": (NoAuthStated(),)},
        {"conditions": (Contact(ContactParty.PAYER, phone="555-0100"),)},
    ],
)
def test_402_an_answer_is_requirement_platform_and_statements(other: dict[str, object]) -> None:
    assert found(rule("Wheels", "E0601", 7), rule("Air", "E0601", 33, **other)) == [("PC402", 33)]


@pytest.mark.parametrize(
    "other",
    [
        {"category": "Other"},
        {"conditions": (Purchase(),)},
        {"conditions": (Unread("note", "0" * 12),)},
        {"descriptor_add_on": True},
    ],
)
def test_402_not_for_what_is_no_answer(other: dict[str, object]) -> None:
    assert found(rule("Wheels", "E0601", 7), rule("Air", "E0601", 33, **other)) == [("PC407", 33)]


def test_402_names_every_row_and_stands_at_the_first_that_differs() -> None:
    third = replace(PROGRAMS[2], link_only=False)
    rules = (
        rule("Wheels", "E0601", 7),
        rule("Air", "E0601", 33),
        rule("Drops", "E0601", 61, requirement=OUT),
    )
    (diagnostic,) = check_rules(with_rules(*rules, programs=(*PROGRAMS[:2], third)).build())
    assert (diagnostic.code, diagnostic.ref.line) == ("PC402", 61)
    assert [ref.line for ref in diagnostic.related] == [7, 33]
    assert all(f"line {line}: " in diagnostic.sentence for line in (7, 33, 61))


def test_402_names_another_document() -> None:
    second = SourceDocument("second.md", "b" * 64, 9)
    rules = (
        rule("Wheels", "E0601", 7),
        rule("Air", "E0601", 3, requirement=OUT, ref=SourceRef("second.md", 3)),
    )
    parts = with_rules(*rules, documents=(*PARTS.documents, second))
    (diagnostic,) = check_rules(parts.build())
    assert "Wheels, invented.md line 7: " in diagnostic.sentence
    assert "Air, line 3: " in diagnostic.sentence


def test_402_a_decision_that_nobody_read_contradicts_nothing() -> None:
    unread = rule(
        "Air",
        "E0601",
        33,
        requirement=Requirement.UNREAD,
        conditions=(Unread("decision", "0" * 12),),
    )
    assert found(rule("Wheels", "E0601", 7), unread) == []


# --- PC403 and PC404 ------------------------------------------------------------------------------


def test_403_one_of_the_programs_defers_to_the_other() -> None:
    deferring = rule("Wheels", "E0601", 7, requirement=OUT, conditions=(DefersTo("Air"),))
    diagnostic = only(deferring, rule("Air", "E0601", 33))
    assert (diagnostic.code, diagnostic.ref.line) == ("PC403", 33)
    assert diagnostic.severity is Severity.WARNING
    assert diagnostic.related == (SourceRef(DOCUMENT, 7),)


def test_403_not_where_both_give_way() -> None:
    each = (
        rule("Wheels", "E0601", 7, requirement=OUT, conditions=(DefersTo("Air"),)),
        rule("Air", "E0601", 33, conditions=(DefersTo("Wheels"),)),
    )
    assert found(*each) == [("PC402", 33)]


def test_403_not_where_it_settles_nothing() -> None:
    third = replace(PROGRAMS[2], link_only=False)
    rules = (
        rule("Wheels", "E0601", 7, requirement=OUT, conditions=(DefersTo("Air"),)),
        rule("Air", "E0601", 33),
        rule("Drops", "E0601", 61, platform=None),
    )
    parts = with_rules(*rules, programs=(*PROGRAMS[:2], third))
    assert brief(parts) == [("PC402", 33)]


def test_404_a_rule_defers_to_a_program_without_a_rule_for_the_code() -> None:
    deferring = rule("Wheels", "E0601", 7, requirement=OUT, conditions=(DefersTo("Air"),))
    diagnostic = only(deferring, rule("Air", "E0470", 34))
    assert (diagnostic.code, diagnostic.ref.line) == ("PC404", 7)
    assert diagnostic.severity is Severity.WARNING
    assert diagnostic.sentence == "E0601 is left to the program Air, which has no rule for it"


def test_404_a_rule_that_defers_to_itself_is_left_to_nobody() -> None:
    assert found(rule("Air", "E0601", 33, conditions=(DefersTo("Air"),))) == [("PC404", 33)]


# --- PC405, PC406, PC408 --------------------------------------------------------------------------


@pytest.mark.parametrize("condition", [WithProgram(("Air", "Sea")), DefersTo("Sea")])
def test_405_a_condition_names_an_unknown_program(condition: WithProgram | DefersTo) -> None:
    diagnostic = only(rule("Wheels", "K0001", 5, conditions=(condition,)))
    assert str(diagnostic) == (
        "invented.md:5: PC405 error: K0001 has a condition that names the program Sea, "
        "expected one of: Wheels, Air, Drops"
    )


def test_405_not_for_a_known_program_be_it_only_a_link() -> None:
    companion = WithProgram(("Air", "Drops"))
    assert found(rule("Wheels", "K0001", 5, conditions=(companion,))) == []


def test_406_a_companion_has_no_rule() -> None:
    companions = WithCode((code("K0002"), code("K0003")))
    rules = (rule("Wheels", "K0001", 5, conditions=(companions,)), rule("Air", "K0002", 34))
    diagnostic = only(*rules)
    assert (diagnostic.code, diagnostic.severity) == ("PC406", Severity.WARNING)
    assert diagnostic.sentence == "K0001 is a companion of K0003, which has no rule"


def test_406_not_for_a_companion_of_any_program() -> None:
    companion = WithCode((code("K0002"),))
    rules = (rule("Wheels", "K0001", 5, conditions=(companion,)), rule("Air", "K0002", 34))
    assert found(*rules) == []


def test_408_a_rule_holds_for_an_unknown_plan() -> None:
    diagnostic = only(rule("Wheels", "K0001", 5, conditions=(ForPlan("Gold Plan"),)))
    assert (diagnostic.code, diagnostic.severity) == ("PC408", Severity.ERROR)
    assert diagnostic.sentence.endswith("the plan Gold Plan only, expected one of: Silver Plan")


def test_408_not_for_a_plan_of_the_list() -> None:
    assert found(rule("Wheels", "K0001", 5, conditions=(ForPlan("Silver Plan"),))) == []


# --- PC407 ----------------------------------------------------------------------------------------


def test_407_two_programs_agree() -> None:
    diagnostic = only(rule("Wheels", "E0601", 7), rule("Air", "E0601", 33))
    assert (diagnostic.code, diagnostic.severity) == ("PC407", Severity.INFO)
    assert diagnostic.ref.line == 33
    assert diagnostic.related == (SourceRef(DOCUMENT, 7),)


# --- PC409 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "count"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), 1),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2027, 1, 1), None, 1),
        (date(2026, 12, 31), None, 0),
        (None, date(2025, 1, 1), 0),
        (None, None, 0),
    ],
)
def test_409_a_rule_is_never_in_force(begins: date | None, ends: date | None, count: int) -> None:
    edition = replace(EDITION, effective_to=date(2026, 12, 31))
    dated = rule("Wheels", "K0001", 5, effective_from=begins, effective_to=ends)
    assert brief(with_rules(dated, edition=edition)) == [("PC409", 5)] * count


def test_409_an_edition_without_an_end_ends_nothing() -> None:
    assert found(rule("Wheels", "K0001", 5, effective_from=date(2099, 1, 1))) == []


# --- PC415, PC416, PC417 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "excluded"),
    [
        ("age(from=21); age(to=20)", True),
        ("age(from=21); age(to=21)", False),
        ("age(from=21, to=10)", True),
        ("age(from=131)", True),
        ("unless-age(from=0)", True),
        ("age(from=3); unless-age(from=3)", True),
        ("age(from=3); unless-age(from=4)", False),
        ("in-state(FL, GA); in-state(GA)", False),
        ("in-state(FL); in-state(GA)", True),
        ("in-state(FL); unless-in-state(FL, GA)", True),
        ("unless-in-state(FL); unless-in-state(GA)", False),
        ("at-place(11); at-place(12)", True),
        ("at-place(11); in-state(FL); age(from=21)", False),
        ("with-modifier(RT); with-modifier(LT)", False),
        ("with-diagnosis(C50); unless-with-diagnosis(C50)", True),
        ("with-diagnosis(C50); with-diagnosis(C51)", False),
        ("units-above(3); unless-units-above(3)", True),
    ],
)
def test_415_a_rule_never_applies(conditions: str, *, excluded: bool) -> None:
    scoped = rule("Wheels", "K0001", 5, conditions=parse_conditions(conditions))
    assert found(scoped) == [("PC415", 5)] * excluded


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ("otherwise(required)", 1),
        ("for-plan(Silver Plan); otherwise(required)", 1),
        ("age(from=21); otherwise(required)", 0),
        ("unless-age(from=21); otherwise(required)", 0),
        ("age(from=21); otherwise(required); otherwise(add-on)", 1),
    ],
)
def test_416_otherwise_says_nothing_without_a_condition(conditions: str, count: int) -> None:
    stated = rule("Wheels", "K0001", 5, conditions=parse_conditions(conditions))
    assert found(stated) == [("PC416", 5)] * count


@pytest.mark.parametrize(
    ("requirement", "conditions", "count"),
    [
        ("required", "add-on-to(K0002)", 1),
        ("add-on", "add-on-to(K0002)", 0),
        ("required", "age(from=21); add-on-to(K0002); otherwise(add-on)", 0),
    ],
)
def test_417_primaries_of_what_is_no_add_on(requirement: str, conditions: str, count: int) -> None:
    noted = parse_conditions(conditions)
    named = rule("Wheels", "K0001", 5, requirement=Requirement(requirement), conditions=noted)
    assert found(named) == [("PC417", 5)] * count


def test_401_not_for_rows_that_exclude_each_other() -> None:
    rows = [
        rule(
            "Wheels",
            "K0001",
            at,
            rule_id=f"wheels/{at}",
            conditions=parse_conditions(conditions),
        )
        for at, conditions in ((5, "age(from=21)"), (6, "age(to=20)"), (7, "age(to=3)"))
    ]
    assert found(*rows[:2]) == []
    assert found(*rows) == [("PC401", 7)]


# --- all ------------------------------------------------------------------------------------------


def test_diagnostics_come_in_the_order_of_their_places() -> None:
    rules = (
        rule("Wheels", "K0001", 50, conditions=(DefersTo("Air"),)),
        rule("Wheels", "E0601", 7),
        rule("Air", "E0601", 33, conditions=(DefersTo("Sea"), ForPlan("Gold"))),
    )
    assert found(*rules) == [("PC405", 33), ("PC407", 33), ("PC408", 33), ("PC404", 50)]
    assert found(*reversed(rules)) == found(*rules)


# --- ranges ---------------------------------------------------------------------------------------


def ranged(program: str, text: str, line: int, **facts: object) -> Rule:
    parsed = parse_range(text)
    assert isinstance(parsed, CodeRange)
    named = rule(program, parsed.first, line, rule_id=f"{program.lower()}/{text}", **facts)
    return replace(named, code=parsed)


def test_410_a_code_by_itself_and_in_a_range() -> None:
    diagnostic = only(
        ranged("Wheels", "K0001-K0009", 5), rule("Wheels", "K0002", 9), rule("Air", "E0601", 33)
    )
    assert str(diagnostic) == (
        "invented.md:9: PC410 warning: K0002 stands by itself and in the range K0001-K0009: "
        "Wheels, line 9: required on Northwind; Wheels, line 5: required on Northwind"
    )
    assert [ref.line for ref in diagnostic.related] == [5]


def test_410_is_said_of_another_program_too() -> None:
    assert found(ranged("Wheels", "K0001-K0009", 5), rule("Air", "K0002", 33)) == [("PC410", 33)]


@pytest.mark.parametrize("text", ["K0010", "E0005", "K0000"])
def test_410_not_a_code_outside(text: str) -> None:
    assert found(ranged("Wheels", "K0001-K0009", 5), rule("Wheels", text, 9)) == []


def test_411_ranges_that_overlap() -> None:
    diagnostic = only(
        ranged("Wheels", "K0001-K0009", 5),
        ranged("Wheels", "K0009-K0020", 9, requirement=OUT, platform=None),
        ranged("Air", "K0021-K0030", 33),
        ranged("Air", "E0001-E0030", 34),
    )
    assert str(diagnostic) == (
        "invented.md:9: PC411 warning: the ranges K0001-K0009 and K0009-K0020 overlap: "
        "Wheels, line 5: required on Northwind; Wheels, line 9: out-of-scope"
    )
    assert [ref.line for ref in diagnostic.related] == [5]


def test_411_each_two_of_several() -> None:
    several = [ranged("Wheels", f"K000{at}-K00{at + 3}9", at) for at in range(1, 4)]
    assert found(*several) == [("PC411", 2), ("PC411", 3), ("PC411", 3)]


def test_one_range_twice_is_as_one_code_twice() -> None:
    twice = ranged("Wheels", "K0001-K0009", 9)
    first = ranged("Wheels", "K0001-K0009", 5, requirement=OUT)
    assert found(first, replace(twice, rule_id="again")) == [("PC401", 9)]
    assert found(first, replace(twice, rule_id="again", program="Air")) == [("PC402", 9)]


def test_404_406_a_range_may_hold_what_is_named() -> None:
    defers, with_code = DefersTo("Air"), WithCode((code("E0601"),))
    beside = ranged("Air", "E0600-E0699", 33)
    assert found(rule("Wheels", "K0001", 5, conditions=(with_code,)), beside) == []
    deferring = ranged("Wheels", "E0650-E0660", 5, conditions=(defers,))
    assert ("PC404", 5) not in found(deferring, beside)
    assert ("PC404", 5) not in found(deferring, rule("Air", "E0655", 33))
    assert found(deferring, rule("Air", "E0661", 33)) == [("PC404", 5)]
