"""Code files that the user supplies, in the forms in which CMS and the AMA publish them.

Every code, date and description here is invented, or HCPCS Level II in our own words.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.codes import CodeSet, InvalidCode, parse_code_or_range
from precert.compiler import (
    ToldEdition,
    compile_documents,
    lint_documents,
    read_descriptions,
    write_descriptions,
)
from precert.compiler.code_files import (
    add_on_primaries,
    read_add_on_edits,
    read_code_file,
    with_primaries,
)
from precert.compiler.code_files import rows as code_rows
from precert.determine import Order, determine
from precert.errors import BadEdition, UnreadableDocument
from precert.model import AddOnTo, Row, SourceRef, Table, TextLine
from precert.tables import Contents
from tests.support.rulebooks import book, code, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from precert.diagnostics import Diagnostic
    from precert.rulebook import Rulebook

    Write = Callable[[str, str], Path]

HCPCS = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,ADD DT,ACT EFF DT,TERM DT,"
    "ACTION CD"
)
ROWS = (
    'E0601,00100,3,"Machine, for breathing",Machine,32,19940101,20050101,,N',
    "E0602,00100,3,Pump that is gone,Pump,32,19940101,20240101,20251231,D",
    "RT,00100,7,Right side,Right,00,19940101,19940101,,N",
    "K0001,00100,3,A chair of,Chair,32,19940101,20050101,,N",
    "K0001,00200,4,two lines,,,,,,",
)


@pytest.fixture(name="write")
def fixture_write(tmp_path: Path) -> Write:
    def write(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode())
        return path

    return write


# --- CMS's HCPCS file -----------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_table_of_cms(write: Write, sign: str) -> None:
    cells = [next(csv.reader([line])) for line in (HCPCS, *ROWS)]
    lines = [sign.join(f'"{cell}"' if "," in cell else cell for cell in each) for each in cells]
    known = read_code_file(write("hcpcs.csv", "A notice, and more\n\n" + "\n".join(lines) + "\n"))
    assert set(known.codes) == {"E0601", "E0602", "K0001"}
    assert known.modifiers == {"RT"}
    assert known.codes[code("E0601")] == ("Machine, for breathing", None)
    assert known.codes[code("E0602")].ends == date(2025, 12, 31)
    assert known.codes[code("K0001")].description == "A chair of two lines"
    assert known.sets() == {CodeSet.HCPCS_II}
    assert (known.source.name, len(known.source.sha256)) == ("hcpcs.csv", 64)


def fixed(text: str, record: str, long: str, short: str = "", ends: str = "") -> str:
    return f"{text:>5}00100{record}{long:80}{short:28}".ljust(284) + f"{ends:8}N"


def test_the_text_of_fixed_width_of_cms(write: Write) -> None:
    lines = (
        fixed("E0601", "3", "Machine, for", "Machine"),
        fixed("E0601", "4", "breathing"),
        fixed("E0602", "3", "Pump", "Pump", "20251231"),
        fixed("RT", "7", "Right side", "Right"),
    )
    known = read_code_file(write("hcpcs.txt", "\n".join(lines)))
    assert known.codes[code("E0601")] == ("Machine, for breathing", None)
    assert known.codes[code("E0602")] == ("Pump", date(2025, 12, 31))
    assert known.modifiers == {"RT"}


@pytest.mark.parametrize("text", ["2025-12-31", "12/31/2025", "20251231.0", "2025365"])
def test_a_date_as_spreadsheets_write_it(write: Write, text: str) -> None:
    known = read_code_file(write("h.csv", f"{HCPCS}\nE0602,1,3,Pump,Pump,,,,{text},D\n"))
    assert known.codes[code("E0602")].ends == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E06O1,1,3,Pump,Pump,,,,,N", "h.csv:2: HCPC: 'E06O1' is not a code"),
        ("E0601,1,9,Pump,Pump,,,,,N", "h.csv:2: RECID: read '9', expected 3, 4, 7 or 8"),
        ("E0601,1,4,Pump,Pump,,,,,N", "h.csv:2: RECID: E0601 goes on here and begins nowhere"),
        ("RIGHT,1,7,Side,Side,,,,,N", "h.csv:2: HCPC: read 'RIGHT', expected a modifier"),
        ("E0601,1,3,Pump,Pump,,,,soon,N", "h.csv:2: TERM DT: read 'soon', expected a date"),
        ("E0601,1,3,Pump,Pump,,,,20251399,N", "h.csv:2: TERM DT: read '20251399', expected a date"),
        ('E0601,1,3,"Pump"x,Pump,,,,,N', "h.csv:2: the record cannot be read"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_at_its_line(
    write: Write, line: str, said: str
) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_code_file(write("h.csv", f"{HCPCS}\n{line}\n"))
    assert str(refused.value).startswith(said)


def test_a_line_of_another_width_is_refused(write: Write) -> None:
    lines = fixed("E0601", "3", "Machine") + "\nE0602 Pump\n"
    with pytest.raises(UnreadableDocument, match=r"h.txt:2: read 'E0602 Pump', expected a code"):
        read_code_file(write("h.txt", lines))


# --- the AMA's CPT file ---------------------------------------------------------------------------


def test_lines_of_code_and_description_beneath_a_notice(write: Write) -> None:
    lines = (
        "Words of the owner, all rights\nof whom are kept\t\n\nA0001\tFirst thing\n0001U\tA test\n"
    )
    known = read_code_file(write("LONGULT.txt", lines))
    assert known.codes == {"A0001": ("First thing", None), "0001U": ("A test", None)}
    assert known.sets() == {CodeSet.HCPCS_II, CodeSet.CPT_PLA}


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Concept Id\tCPT Code\tLong\tMedium\tShort\n1\t0001U\tLong words\tM\tS\n", "Long words"),
        ("Code,Description\n0001U,Long words\n", "Long words"),
        ("CPT_CODE,SHORT_DESCRIPTION\n0001U,S\n", "S"),
        ("Code|Medium Descriptor\n0001U|M\n", "M"),
        ('Code\tLong\n0001U\t"Long, ""words"""\n', 'Long, "words"'),
    ],
)
def test_a_table_with_a_column_of_descriptions(write: Write, text: str, described: str) -> None:
    known = read_code_file(write("cpt.txt", text))
    assert known.codes == {"0001U": (described, None)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Procedure,Says\nE0601,Yes\n", "it is no code file: read 'Procedure,Says'"),
        ("nothing\n", "expected CMS's HCPCS file"),
        ("Code,Color\nE0601,red,x\n", "a CPT file (a column CPT CODE and a column LONG, MEDIUM"),
    ],
)
def test_another_file_is_refused_with_what_was_expected(write: Write, text: str, said: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_code_file(write("other.csv", text))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Code,Description\nE06O1,Pump\n", "c.csv:2: 'E06O1' is not a code"),
        ("E0601\tPump\nE0602 Pump\n", "c.csv:2: read 'E0602 Pump', expected a code"),
        (
            "E0601\tPump\nE0602\tPump\tmore\n",
            "c.csv:2: read 'E0602 | Pump | more', expected a code",
        ),
    ],
)
def test_a_row_of_a_cpt_file_that_cannot_be_read(write: Write, text: str, said: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_code_file(write("c.csv", text))
    assert str(refused.value).startswith(said)


def test_a_code_that_comes_again_ends_with_its_last_row(write: Write) -> None:
    rows = ("E0601,1,3,Pump,,,,,20201231,D", "E0601,1,3,,,,,,20211231,D")
    known = read_code_file(write("h.csv", "\n".join((HCPCS, *rows))))
    assert known.codes[code("E0601")] == ("Pump", date(2021, 12, 31))
    known = read_code_file(write("h.csv", "\n".join((HCPCS, *rows, "E0601,1,3,,,,,,,A"))))
    assert known.codes[code("E0601")].ends is None


def test_a_workbook_is_read_by_its_reader(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(_document: object, words: frozenset[str]) -> Contents:
        assert {"hcpc", "TERM DT", "XREF5"} <= words | {"TERM DT"}
        header, *cells = [tuple(next(csv.reader([line]))) for line in (HCPCS, *ROWS)]
        places = [SourceRef("h.xlsx", number) for number in range(9)]
        rows = tuple(Row(place, each) for place, each in zip(places[2:], cells, strict=False))
        notice = TextLine(places[0], "A notice")
        return Contents((notice, Table(Row(places[1], header), rows)))

    monkeypatch.setattr(code_rows, "read_tables", reader)
    known = read_code_file(write("h.xlsx", "PK\x03\x04"))
    assert set(known.codes) == {"E0601", "E0602", "K0001"}


# --- what they say of a list ----------------------------------------------------------------------

HEADER = (
    "Product\tCategory\tCPT® Code\tCPT® Code Description\t"
    "Commercial Prior Authorization Required?\tCommercial Case Build Platform\tExternal Notation"
)
CODES = ("E0601", "E0602", "E0603", "0001U", "K0001")


def printed(*rows: str) -> str:
    title = "## Cigna Commercial Prior Authorization Procedure List: Seats"
    return "\n".join([title, "", HEADER, *rows])


def printed_row(text: str, described: str = "") -> str:
    return f"Mobility\tSEATS\t{text}\t{described}\tYes\tCareCore National\t"


@pytest.fixture(name="document")
def fixture_document(write: Write) -> Path:
    return write("list.md", printed(*map(printed_row, CODES)))


@pytest.fixture(name="hcpcs")
def fixture_hcpcs(write: Write) -> Path:
    return write("hcpcs.csv", "\n".join((HCPCS, *ROWS)))


def said_of_codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [str(one) for one in diagnostics if one.code in {"PC330", "PC331"}]


def test_retired_and_unknown_codes_are_said_at_their_lines(document: Path, hcpcs: Path) -> None:
    lint = lint_documents([document], codes=[hcpcs], effective_from=date(2026, 1, 1))
    assert said_of_codes(lint.diagnostics) == [
        (
            "list.md:5: PC330 warning: E0602 was retired: its last day in hcpcs.csv is 2025-12-31, "
            "and the rule begins on 2026-01-01"
        ),
        (
            "list.md:6: PC331 warning: E0603 is not in hcpcs.csv, which has the codes of its code "
            "set (HCPCS Level II)"
        ),
    ]
    told = ToldEdition(date(2026, 1, 1))
    compiled = compile_documents([document], told, codes=[hcpcs])
    assert len(said_of_codes(compiled.diagnostics)) == 2
    assert compiled.rulebook.digest == compile_documents([document], told).rulebook.digest


def test_a_code_that_ends_with_the_first_day_is_not_retired(document: Path, hcpcs: Path) -> None:
    lint = lint_documents([document], codes=[hcpcs], effective_from=date(2025, 12, 31))
    assert [one[:15] for one in said_of_codes(lint.diagnostics)] == ["list.md:6: PC33"]


def test_without_a_first_day_nobody_can_say_what_is_retired(document: Path, hcpcs: Path) -> None:
    with pytest.raises(BadEdition, match="--effective-from"):
        lint_documents([document], codes=[hcpcs])
    assert lint_documents([document]).diagnostics


def test_a_code_set_is_asked_about_in_the_files_that_have_it(
    document: Path, hcpcs: Path, write: Write
) -> None:
    tests = write("cpt.txt", "0002U\tA test\n")
    lint = lint_documents([document], codes=[hcpcs, tests], effective_from=date(2025, 1, 1))
    unknown = said_of_codes(lint.diagnostics)
    assert ["E0603" in unknown[0], "0001U" in unknown[1], len(unknown)] == [True, True, 2]


def test_a_range_is_unknown_or_retired_when_all_of_it_is(hcpcs: Path) -> None:
    from precert.compiler.code_files import check_codes  # noqa: PLC0415 - only here

    rules = book(
        row("Wheels", "E0600-E0609"),
        row("Wheels", "E0602-E0609"),
        row("Wheels", "E0700-E0709"),
        row("Air", "0001U-0009U"),
        row("Air", "E0602", effective_from=date(2026, 5, 1)),
    ).rules
    found = check_codes(rules, date(2025, 1, 1), [read_code_file(hcpcs)])
    assert [(one.code, one.ref.line) for one in found] == [("PC330", 5), ("PC331", 3)]
    found = check_codes(rules, date(2026, 1, 1), [read_code_file(hcpcs)])
    assert [(one.code, one.ref.line) for one in found] == [
        *(("PC330", 5), ("PC330", 2), ("PC331", 3)),
    ]


def test_descriptions_come_from_a_code_file_where_the_list_prints_none(
    write: Write, hcpcs: Path, tmp_path: Path
) -> None:
    path = write("list.md", printed(printed_row("E0601"), printed_row("E0602", "Ours")))
    compiled = compile_documents([path], ToldEdition(date(2025, 1, 1)), codes=[hcpcs])
    write_descriptions(compiled, tmp_path)
    assert read_descriptions(tmp_path) == {
        "seats/E0601": "Machine, for breathing",
        "seats/E0602": "Ours",
    }


# --- CMS's add-on code edits ----------------------------------------------------------------------

AOC = (
    "AOC_Edit_Type,Add-On_Code,AOC_Del_Dt (Julian),Primary_Code,Primary_Code_Del_Dt (Julian),"
    "AOC_Edit_Eff_Dt (Julian),AOC_Edit_Del_Dt (Julian),Special Instruction / Notes"
)
EDITS = (
    "1,E0601,,K0002,,2013091,,",
    "1,E0601,,K0001,,2013091,,",
    "1,E0601,,K0003,2020366,2013091,,",
    "1,E0601,,K0004,,2027001,,",
    "1,E0601,,E0100-E0110,,2013091,,",
    "2,E0602,,CCCCC,,2013091,,Contractor",
    "3,E0603,,K0001,,2013091,,",
    "1,E0604,2025365,K0001,,2013091,,",
    "1,E0605,,K0001,,2013091,,",
    "3,E0605,,K0002,,2013091,,",
)
DAY = date(2026, 1, 1)


def test_a_closed_list_of_primaries_is_known(write: Write) -> None:
    edits = read_add_on_edits(write("aoc.csv", "\n".join((AOC, *EDITS))))
    assert add_on_primaries(edits, DAY) == {"E0601": primaries("E0100-E0110", "K0001", "K0002")}
    assert code("K0003") in add_on_primaries(edits, date(2020, 12, 31))[code("E0601")].codes
    assert "E0604" in add_on_primaries(edits, date(2025, 12, 31))
    assert edits.source.name == "aoc.csv"


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Type of Add-on Edit\tAdd-on Code\tPrimary Code", "Type I\tE0601\tK0001"),
        ("Edit Type\tAdd-On Code\tPrimary Code", "I\tE0601\tK0001"),
    ],
)
def test_other_names_of_its_columns(write: Write, header: str, line: str) -> None:
    edits = read_add_on_edits(write("aoc.txt", f"{header}\n{line}\n"))
    assert add_on_primaries(edits, DAY) == {"E0601": primaries("K0001")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{AOC}\n4,E0601,,K0001,,,,\n", "aoc.csv:2: AOC_Edit_Type: read '4', expected 1, 2 or 3"),
        (f"{AOC}\n1,E06O1,,K0001,,,,\n", "aoc.csv:2: Add-On_Code: 'E06O1' is not a code"),
        (f"{AOC}\n1,E0601,,K0OO1,,,,\n", "aoc.csv:2: Primary_Code: 'K0OO1' is not a code"),
        (f"{AOC}\n1,E0601,,K0001,,x,,\n", "aoc.csv:2: begins: read 'x', expected a date"),
    ],
)
def test_an_edit_that_cannot_be_read_is_refused(write: Write, text: str, said: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_add_on_edits(write("aoc.csv", text))
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("text", [AOC, "Code,Primary\nE0601,K0001\n", "10054T   CCCCC   2013091\n"])
def test_a_file_without_edits_is_refused(write: Write, text: str) -> None:
    with pytest.raises(UnreadableDocument, match="AOC_Edit_Type, Add-On_Code and Primary_Code"):
        read_add_on_edits(write("aoc.csv", text))


def test_an_add_on_gets_its_primaries_and_no_other_rule_does() -> None:
    named = {code("E0601"): primaries("K0001", "E0100-E0110")}
    rules = book(
        row("Air", "E0601", "add-on", "purchase"),
        row("Air", "E0602", "add-on"),
        row("Wheels", "E0601"),
        row("Wheels", "E0601-E0609", "add-on"),
    ).rules
    changed = [with_primaries(each, named) for each in rules]
    (one,) = (after for after, before in zip(changed, rules, strict=True) if after != before)
    assert (one.ref.line, one.conditions[0]) == (1, named[code("E0601")])
    assert len(one.conditions) == 2


LIST = """\
Codes for: Air

Code|PA?|Group
E0601|Yes|Masks
E0602|Yes|Tubes
E0603|Add-on|Masks
E0604|Add-on|Masks
""".replace("|", "\t")
LAYOUT = """
payer = "Acme Health"
line_of_business = "Commercial"
vendor = "Tern"
titles.program = ["Codes for: {program}"]
columns = { code = ["Code"], decision = ["PA?"], category = ["Group"] }
[[decision]]
requirement = "required"
printed = ["yes"]
[[decision]]
requirement = "add-on"
printed = ["add-on"]
"""


def test_the_file_settles_what_category_and_heading_decide_otherwise(write: Write) -> None:
    edits = write("aoc.csv", f"{AOC}\n1,E0603,,E0602,,2013091,,\n")
    layout, document = write("acme.toml", LAYOUT), write("list.md", LIST)
    plain, named = (
        compile_documents([document], ToldEdition(DAY), layout=layout, add_on_codes=file).rulebook
        for file in (None, edits)
    )
    assert outcomes(plain, "E0603", "E0601") == ["follows-primary", "auth-needed"]
    assert outcomes(plain, "E0603", "E0602") == ["conditional", "auth-needed"]
    assert outcomes(named, "E0603", "E0601") == ["conditional", "auth-needed"]
    assert outcomes(named, "E0603", "E0602") == ["follows-primary", "auth-needed"]
    assert outcomes(named, "E0604", "E0601") == ["follows-primary", "auth-needed"]
    assert [file.name for file in named.code_files] == ["aoc.csv"]
    assert plain.code_files == ()


def test_a_file_that_names_none_of_the_codes_changes_no_rulebook(write: Write) -> None:
    edits = write("aoc.csv", f"{AOC}\n1,E0609,,E0602,,2013091,,\n")
    layout, document = write("acme.toml", LAYOUT), write("list.md", LIST)
    plain, same = (
        compile_documents([document], ToldEdition(DAY), layout=layout, add_on_codes=file).rulebook
        for file in (None, edits)
    )
    assert plain == same


def outcomes(rulebook: Rulebook, *codes: str) -> list[str]:
    return [one.outcome for one in determine(rulebook, Order.of(*codes, on=DAY)).determinations]


def primaries(*texts: str) -> AddOnTo:
    named = tuple(parse_code_or_range(text) for text in texts)
    return AddOnTo(tuple(each for each in named if not isinstance(each, InvalidCode)))
