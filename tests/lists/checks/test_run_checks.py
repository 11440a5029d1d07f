"""All checks together: found by walking the package, in order, and never raising."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.diagnostics import catalogue
from precert.lists import ListReading, checks
from precert.lists.checks import check_names, run_checks
from tests.lists.checks.invented import COLUMNS, LAYOUT, brief, heading, read, row

MODULES = Path(checks.__file__).parent
WORD = re.compile("[A-Za-z]+")
CELLS = st.one_of(
    st.sampled_from(
        [
            *("", "E1002", "E1003", "0331T", "Yes", "No", "Out of Scope", "Out Of Scope"),
            *("Add-on Code", "Unlisted", "MedSolutions", "#N/A", "<b>Yes</b>", "FL DSNP Only"),
            *("Purchase only", "see E1003-E1009 or I0450", "(list separately", "seating / beds"),
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=20),
    st.text("ab(),;- <&>1", min_size=250, max_size=256),
)


def test_every_check_has_its_own_test() -> None:
    tests = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert len(check_names()) > 10
    assert {f"test_{name}" for name in check_names()} <= tests


def test_every_kind_stands_in_one_module_and_in_the_catalogue() -> None:
    raised = [
        code
        for name in check_names()
        for code in sorted(
            set(re.findall(r'"(PC\d{3})"', (MODULES / f"{name}.py").read_text("utf-8")))
        )
    ]
    assert sorted(set(raised)) == sorted(raised)
    assert set(raised) <= set(catalogue())


def test_a_tidy_list_has_nothing() -> None:
    assert run_checks(read(row("E1002", "Chair"), row("E1003", "Bed")), LAYOUT) == ()


def test_an_empty_list_has_nothing() -> None:
    assert run_checks(read(), LAYOUT) == ()


def test_diagnostics_come_in_the_order_of_their_places() -> None:
    reading = read(
        row("E1003", "Chair", "Yes", ""),
        heading("Lifts", "Yes"),
        row("E0625", "Lift, see E1003", "<b>Out of Scope</b>", category=""),
    )
    assert brief(run_checks(reading, LAYOUT)) == [
        ("PC326", 3),
        ("PC206", 4),
        ("PC305", 5),
        ("PC309", 5),
        ("PC310", 5),
        ("PC320", 5),
    ]


@given(st.lists(st.lists(CELLS, max_size=len(COLUMNS) + 1).map("\t".join), max_size=8))
def test_no_content_makes_a_check_raise(lines: list[str]) -> None:
    reading = read(*lines)
    found = run_checks(reading, LAYOUT)
    assert {one.ref.line for one in found} <= set(range(1, len(lines) + 3))


@pytest.mark.real_list
def test_no_sentence_quotes_a_description(published: ListReading) -> None:
    described = {entry.rule.ref.line: entry.printed["description"] for entry in published.entries}
    for one in run_checks(published, LAYOUT):
        said = " ".join(WORD.findall(one.sentence))
        words = WORD.findall(described.get(one.ref.line, ""))
        for start in range(len(words) - 5):
            assert " ".join(words[start : start + 6]) not in said
