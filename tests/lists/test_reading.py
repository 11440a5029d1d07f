"""Whole documents: the input and what is read from it lie side by side in `good/` and `bad/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.lists import LineKind
from precert.model import Requirement
from tests.lists.support import (
    EVICORE,
    HEADER,
    TITLE,
    codes_of,
    listed,
    only_entry,
    read,
    row,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
INPUTS = sorted(HERE.glob("good/*.md")) + sorted(HERE.glob("bad/*.md"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_document_is_read_as_expected(path: Path, golden: Callable[[Path, str], None]) -> None:
    golden(path.with_suffix(".expected.txt"), told(read(path.read_bytes())))


def test_a_heading_stays_over_a_repeated_header_and_ends_with_a_title() -> None:
    heading = "\t\t\tArms\t\t\t"
    reading = read("\n".join([listed(heading, row()), HEADER, row("E0994"), listed(row("E0995"))]))
    assert [entry.rule.heading for entry in reading.entries] == ["Arms", "Arms", ""]


def test_columns_go_on_without_a_header_until_the_next_title() -> None:
    reading = read("\n".join([listed(row()), "", row("E0994"), TITLE, row("E0995")]))
    assert [entry.rule.code for entry in reading.entries] == ["E0992", "E0994"]
    assert codes_of(reading) == ["PC204"]


def test_columns_are_found_by_their_words_and_never_by_position() -> None:
    def turned(line: str) -> str:
        return "\t".join(reversed(line.split("\t")))

    straight = only_entry(listed(row(note="Purchase only")))
    mirrored = only_entry("\n".join([TITLE, "", turned(HEADER), turned(row(note="Purchase only"))]))
    assert mirrored == straight


@pytest.mark.parametrize(
    ("printed", "requirement"),
    [
        ("Yes", Requirement.REQUIRED),
        ("<b>YES</b>", Requirement.REQUIRED),
        ("no", Requirement.NOT_REQUIRED),
        ("No.", Requirement.NOT_REQUIRED),
        ("Out Of Scope", Requirement.OUT_OF_SCOPE),
        ("Add-on  Code", Requirement.ADD_ON),
        ("Investigational / Experimental", Requirement.INVESTIGATIONAL),
        ("**Unlisted**", Requirement.UNLISTED),
    ],
)
def test_a_decision_is_read(printed: str, requirement: Requirement) -> None:
    reading = read(listed(row(decision=printed)))
    assert reading.entries[0].rule.requirement is requirement
    assert codes_of(reading) == []


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "-",
        "Y",
        "No?",
        "No*",
        "No, except children",
        "Yes/No",
        "Not required",
        "In Scope Only",
        "In Scope for Gold DSNP Only",
        "N\u200bo t",
        "#N/A",
        "0",
    ],
)
def test_a_decision_is_not_guessed(printed: str) -> None:
    reading = read(listed(row(decision=printed)))
    rule = reading.entries[0].rule
    assert rule.requirement is Requirement.UNREAD
    assert [type(condition).__name__ for condition in rule.conditions] == ["Unread"]
    assert codes_of(reading) == ["PC301"]


@pytest.mark.parametrize(
    ("printed", "platform"),
    [
        ("medsolutions", "MedSolutions"),
        ("CareCore  National", "CareCore National"),
        ("Authorization required through Cigna", "payer"),
        ("Out Of Scope", None),
        ("", None),
    ],
)
def test_a_platform_is_read(printed: str, platform: str | None) -> None:
    reading = read(listed(row(platform=printed)))
    assert reading.entries[0].rule.platform == platform
    assert codes_of(reading) == []


@pytest.mark.parametrize(
    "printed", ["Yes", "CareCore", "MedSolutions or CareCore National", "#N/A"]
)
def test_a_platform_is_not_guessed(printed: str) -> None:
    reading = read(listed(row(platform=printed)))
    assert reading.entries[0].rule.platform is None
    assert codes_of(reading) == ["PC306"]


@pytest.mark.parametrize("code", ["E0992", " e0992 ", "<b>E0992</b>"])
def test_a_row_with_a_code_is_a_rule(code: str) -> None:
    assert only_entry(listed(row(code))).rule.code == "E0992"


@pytest.mark.parametrize(
    "line",
    [
        row("E099"),
        row("EO992"),
        row(""),
        row("E0992-E0995"),
        row("Seat", "Insert"),
        "Mobility\t\t",
        "\t\tE09\t\tYes\t\t",
        "\t\tE0992, E0994\t\tYes\t\t",
        "\t\t\tE099Z\t\t\t",
        "\t\t\t\tYes\t\t",
    ],
)
def test_a_row_without_a_code_is_neither_rule_nor_heading(line: str) -> None:
    reading = read(listed(line))
    assert reading.kinds[3] is LineKind.DIAGNOSTIC
    assert "PC303" in codes_of(reading)


@pytest.mark.parametrize(
    "line", ["\t\t\t<b>Arms</b>\t\t\t", "\t\tArms\t\t\t\t", "\t\t\tArms (left)\tNo\tOut of Scope\t"]
)
def test_a_row_with_one_text_is_a_heading(line: str) -> None:
    reading = read(listed(line, row()))
    assert reading.kinds[3] is LineKind.HEADING
    assert reading.entries[0].rule.requirement is Requirement.REQUIRED


@pytest.mark.parametrize("line", ["Arms\t\t\t\t\t\t", "\tArms\t\t\t\t\t", "\t\t\t\t\t\tArms"])
def test_a_text_in_another_column_is_no_heading(line: str) -> None:
    assert read(listed(line, row())).kinds[3] is LineKind.DIAGNOSTIC


def test_a_title_or_notice_inside_a_table_is_still_one() -> None:
    title = f"{TITLE}\t\t"
    notice = "\tCPT copyright 2031: all rights reserved, registered trademark."
    reading = read("\n".join([listed(row()), title, HEADER, row(), notice, row()]))
    assert reading.kinds[-4:] == (
        LineKind.HEADER,
        LineKind.RULE,
        LineKind.COPYRIGHT,
        LineKind.DIAGNOSTIC,
    )
    assert [entry.rule.rule_id for entry in reading.entries] == ["chairs/E0992", "chairs/E0992/2"]
    assert "PC105" in codes_of(reading)


@pytest.mark.parametrize(
    "description",
    ["Arm (list separately)", "Arm (List Sep", "Arm; each additional", "Arm (ListSeparately"],
)
def test_a_description_says_that_the_code_is_an_add_on(description: str) -> None:
    assert only_entry(listed(row(description=description))).rule.descriptor_add_on


@pytest.mark.parametrize(
    "description", ["", "Addition to a chair", "Specialist separately", "Each"]
)
def test_a_description_does_not_say_that_the_code_is_an_add_on(description: str) -> None:
    assert not only_entry(listed(row(description=description))).rule.descriptor_add_on


def test_the_printed_cells_are_kept_as_they_are_printed() -> None:
    entry = only_entry(listed(row(" e0992", "<b>Seat</b>", note=" Purchase  only")))
    assert entry.printed == {
        "product": "Mobility",
        "category": "SEATS",
        "code": " e0992",
        "description": "<b>Seat</b>",
        "decision": "Yes",
        "platform": "CareCore National",
        "note": " Purchase  only",
    }


def test_bytes_that_are_no_text_are_reported_and_do_not_stop_the_reading() -> None:
    reading = read(listed(row(), row("E0994", note="Purchase \N{PILCROW SIGN}")).encode("latin-1"))
    assert len(reading.entries) == 2
    assert codes_of(reading) == ["PC104", "PC104", "PC302"]


def test_a_document_without_rules_says_so() -> None:
    reading = read("Nothing to see here.")
    assert codes_of(reading) == ["PC103", "PC106"]
    assert reading.kinds == (LineKind.DIAGNOSTIC,)
    assert reading.plans == EVICORE.plans


def test_a_title_that_says_it_is_a_link_is_none_where_rows_follow() -> None:
    link = "## Cigna Commercial Beds Code List"
    assert [program.link_only for program in read(f"{link}\n\n{listed(row())}").programs] == [
        True,
        False,
    ]
    (program,) = read(f"{link}\n\n{HEADER}\n{row()}").programs
    assert (program.name, program.link_only, program.ref.line) == ("Beds", False, 1)


def test_a_program_that_has_two_titles_stands_once_and_numbers_its_rows_through() -> None:
    reading = read(listed(row(), row("E0994")) + listed(row()))
    assert [program.ref.line for program in reading.programs] == [1]
    assert [entry.rule.rule_id for entry in reading.entries] == [
        "chairs/E0992",
        "chairs/E0994",
        "chairs/E0992/2",
    ]
