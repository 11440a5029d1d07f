"""The rulebook as a value: look-up, order, equality, and what makes none."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.errors import CallerError
from precert.model import (
    DefersTo,
    Edition,
    Program,
    SourceDocument,
    SourceRef,
    WithProgram,
)
from tests.rulebook.invented import (
    DOCUMENT,
    EDITION,
    PARTS,
    PROGRAMS,
    RULES,
    code,
    rule,
    with_rules,
)

if TYPE_CHECKING:
    from tests.strategies import Parts


def test_rules_are_sorted_by_program_code_and_place() -> None:
    rulebook = PARTS.build()
    assert [r.rule_id for r in rulebook.rules] == [
        "air/E0470",
        "air/E0601",
        "wheels/E0601",
        "wheels/K0001",
        "wheels/K0002",
    ]


def test_rules_for_a_code_follow_the_programs_of_the_list_then_the_place() -> None:
    later = rule("Wheels", "E0601", 90, rule_id="wheels/E0601/0")
    rulebook = with_rules(later, *RULES).build()
    found = rulebook.rules_for(code("E0601"))
    assert [r.rule_id for r in found] == ["wheels/E0601", "wheels/E0601/0", "air/E0601"]
    assert rulebook.by_code[code("E0601")] is found


def test_a_code_without_a_rule_has_none() -> None:
    assert PARTS.build().rules_for(code("A0001")) == ()


def test_pages_count_before_lines() -> None:
    rules = (
        rule("Air", "E0470", 9, rule_id="b", ref=SourceRef(DOCUMENT, 9, 1)),
        rule("Air", "E0470", 2, rule_id="a", ref=SourceRef(DOCUMENT, 2, 2)),
    )
    assert [r.rule_id for r in with_rules(*rules).build().rules] == ["b", "a"]


def test_programs_are_named_in_the_order_of_the_list() -> None:
    rulebook = PARTS.build()
    assert rulebook.programs == PROGRAMS
    assert rulebook.program_names == ("Wheels", "Air", "Drops")
    assert rulebook.link_only == ("Drops",)


def test_rulebooks_are_equal_when_their_digests_are() -> None:
    assert PARTS.build() == PARTS.build()
    assert len({PARTS.build(), PARTS.build(), with_rules().build()}) == 2
    assert PARTS.build() != "a text"


def test_it_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PARTS.build().digest = ""  # type: ignore[misc]


def test_its_repr_is_short() -> None:
    rulebook = PARTS.build()
    assert repr(rulebook) == f"<Rulebook '2026': 5 rules, {rulebook.digest[:12]}>"


def test_a_list_without_rules_is_a_rulebook() -> None:
    assert with_rules().build().rules == ()


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (with_rules(rule("Water", "K0001", 5)), "program: read 'Water', expected a program of"),
        (
            with_rules(rule("Air", "K0001", 5, ref=SourceRef("b.md", 5))),
            "document: read 'b.md', expected a document of",
        ),
        (with_rules(RULES[0], RULES[0]), "rule_id: read 'wheels/K0001' again, expected it once"),
        (with_rules(rule("Air", "K0001", 5, category="a\nb")), "category: read 'a\\nb'"),
        # Which of two checks refuses it depends on how Python's version writes a lone CR.
        (with_rules(rule("Air", "K0001", 5, heading="a\rb")), "rules.csv:2"),
        (with_rules(rule("Air", "K0001", 5, code="k0001")), "code: read 'k0001'"),
        (with_rules(rule("Air", "K0001", 0)), "line: read '0', expected a whole number from 1"),
        (with_rules(rule("Air", "K0001", 5, platform="")), "air/K0001 would read back differently"),
        (with_rules(rule("Air", "K0001", 5, conditions=(DefersTo(" Sea"),))), "conditions: read"),
        (with_rules(rule("Air", "K0001", 5, conditions=(WithProgram(()),))), "conditions: read"),
        (
            with_rules(rule("Air", "K0001", 5, conditions=(DefersTo("a\nb"),))),
            "conditions: read",
        ),
        (PARTS._replace(programs=(*PROGRAMS, PROGRAMS[0])), "programs.name: read 'Wheels' again"),
        (PARTS._replace(programs=()), "programs: the tables are missing"),
        (PARTS._replace(documents=()), "documents: the tables are missing"),
        (PARTS._replace(documents=PARTS.documents * 2), "documents.name: read 'invented.md' again"),
        (
            PARTS._replace(programs=(*PROGRAMS, Program("Sea", False, SourceRef("b.md", 1)))),  # noqa: FBT003
            "programs.document: read 'b.md', expected one of the documents",
        ),
        (
            PARTS._replace(documents=(SourceDocument(DOCUMENT, "abc", 1),)),
            "documents.sha256: read 'abc'",
        ),
    ],
)
def test_parts_that_do_not_hold_together_make_no_rulebook(parts: Parts, reason: str) -> None:
    with pytest.raises(CallerError, match="these rules make no rulebook") as caught:
        parts.build()
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "edition",
    [
        replace(EDITION, effective_to=date(2025, 12, 31)),
        replace(EDITION, effective_to=date.min),
    ],
)
def test_an_edition_that_ends_before_it_begins_makes_no_rulebook(edition: Edition) -> None:
    with pytest.raises(CallerError, match="expected no day before effective_from, 2026-01-01"):
        PARTS._replace(edition=edition).build()


def test_an_edition_of_one_day_makes_a_rulebook() -> None:
    one_day = replace(EDITION, effective_to=EDITION.effective_from)
    assert PARTS._replace(edition=one_day).build().edition == one_day


def test_the_import_stays_light() -> None:
    script = (
        "import sys; before = set(sys.modules); import precert.rulebook; "
        "print(*(set(sys.modules) - before))"
    )
    imported = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    assert "precert.rulebook" in imported
    heavy = {"pathlib", "importlib.resources", "tempfile", "precert.diagnostics"}
    assert heavy.isdisjoint(imported)


def test_only_known_names_are_imported_late() -> None:
    with pytest.raises(ImportError):
        from precert.rulebook import nothing  # noqa: F401, PLC0415
