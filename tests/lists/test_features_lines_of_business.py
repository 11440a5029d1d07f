"""A list with a decision column for each line of business is read for the one that is told."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.compiler import ToldEdition, compile_documents, lint_documents
from precert.errors import UnreadableLayout
from tests.lists.features import DECISIONS, NAMES, PLAIN, codes_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

LINES = f"""
program = "Seating"
columns = {{ code = ["Code"], description = ["Item"] }}

[lines_of_business]
Medicaid = ["Medicaid PA"]
"Market place" = ["Marketplace PA", "Both PA"]
{DECISIONS}
"""
TEXT = "Code\tItem\tMedicaid PA\tMarketplace PA\nE0992\tSeat\tYes\tNo\nE0994\tArm\tNo\t?"


@pytest.mark.parametrize(
    ("told", "name", "rules"),
    [
        ("Medicaid", "Medicaid", ["required", "not-required"]),
        ("market-place", "Market place", ["not-required", "unread; unread(decision)"]),
    ],
)
def test_the_told_line_is_read(told: str, name: str, rules: list[str], tmp_path: Path) -> None:
    layout = layout_of(tmp_path, LINES, told)
    assert layout.line_of_business == name
    reading = read(TEXT, layout)
    assert rules_of(reading) == [
        f"seating/{code} {rule}" for code, rule in zip(("E0992", "E0994"), rules, strict=True)
    ]
    assert codes_of(reading) == ["PC301"] * (name != "Medicaid")


def test_a_table_without_the_column_of_the_line_has_no_answer(tmp_path: Path) -> None:
    reading = read("Code\tBoth PA\nE0992\tNo", layout_of(tmp_path, LINES, "Medicaid"))
    assert rules_of(reading) == ["seating/E0992 unread; unread(decision)"]
    assert codes_of(reading) == ["PC203", "PC301"]


def test_another_line_in_a_description_sounds_like_a_rule(tmp_path: Path) -> None:
    text = TEXT.replace("Seat", "Seat (Medicaid)")
    for told, rule in (("Medicaid", ""), ("Market place", "; unread(description)")):
        assert rules_of(read(text, layout_of(tmp_path, LINES, told)))[0].endswith(f"required{rule}")


@pytest.mark.parametrize(
    ("text", "told", "place", "reason"),
    [
        (LINES, None, "lines_of_business", "Medicaid, Market place; tell which"),
        (LINES, "Medicare", "lines_of_business", "read 'Medicare', expected one of Medicaid, Mark"),
        (LINES.replace('"Both PA"', '"Item"'), "Medicaid", "columns.description", "another column"),
        (LINES.replace('["Medicaid PA"]', "[]"), "Medicaid", "lines_of_business.Medicaid", "words"),
        (PLAIN, "Medicaid", "line_of_business", "read 'Medicaid', expected Commercial"),
        (f'line_of_business = "A"\n{LINES}', "Medicaid", "line_of_business", "expected either"),
    ],
)
def test_a_line_that_is_not_told_or_not_there(
    text: str, told: str | None, place: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, text, told)
    assert f": {place}: " in str(refused.value)


def test_the_compiler_passes_it_on(tmp_path: Path) -> None:
    layout, document = tmp_path / "acme.toml", tmp_path / "list.txt"
    layout.write_text(NAMES + LINES, encoding="utf-8")
    document.write_text(TEXT, encoding="utf-8")
    begins = ToldEdition(date(2031, 1, 1))
    compiled = compile_documents([document], begins, layout=layout, line_of_business="Market place")
    assert compiled.rulebook.edition.line_of_business == "Market place"
    found = lint_documents([document], layout=layout, line_of_business="Market place")
    assert "PC301" in [each.code for each in found.diagnostics]
    with pytest.raises(UnreadableLayout, match="--line-of-business"):
        lint_documents([document], layout=layout)


def test_without_a_layout_only_those_that_have_the_line_are_tried(tmp_path: Path) -> None:
    document = tmp_path / "list.txt"
    document.write_text(TEXT, encoding="utf-8")
    with pytest.raises(UnreadableLayout, match="Medicaid"):
        lint_documents([document], line_of_business="Medicaid")
    assert lint_documents([document], line_of_business="commercial").diagnostics
