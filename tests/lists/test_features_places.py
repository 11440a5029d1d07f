"""Lists without titles, programs in a column, sheets, and columns that say nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from precert.errors import UnreadableLayout
from tests.lists.features import (
    COLUMNS,
    DECISIONS,
    PLAIN,
    codes_of,
    kinds_of,
    layout_of,
    read,
    rules_of,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Code\tItem\tPA?\tRemarks"
IN_COLUMN = COLUMNS.replace("[columns]", '[columns]\nprogram = ["Group"]') + DECISIONS
GROUPED = "Group\tCode\tPA?"
SHEETS = '[sheets]\nprogram = "sheet"\nread = ["Seats", "Beds*"]\nignored = ["Old*", "About"]\n'


def test_a_list_without_titles_is_of_one_program(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, PLAIN)
    reading = read(f"{HEADER}\nE0992\tSeat\tYes\t\n\n{HEADER}\nE0994\tArm\tNo\t", layout)
    assert rules_of(reading) == ["seating/E0992 required", "seating/E0994 not-required"]
    (program,) = reading.programs
    assert (program.name, program.ref.line, program.link_only) == ("Seating", 2, False)
    assert codes_of(reading) == []


def test_the_program_holds_until_a_title(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, f'{PLAIN}\n[titles]\nprogram = ["Group {{program}}"]\n')
    reading = read(f"{HEADER}\nE0992\tSeat\tYes\t\nGroup Beds\n{HEADER}\nE0250\tBed\tNo\t", layout)
    assert rules_of(reading) == ["seating/E0992 required", "beds/E0250 not-required"]


@pytest.mark.parametrize("line", ["All codes need a call", "## Notes", "**Notes**"])
def test_a_line_that_nothing_explains_is_no_title_where_there_are_none(
    line: str, tmp_path: Path
) -> None:
    reading = read(f"{line}\n{HEADER}\nE0992\tSeat\tNo\t", layout_of(tmp_path, PLAIN))
    assert rules_of(reading) == ["seating/E0992 not-required; unread(remark)"]
    assert codes_of(reading) == ["PC103"]


def test_a_notice_that_closes_programs_closes_the_only_one(tmp_path: Path) -> None:
    closing = '[[furniture]]\nkind = "copyright"\nphrases = ["end of list"]\nends_program = true\n'
    layout = layout_of(tmp_path, PLAIN + closing)
    reading = read(f"{HEADER}\nE0992\tSeat\tYes\t\nEnd of list\nE0994\tArm\tNo\t", layout)
    assert rules_of(reading) == ["seating/E0992 required"]
    assert codes_of(reading) == ["PC105"]


def test_a_column_names_the_program_of_each_row(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, IN_COLUMN)
    text = f"{GROUPED}\nSeats\tE0992\tYes\nBeds\tE0250\tNo\nSeats\tE0994\tNo"
    reading = read(text, layout)
    assert rules_of(reading) == [
        "seats/E0992 required",
        "beds/E0250 not-required",
        "seats/E0994 not-required",
    ]
    assert [(each.name, each.ref.line) for each in reading.programs] == [("Seats", 2), ("Beds", 3)]
    assert codes_of(reading) == []


def test_a_row_without_a_program_is_of_none(tmp_path: Path) -> None:
    reading = read(f"{GROUPED}\n\tE0992\tYes\nBeds\tE0250\tNo", layout_of(tmp_path, IN_COLUMN))
    assert rules_of(reading) == ["beds/E0250 not-required"]
    assert codes_of(reading) == ["PC105"]
    assert kinds_of(reading) == ["header", "diagnostic", "rule"]


def test_the_rows_without_a_program_are_of_the_declared_one(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, f'program = "Other"\n{IN_COLUMN}')
    reading = read(f"{GROUPED}\n\tE0992\tYes\nBeds\tE0250\tNo", layout)
    assert rules_of(reading) == ["other/E0992 required", "beds/E0250 not-required"]


def test_a_program_that_sounds_like_a_rule_is_not_read_wholly(tmp_path: Path) -> None:
    text = f"{GROUPED}\nSeats (Medicare members only)\tE0992\tNo"
    reading = read(text, layout_of(tmp_path, IN_COLUMN))
    (rule,) = rules_of(reading)
    assert rule.endswith("not-required; unread(program)")
    assert codes_of(reading) == ["PC302"]


def test_rows_above_the_first_header_belong_to_no_columns(tmp_path: Path) -> None:
    reading = read("Seats\tE0992\tYes", layout_of(tmp_path, IN_COLUMN))
    assert codes_of(reading) == ["PC204", "PC106"][::-1]


def test_a_sheet_is_a_program_and_begins_anew(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, SHEETS + COLUMNS + DECISIONS)
    text = f"""
