"""Every file that cannot be read is refused: at its line, with what was read and what to do."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from precert.errors import UnreadableRulebook
from precert.rulebook import load_rulebook, read_rulebook, write_rulebook
from tests.rulebook.invented import PARTS, edit, seal

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST, RULES = "rulebook.toml", "rules.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "book"
    write_rulebook(PARTS.build(), place)
    return place


def error_of(folder: Path) -> str:
    with pytest.raises(UnreadableRulebook) as caught:
        read_rulebook(folder)
    return str(caught.value)


def test_a_sealed_folder_is_read(folder: Path) -> None:
    before = (folder / MANIFEST).read_bytes()
    seal(folder)
    assert (folder / MANIFEST).read_bytes() == before
    assert load_rulebook(str(folder)) == load_rulebook(folder) == PARTS.build()


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [MANIFEST, RULES])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert error_of(folder) == (
        f"{folder}/{name}: cannot be opened (No such file or directory); "
        "expected a folder with rulebook.toml and rules.csv, as `precert import` writes it"
    )


def test_a_missing_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    assert f"{folder}/{MANIFEST}: cannot be opened (No such file or directory)" in error_of(folder)


def test_a_file_in_place_of_the_folder(folder: Path) -> None:
    assert "cannot be opened (Not a directory)" in error_of(folder / MANIFEST)


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / RULES).unlink()
    (folder / RULES).mkdir()
    assert "rules.csv: cannot be opened (Is a directory)" in error_of(folder)


@pytest.mark.parametrize("name", [MANIFEST, RULES])
def test_a_file_that_is_not_utf_8(folder: Path, name: str) -> None:
    lines = (folder / name).read_bytes().split(b"\n")
    lines[2] += b" \xe9"
    (folder / name).write_bytes(b"\n".join(lines))
    assert error_of(folder) == (
        f"{folder}/{name}:3: read the byte 0xe9, expected UTF-8; import the list again"
    )


def test_changed_rules(folder: Path) -> None:
    edit(folder / RULES, "unlisted", "not-required")
    error = error_of(folder)
    assert error.startswith(f"{folder}/rules.csv: was changed after it was written: read sha256 ")
    assert error.endswith("; import the list again, or restore it")
    assert "CRLF" not in error


def test_a_changed_manifest(folder: Path) -> None:
    edit(folder / MANIFEST, "review_by = 2027-01-01", "review_by = 2037-01-01")
    error = error_of(folder)
    assert error.startswith(
        f"{folder}/rulebook.toml:3: digest: was changed after it was written: read sha256 "
    )
    assert error.endswith("; import the list again")


@pytest.mark.parametrize("name", [MANIFEST, RULES])
def test_line_ends_that_git_converted(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes().replace(b"\n", b"\r\n"))
    assert "(its line ends are CRLF, expected LF: git may have converted them)" in error_of(folder)


# --- rulebook.toml --------------------------------------------------------------------------------

KEYS = [
    # old, new, line, what is said
    ("schema = 2\n", "schema = [\n", 3, "not TOML: "),
    (
        "schema = 2\n",
        "schema = 3\n",
        2,
        "schema: read 3, expected 2: it was made by a newer precert",
    ),
    ("schema = 2\n", "schema = 0\n", 2, "schema: read 0, expected 2; import the list again"),
    ("schema = 2\n", "schema = true\n", 2, "schema: read True, expected a whole number"),
    ("schema = 2\n", "", 1, "schema: the key is missing, expected a whole number"),
    ("digest = ", "digests = ", 1, "digest: the key is missing, expected a text"),
    ('plans = ["Silver Plan"]\n', "", 1, "plans: the key is missing, expected an array of texts"),
    ('["Silver Plan"]', "[1]", 4, "plans: read [1], expected an array of texts"),
    ('["Silver Plan"]', '["a"]\nmore = 1', 5, "more: the key is not known, expected one of"),
    ("[edition]\n", "[issue]\n", 1, "edition: the table is missing, expected [edition]"),
    ("[edition]\n", "[rules.edition]\n", 1, "edition: the table is missing"),
    ('payer = "Acme Health"\n', "", 6, "edition.payer: the key is missing, expected a text"),
    ('payer = "Acme Health"', "payer = 7", 8, "edition.payer: read 7, expected a text"),
    ('vendor = "Vendor"', "vendors = 1\nvendor = ''", 10, "edition.vendors: the key is not known"),
    ("effective_from = 2026-01-01", 'effective_from = "2026"', 11, "expected a date (2026-01-31)"),
    (
        "effective_from = 2026-01-01",
        "effective_from = 2026-01-01T10:00:00",
        11,
        "edition.effective_from: read datetime",
    ),
    ('effective_from_basis = "told"', 'effective_from_basis = "x"', 12, "expected stated or told"),
    (
        "review_by = 2027-01-01",
        "effective_to = 2025-12-31\nreview_by = 2027-01-01",
        13,
        "edition.effective_to: read 2025-12-31, expected no day before effective_from",
    ),
    ("count = 5", "count = 5.0", 17, "rules.count: read 5.0, expected a whole number"),
    ("line = 30\n", "", 26, "programs.line: the key is missing, expected a whole number"),
    ("line = 30\n", 'line = "30"\n', 30, "programs.line: read '30', expected a whole number"),
    ("link_only = true", "link_only = 1", 34, "programs.link_only: read 1, expected true or false"),
    ('name = "Air"', 'name = "Wheels"', 27, "programs.name: read 'Wheels' again"),
    (f'sha256 = "{"a" * 64}"', 'sha256 = "AA"', 40, "documents.sha256: read 'AA', expected 64 hex"),
    ("lines = 61", "lines = 61\nbytes = 1", 42, "documents.bytes: the key is not known"),
    ("[[documents]]\n", "[[papers]]\n", 1, "documents: the tables are missing"),
    ("[[documents]]\n", "[documents]\n", 38, "expected at least one [[documents]]"),
    (
        'name = "invented.md"',
        'name = "b.md"',
        23,
        "programs.document: read 'invented.md', expected",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), KEYS)
def test_a_wrong_manifest(folder: Path, old: str, new: str, line: int, reason: str) -> None:
    edit(folder / MANIFEST, old, new)
    error = error_of(folder)
    assert error.startswith(f"{folder}/rulebook.toml:{line}: ")
    assert reason in error
    assert "import the list again" in error


def test_a_newer_schema_says_to_upgrade_even_if_all_else_is_strange(folder: Path) -> None:
    (folder / MANIFEST).write_text("schema = 9\nstrange = 1\n")
    assert error_of(folder) == (
        f"{folder}/rulebook.toml:1: schema: read 9, expected 2: it was made by a newer precert; "
        "upgrade precert, or import the list again"
    )


def test_a_wrong_count_of_rules(folder: Path) -> None:
    edit(folder / MANIFEST, "count = 5", "count = 6")
    seal(folder)
    assert error_of(folder) == (
        f"{folder}/rules.csv: read 5 rules, expected 6 (rules.count); import the list again"
    )


# --- rules.csv ------------------------------------------------------------------------------------

AIR_E0470 = "air/E0470,Air,Equipment,'+ parts,,E0470,required,Northwind,,yes,,,,invented.md,,,34,\n"

ROWS = [
    # old, new, line, what is said
    ("rule_id,program", "rule,program", 1, "read the header 'rule,program,"),
    (",um_cs,", ",", 1, "expected 'rule_id,program,product,"),
    (AIR_E0470, AIR_E0470.replace(",34", ",34,"), 2, "read 19 columns, expected 18"),
    (AIR_E0470, AIR_E0470.replace(",,34", ",34"), 2, "read 17 columns, expected 18"),
    (AIR_E0470, "\n" + AIR_E0470, 2, "read 0 columns, expected 18"),
    (AIR_E0470, '"a\n', 3, "not a table of comma-separated values (',' expected after"),
    ("invented.md,,,6", '"invented.md,,,6', 6, "values (unexpected end of data)"),
    ("air/E0470,", "air\t/E0470,", 2, "rule_id: read 'air\\t/E0470', expected a text without"),
    ("E0470,Air,", "E0470,Fire,", 2, "program: read 'Fire', expected a program of rulebook.toml"),
    ("'+ parts", "+ parts", 2, "category: read '+ parts', expected a text"),
    ("'+ parts", "'parts", 2, 'category: read "\'parts", expected a text'),
    ("'+ parts", '"a\nb"', 2, "category: read 'a\\nb', expected a text"),
    (",E0470,", ",E047O,", 2, "code: read 'E047O', expected a procedure code"),
    (",E0470,", ",e0470,", 2, "code: read 'e0470', expected a procedure code or a range of codes"),
    (",E0470,", ",E0470-75,", 2, "code: read 'E0470-75', expected a procedure code"),
    (",E0470,", ",E0470 - E0475,", 2, "code: read 'E0470 - E0475', expected a procedure code"),
    (",E0470,", ",E0475-E0470,", 2, "code: read 'E0475-E0470', expected a procedure code"),
    (",unlisted,", ",Unlisted,", 4, "requirement: read 'Unlisted', expected one of required, not-"),
    ("with-program(Air)", "with-programme(Air)", 6, "conditions: read 'with-programme(Air)'"),
    ("with-program(Air)", "with-program()", 6, "conditions: read 'with-program()'"),
    ("with-program(Air)", "at-home;purchase", 6, "(which is written 'at-home; purchase')"),
    ("with-program(Air)", "=at-home", 6, "conditions: read '=at-home'"),
    ("from=2022-01-01", "from=2022-13-01", 3, "conditions: read 'no-auth-stated(from=2022-13-01)'"),
    (",,yes,,,,", ",,Yes,,,,", 2, "descriptor_add_on: read 'Yes', expected yes or no"),
    (",,yes,,,,", ",,,,,,", 2, "descriptor_add_on: read '', expected yes or no"),
    (",no,yes,", ",no,true,", 3, "um_cs: read 'true', expected yes or no or nothing"),
    (",2025-07-01,", ",7/1/2025,", 4, "effective_from: read '7/1/2025', expected a date such as"),
    (",2025-07-01,", ",2025-02-30,", 4, "effective_from: read '2025-02-30', expected a date"),
    (",2025-07-01,", ",20250701,", 4, "effective_from: read '20250701', expected a date such as"),
    ("invented.md,,,34", "b.md,,,34", 2, "document: read 'b.md', expected a document of rulebook"),
    (
        "invented.md,,,34",
        "invented.md,0,,34",
        2,
        "page: read '0', expected a whole number from",
    ),
    ("invented.md,,,34", "invented.md,,,", 2, "line: read '', expected a whole number from 1"),
    (
        "invented.md,,,34",
        "invented.md,,,034",
        2,
        "line: read '034', expected a whole number from 1",
    ),
    ("invented.md,,,34", "invented.md,,,\u0663", 2, "line: read '\u0663', expected a whole number"),
    ("wheels/K0002", "wheels/K0001", 6, "rule_id: read 'wheels/K0001' again, expected it once"),
    (
        ",K0001,required",
        ",K0009,required",
        6,
        "read 'wheels/K0002' after 'wheels/K0001', expected rows sorted by program, code, document",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), ROWS)
def test_a_wrong_row(folder: Path, old: str, new: str, line: int, reason: str) -> None:
    edit(folder / RULES, old, new)
    seal(folder)
    error = error_of(folder)
    assert error.startswith(f"{folder}/rules.csv:{line}: ")
    assert reason in error
    assert error.endswith("; import the list again")


def test_no_rows_at_all(folder: Path) -> None:
    (folder / RULES).write_bytes(b"")
    seal(folder)
    assert f"{folder}/rules.csv:1: not a table" in error_of(folder)
