"""Lines outside the tables: titles in their forms, furniture, and lines that nothing explains."""

from __future__ import annotations

import pytest

from precert.lists import LineKind
from precert.lists.lines import LineReading, read_line
from tests.lists.support import EVICORE


@pytest.mark.parametrize(
    ("line", "program"),
    [
        ("**Prior Authorization Procedure List: Chairs & Beds**", "Chairs & Beds"),
        ("Prior Authorization Procedure List: Chairs**", "Chairs"),
        ("## Cigna Commercial Prior Authorization Procedure List: Chairs", "Chairs"),
        ("### prior authorization procedure code list:  Chairs (Adults)  ", "Chairs (Adults)"),
        ("Prior Authorization Procedure List - Chairs.", "Chairs"),
    ],
)
def test_a_title_names_its_program(line: str, program: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.TITLE, program, ends_program=True)


@pytest.mark.parametrize(
    "line", ["**Cigna Commercial**  ", "**Cigna Commercial  ", "## Cigna Commercial"]
)
def test_an_opening_ends_the_program_before_it(line: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.TITLE, ends_program=True)


@pytest.mark.parametrize(
    ("line", "program"),
    [
        ("## Cigna Commercial Lab Testing Code List", "Lab Testing"),
        ("**Cigna Commercial Codes Code List**", "Codes"),
    ],
)
def test_a_title_may_only_be_a_link(line: str, program: str) -> None:
    expected = LineReading(LineKind.TITLE, program, link=True, ends_program=True)
    assert read_line(line, EVICORE) == expected


@pytest.mark.parametrize(
    "line",
    [
        "CPT copyright 2031 Medical Association. All rights reserved. Registered trademark of CPT.",
        "CPT® copyright 2031: all rights reserved, a registered trademark",
    ],
)
def test_a_copyright_notice_ends_the_program(line: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.COPYRIGHT, ends_program=True)


@pytest.mark.parametrize(
    "line",
    [
        "For the current Lab Testing list, click [here](https://example.org).",
        "Request access directly (SmartSheet) if you cannot open this.",
    ],
)
def test_a_pointer_leaves_the_program_as_it_is(line: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.POINTER)


@pytest.mark.parametrize("line", ["", "   ", "**", "<br>", "&nbsp;"])
def test_a_line_that_prints_nothing_is_blank(line: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.BLANK)


@pytest.mark.parametrize(
    "line",
    [
        "All codes need a call",
        "Prior Authorization Procedure List:",
        "Acme Commercial",
        "Lab Testing Code List",
        "CPT copyright 2031. All rights reserved.",
        "CPT copyright 2031. All rights reserved. Registered trademark. Except E0992.",
        "For the current list of codes that need no authorization, click here",
        "For the current Lab list, do not click here",
        "Effective 1/1/2031",
    ],
)
def test_a_line_that_nothing_explains(line: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.DIAGNOSTIC)


@pytest.mark.parametrize(
    "line", ["## Cigna Commercial 2031", "**Prior Auth List: Chairs**", "<b>Acme Commercial</b>"]
)
def test_an_unexplained_line_that_is_set_off_ends_the_program(line: str) -> None:
    assert read_line(line, EVICORE) == LineReading(LineKind.DIAGNOSTIC, ends_program=True)
