"""The published list "Cigna Commercial", line by line: which condition stands on which line."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.documents import open_document
from precert.lists import LineKind, ListReading, read_list
from precert.model import AtHome, Requirement
from precert.notation import format_condition, format_conditions
from precert.tables.text import read_text
from tests.lists.support import EVICORE, stretches

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.real_list


def lines(text: str) -> list[int]:
    """Return the numbers that `7, 10-12` names."""
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


@pytest.fixture(name="reading", scope="module")
def fixture_reading(real_list: Path) -> ListReading:
    document = open_document(real_list)
    return read_list(document, read_text(document, EVICORE.header_words).blocks, EVICORE)


def test_every_line_is_accounted_for(reading: ListReading) -> None:
    assert Counter(reading.kinds) == {
        LineKind.RULE: 1602,
        LineKind.HEADING: 38,
        LineKind.HEADER: 117,
        LineKind.TITLE: 24,
        LineKind.COPYRIGHT: 12,
        LineKind.POINTER: 4,
        LineKind.BLANK: 199,
    }
    assert len({entry.rule.code for entry in reading.entries}) == 1548


def test_the_rules_of_each_program(reading: ListReading) -> None:
    counts = Counter(entry.rule.program for entry in reading.entries)
    assert {program.name: counts[program.name] for program in reading.programs} == {
        "Radiology & Cardiology": 254,
        "Vascular Interventions": 82,
        "Joint Surgery": 124,
        "Interventional Pain Management": 72,
        "Spine Surgery": 121,
        "Gastroenterology": 35,
        "Radiation Oncology": 108,
        "Sleep": 18,
        "Durable Medical Equipment": 567,
        "Durable Medical Equipment and O&P": 76,
        "Home Health": 20,
        "Home Infusion Therapy": 125,
        "Medical Oncology": 0,
        "Lab Management": 0,
    }
    assert [p.name for p in reading.programs if p.link_only] == [
        "Medical Oncology",
        "Lab Management",
    ]


def test_each_condition_stands_on_its_lines(reading: ListReading) -> None:
    found: dict[str, list[int]] = defaultdict(list)
    for entry in reading.entries:
        for condition in entry.rule.conditions:
            if not isinstance(condition, AtHome):
                found[format_condition(condition)].append(entry.rule.ref.line)
    assert found == {
        "with-program(Joint Surgery, Interventional Pain Management, Spine Surgery)": lines(
            "473-474, 551, 554-558, 560, 641, 650-654, 657-664, 668-675, 678-680"
        ),
        "with-code(27412)": [560],
        "for-plan(FL DSNP)": [1831],
        "client-specific": [906, 907],
        "defers-to(Sleep)": lines("1066, 1166-1176, 1221-1223, 1236, 1238"),
        "no-auth-stated(from=2022-01-01)": lines("1025-1026, 1028, 1040-1042"),
        "denied-if-requested(43206, 43252)": [832, 833],
        "contact(payer, phone=888-454-0013 option 5, fax=877-730-3858)": lines(
            "1050, 1309, 1354-1356"
        ),
        "contact(payer, from=2021-07-01)": [1429],
        "contact(manufacturer)": [1033, 1036, 1039],
        "purchase": lines("1469-1482, 1485-1487"),
        "purchase-above(4)": lines("1446-1460, 1465-1468"),
        "describe-procedure": [811],
    }


def test_two_programs_speak_of_services_at_home(reading: ListReading) -> None:
    programs = {"Home Health", "Home Infusion Therapy"}
    for entry in reading.entries:
        assert (AtHome() in entry.rule.conditions) == (entry.rule.program in programs)


def test_each_date_stands_on_its_lines(reading: ListReading) -> None:
    found: dict[date, list[int]] = defaultdict(list)
    for entry in reading.entries:
        assert entry.rule.effective_to is None
        if entry.rule.effective_from is not None:
            found[entry.rule.effective_from].append(entry.rule.ref.line)
    assert found == {
        date(2017, 1, 1): lines("597-599, 604-608"),
        date(2019, 1, 1): lines("899-900, 925, 982-984, 1010-1014"),
        date(2021, 7, 1): [249, 250, 651],
        date(2023, 1, 1): [902, 903, 904],
    }


def test_the_requirements_and_platforms(reading: ListReading) -> None:
    assert Counter(entry.rule.requirement for entry in reading.entries) == {
        Requirement.REQUIRED: 985,
        Requirement.OUT_OF_SCOPE: 517,
        Requirement.ADD_ON: 60,
        Requirement.NOT_REQUIRED: 28,
        Requirement.INVESTIGATIONAL: 11,
        Requirement.UNLISTED: 1,
    }
    assert Counter(entry.rule.platform for entry in reading.entries) == {
        "CareCore National": 1004,
        "MedSolutions": 372,
        "payer": 125,
        None: 101,
    }
    assert Counter(entry.rule.um_cs for entry in reading.entries) == {None: 1494, True: 108}


def test_add_ons_by_their_description_that_the_list_marks_yes(reading: ListReading) -> None:
    found = Counter(
        entry.rule.program
        for entry in reading.entries
        if entry.rule.descriptor_add_on and entry.rule.requirement is Requirement.REQUIRED
    )
    assert found == {
        "Spine Surgery": 41,
        "Vascular Interventions": 22,
        "Radiation Oncology": 8,
        "Radiology & Cardiology": 3,
    }


def test_what_is_wrong_with_the_list(reading: ListReading) -> None:
    found: dict[str, list[int]] = defaultdict(list)
    for diagnostic in reading.diagnostics:
        found[diagnostic.code].append(diagnostic.ref.line)
    assert found == {
        "PC102": [1988, 1993],
        "PC207": [439],
        "PC205": [905, 923, 928, 934, 940],
        "PC307": sorted(
            [
                *lines("554-555, 641"),  # the description in the note
                *lines("651, 1050, 1309, 1354-1356, 1429, 1829-1831"),  # a rule in the description
                *lines("899-900, 902-904, 925, 982-984, 1010-1014"),  # a date in the grouping
            ]
        ),
        "PC308": [1429, 1556],
    }


def test_the_headings_and_what_stands_beneath_them(reading: ListReading) -> None:
    assert len(reading.headings) == 38
    client = [e.rule for e in reading.entries if e.rule.heading.startswith("Client Specific")]
    assert [rule.ref.line for rule in client] == [906, 907]
    assert Counter(heading.program for heading in reading.headings) == {
        "Vascular Interventions": 21,
        "Radiation Oncology": 17,
    }


def test_line_by_line(reading: ListReading, golden: Callable[[Path, str], None]) -> None:
    conditions = (
        f"{entry.rule.ref.line} {entry.rule.rule_id} {format_conditions(entry.rule.conditions)}"
        for entry in reading.entries
        if entry.rule.conditions
    )
    text = "\n".join(["# lines", *stretches(reading.kinds), "# conditions", *conditions, ""])
    golden(Path(__file__).parent / "cigna-commercial.expected.txt", text)
