"""The line that says what holds for a code that is not listed, from document to rulebook."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.codes import is_code, parse_code
from precert.compiler import ToldEdition, compile_documents
from precert.determine import Order, OrderLine, Outcome, determine
from precert.errors import UnreadableLayout
from tests.lists.features import LINE, NAMES, PLAIN, codes_of, kinds_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

    from precert.compiler import Compilation

STATED = """
[[furniture]]
kind = "exhaustive"
phrases = ["codes not listed", "require no authorization"]
fillers = ["here"]

[codes]
several = true

[titles]
program = ["Group {program}"]
link = ["{program} has its own list"]
"""
HEADER = "Code\tItem\tPA?\tRemarks"
LINE_OF_IT = "Codes not listed here require no authorization."
ROWS = f"{HEADER}\nE0992\tSeat\tYes\t"
TEXT = f"{HEADER}\nE0992\tSeat\tYes\t\n\n{LINE_OF_IT}\n"


def compiled(folder: Path, text: str) -> Compilation:
    layout, document = folder / "acme.toml", folder / "list.txt"
    ignoring = PLAIN.replace("[columns]", '[columns]\nignored = ["Old"]')
    layout.write_text(NAMES + LINE + ignoring + STATED, encoding="utf-8")
    document.write_text(text, encoding="utf-8")
    return compile_documents([document], ToldEdition(date(2026, 1, 1)), layout=layout)


def outcome(compilation: Compilation, text: str = "E0994") -> Outcome:
    code = parse_code(text)
    assert is_code(code)
    order = Order((OrderLine(code, date(2026, 3, 2)),))
    return determine(compilation.rulebook, order).determinations[0].outcome


def test_the_line_is_found_and_says_nothing_of_the_rules(tmp_path: Path) -> None:
    reading = read(TEXT, layout_of(tmp_path, PLAIN + STATED))
    assert reading.exhaustive is not None
    assert (reading.exhaustive.line, kinds_of(reading)[-1]) == (4, "exhaustive")
    assert (rules_of(reading), codes_of(reading)) == (["seating/E0992 required"], [])


@pytest.mark.parametrize(
    "line",
    [
        "Codes not listed here require no authorization, except implants.",
        "Codes not listed here do not require no authorization",
        "Codes not listed here may require no authorization",
        "Codes listed here require no authorization.",
        "Codes not listed require authorization",
    ],
)
def test_a_line_that_says_anything_else_is_none(line: str, tmp_path: Path) -> None:
    reading = read(TEXT.replace(LINE_OF_IT, line), layout_of(tmp_path, PLAIN + STATED))
    assert (reading.exhaustive, codes_of(reading)) == (None, ["PC103"])
    compilation = compiled(tmp_path, TEXT.replace(LINE_OF_IT, line))
    assert outcome(compilation) is Outcome.NOT_LISTED


def test_it_is_carried_to_the_rulebook_and_answered(tmp_path: Path) -> None:
    compilation = compiled(tmp_path, TEXT)
    assert str(compilation.rulebook.exhaustive) == "list.txt:4"
    assert outcome(compilation) is Outcome.NO_AUTH
    assert outcome(compilation, "E0992") is Outcome.AUTH_NEEDED
    assert "PC123" not in {each.code for each in compilation.diagnostics}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("E099\tArm\tYes\t\n", "1 of the lines of list.txt were not read"),
        ("E0995, E099\tArms\tYes\t\n", "1 of the lines of list.txt were not read"),
        ("\nWho knows\n", "1 of the lines of list.txt were not read"),
        ("\nDrops has its own list\n", "the list only links to Drops"),
    ],
)
def test_where_a_code_may_stand_elsewhere_it_is_not_relied_on(
    more: str, why: str, tmp_path: Path
) -> None:
    compilation = compiled(tmp_path, TEXT.replace("\n\n", f"\n{more}\n", 1))
    assert outcome(compilation) is Outcome.NOT_LISTED
    (found,) = (each for each in compilation.diagnostics if each.code == "PC123")
    assert why in found.sentence


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"codes not listed"', '"codes not {name}"', "whatever is printed"),
        ('"codes not listed"', '"codes not listed {date}"', "expected {date} in an effective line"),
        ('["here"]', '["except"]', "a single word that adds nothing"),
    ],
)
def test_a_bad_statement_says_where_and_what(
    old: str, new: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableLayout, match=re.escape(reason)):
        layout_of(tmp_path, PLAIN + STATED.replace(old, new))


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\nE0992\tSeat\tYes\tAlso for E0995 and E0996\n\n{LINE_OF_IT}",
        f"{HEADER}\nE0992\tSeat\tYes\t\n\tE0995 Arm rest\tYes\t\n\n{LINE_OF_IT}",
        f"{HEADER}\nE0992\tSeat\tYes\t\tE0995\tYes\n\n{LINE_OF_IT}",
        f"Code\tPA?\tHCPCS\tNeeds?\nE0992\tYes\tE0995\tYes\n\n{LINE_OF_IT}",
        f"{LINE_OF_IT}\n\nGroup Beds: E0995\n{HEADER}\nE0992\tSeat\tYes\t",
        f"{LINE_OF_IT}\n\nGroup Beds\nOld\t{HEADER}\nE0995\tE0992\tSeat\tYes\t",
        f"Group Beds\n{ROWS}\n\n{LINE_OF_IT}\n\nGroup Chairs\n{ROWS}",
    ],
    ids=["note", "description", "surplus", "columns", "title", "ignored", "within"],
)
def test_where_a_code_stands_that_no_rule_has_it_is_not_relied_on(
    text: str, tmp_path: Path
) -> None:
    compilation = compiled(tmp_path, text.replace("\\n", "\n"))
    assert outcome(compilation, "E0995") is Outcome.NOT_LISTED
    assert "PC123" in {each.code for each in compilation.diagnostics}