[sheet Seats]
What is this
{HEADER}
E0992\tSeat\tNo\t
[sheet Beds 2026]
E0250\tBed\tNo\t
{HEADER}
E0251\tBed\tNo\t
[sheet Old beds]
{HEADER}
E0255\tBed\tNo\t

[sheet About]
Words
"""
    reading = read(text, layout)
    assert rules_of(reading) == [
        "seats/E0992 not-required; unread(remark)",
        "beds-2026/E0251 not-required",
    ]
    assert codes_of(reading) == ["PC204", "PC103"]
    assert kinds_of(reading) == [
        *("diagnostic", "header", "rule"),
        *("diagnostic", "header", "rule"),
        *("ignored", "ignored", "ignored", "ignored"),
    ]
    assert [each.name for each in reading.programs] == ["Seats", "Beds 2026"]


def test_rows_of_two_sheets_in_one_table_are_told_apart(tmp_path: Path) -> None:
    text = f"[sheet Seats]\n{HEADER}\nE0992\tSeat\tYes\t\n[sheet Beds]\nE0250\tBed\tYes\t"
    reading = read(text, layout_of(tmp_path, SHEETS + COLUMNS + DECISIONS))
    assert rules_of(reading) == ["seats/E0992 required"]


@pytest.mark.parametrize(
    ("sheet", "unread"), [("Draft", ""), ("Medicare", "; unread(remark)"), ("old", None)]
)
def test_a_sheet_that_the_layout_does_not_name(
    sheet: str, unread: str | None, tmp_path: Path
) -> None:
    layout = layout_of(tmp_path, SHEETS + COLUMNS + DECISIONS)
    reading = read(f"[sheet {sheet}]\n{HEADER}\nE0992\tSeat\tYes\t", layout)
    if unread is None:
        assert kinds_of(reading) == ["ignored", "ignored"]
        return
    assert rules_of(reading) == [f"{sheet.lower()}/E0992 required{unread}"]
    assert codes_of(reading) == ["PC120"]


def test_where_no_sheet_is_named_all_are_read(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, PLAIN)
    reading = read(f"[sheet Any]\n{HEADER}\nE0992\tSeat\tYes\t", layout)
    assert (rules_of(reading), codes_of(reading)) == (["seating/E0992 required"], [])


IGNORING = PLAIN.replace("[columns]", '[columns]\nignored = ["Price", "Internal No."]')


def test_a_column_that_says_nothing_leaves_the_rule_read(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, IGNORING)
    text = "Price\tCode\tPA?\tInternal No\n4.00\tE0992\tNo\tnot if 7\n\tE0994\tYes\t"
    reading = read(text, layout)
    assert rules_of(reading) == ["seating/E0992 not-required", "seating/E0994 required"]
    assert codes_of(reading) == []


@pytest.mark.parametrize(
    ("text", "rules", "codes"),
    [
        ("Price\tCode\tPA?\n\tSeats\t\n4\tSeats\t\n", [], ["PC303"]),
        ('Price\tCode\tPA?\n"4\tE0992\tNo', ["seating/E0992 not-required; unread(ignored)"], None),
        ("Cost\tCode\tPA?\n4\tE0992\tNo", ["seating/E0992 not-required; unread(cost)"], ["PC201"]),
        ("Price\tCode\n4\tE0992", ["seating/E0992 unread; unread(decision)"], ["PC203", "PC301"]),
    ],
)
def test_what_an_ignored_column_does_not_excuse(
    text: str, rules: list[str], codes: list[str] | None, tmp_path: Path
) -> None:
    reading = read(text, layout_of(tmp_path, IGNORING))
    assert rules_of(reading) == rules
    found = [code for code in codes_of(reading) if code != "PC106"]
    assert found == (["PC302"] if codes is None else codes)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (COLUMNS + DECISIONS, "titles.program", "expected an array of texts"),
        (PLAIN.replace("Seating", "-"), "program", "which has a word in it"),
        ('[sheets]\nprogram = "tab"\n' + PLAIN, "sheets.program", "expected 'sheet'"),
        ('[sheets]\nread = ["*"]\n' + PLAIN, "sheets.read", "which has a word in it"),
        ('[sheets]\nread = ["A"]\nignored = ["a"]\n' + PLAIN, "sheets.ignored", "to read too"),
        (IGNORING.replace("Price", "Code"), "columns.ignored", "another column has too"),
    ],
)
def test_a_bad_layout_says_where_and_what(
    text: str, place: str, reason: str, tmp_path: Path
) -> None:
    if text.startswith("[sheets]") and 'program = "Seating"' in text:
        text = 'program = "Seating"\n' + text.replace('program = "Seating"\n', "")
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, text)
    assert f": {place}: " in str(refused.value)
