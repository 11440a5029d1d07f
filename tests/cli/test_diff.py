"""`precert diff`: what differs is told in every form, what only looks otherwise in none."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from precert.cli.csv_text import to_csv
from precert.cli.diff_csv import COLUMNS
from precert.rulebook import (
    add_edition,
    load_rulebook,
    read_edition,
    read_rulebook,
    write_rulebook,
)
from tests.cli import invented
from tests.cli.edited_list import EditedList, Expected, edit_thirty, look_otherwise
from tests.support.editions import SPRING, WINTER
from tests.support.rulebooks import book as listed_book
from tests.support.rulebooks import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

GOLDEN = Path(__file__).parent / "golden" / "diff"

AFTER = (
    invented.LIST.replace("Face mask\tYes", "Face mask\tNo")
    .replace("Perhaps", "Maybe")
    .replace("Beds\tE0250\tHospital bed\tYes\tCareCore National\tPurchase only\n", "")
    .replace("Machines\tE0601\tPressure device\tNo\tCareCore National\t", "")
    .replace("Beds\tE0601", "Beds\tE0255\tBed\tYes\tMedSolutions\t\nPumps\tE0601")
)
"""The invented list after some changes."""


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the invented list before and after its changes; it is the current one."""
    (tmp_path / "before.md").write_text(invented.LIST, encoding="utf-8")
    (tmp_path / "after.md").write_text(AFTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def differing(run: Run, *arguments: str) -> dict[str, Any]:
    done = run("diff", *arguments, "--format", "json")
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.exit_code == (1 if told["differences"] else 0)
    return told


@pytest.mark.usefixtures("lists")
def test_a_page_in_full(run: Run, golden: Callable[[Path, str], None]) -> None:
    done = run("diff", "before.md", "after.md")
    assert done.exit_code == 1
    assert all(len(line) <= 100 and line == line.rstrip() for line in done.stdout.splitlines())
    golden(GOLDEN / "page.out", done.stdout)


@pytest.mark.usefixtures("lists")
def test_json_in_full(run: Run, golden: Callable[[Path, str], None]) -> None:
    told = differing(run, "before.md", "after.md")
    for side in ("before", "after"):
        told[side]["digest"] = told[side]["documents"][0]["sha256"] = "..."
    golden(GOLDEN / "told.json", json.dumps(told, indent=2) + "\n")


@pytest.mark.usefixtures("lists")
def test_csv_in_full(run: Run, golden: Callable[[Path, str], None]) -> None:
    done = run("diff", "before.md", "after.md", "--format", "csv")
    golden(GOLDEN / "told.csv", done.stdout)
    rows = list(csv.DictReader(StringIO(done.stdout)))
    assert list(rows[0]) == list(COLUMNS)
    told = differing(run, "before.md", "after.md")["differences"]
    assert {row["difference"] for row in rows} == set(map(str, range(1, len(told) + 1)))
    assert len(rows) == sum(len(one["changes"]) for one in told)


def test_nothing_differs(run: Run, book: Path) -> None:
    done = run("diff", str(book), str(book))
    assert done.exit_code == 0
    assert done.stdout.startswith("Nothing differs\n")
    assert differing(run, "bundled", "bundled")["differences"] == []


def test_editions_are_compared_with_their_dates(run: Run, book: Path, tmp_path: Path) -> None:
    before = read_edition(book)
    edition = replace(
        before.edition, name="summer", effective_from=date(2026, 7, 1), review_by=date(2027, 7, 1)
    )
    write_rulebook(replace_edition(before, edition), tmp_path / "summer")
    told = differing(run, str(book), f"{tmp_path / 'summer'}@summer")
    assert [one["changes"][0]["in_words"] for one in told["differences"]] == [
        "first day: 2026-01-01 -> 2026-07-01",
        "review by: 2027-01-01 -> 2027-07-01",
    ]
    assert told["after"]["effective_from"] == "2026-07-01"
    done = run("diff", str(book), f"{tmp_path / 'summer'}@winter")
    assert done.exit_code == 2
    assert "winter" in done.stderr
    assert "summer" in done.stderr


def replace_edition(rulebook: Any, edition: Any) -> Any:  # noqa: ANN401 - as Rulebook.build takes
    parts = rulebook.programs, rulebook.plans, rulebook.documents, rulebook.rules
    return type(rulebook).build(edition, *parts)


@pytest.mark.usefixtures("lists")
def test_lines_that_could_not_be_read_are_said(run: Run) -> None:
    after = AFTER.replace("Masks\tA7030\t", "Masks\tA703O\t")
    Path("after.md").write_text(after, encoding="utf-8")
    said = run("diff", "before.md", "after.md").stdout
    assert "1 line of after.md could not be read: what stands there is not compared." in said


def test_no_report_is_written_over_an_edition_that_is_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    add_edition(WINTER, folder)
    place = add_edition(SPRING, folder).place / "rules.csv"
    sides = f"{folder}@2026-01", f"{folder}@2026-04"
    done = run("diff", *sides, "--format", "csv", "-o", str(place), "--force")
    assert done.exit_code == 2
    assert "is one of the files that are read" in done.stderr
    assert len(read_rulebook(folder).editions) == 2


def test_an_option_of_documents_says_nothing_of_rulebooks(run: Run, book: Path) -> None:
    for option in ("--layout", "--line-of-business"):
        done = run("diff", "bundled", str(book), option, "anything")
        assert done.exit_code == 2
        assert f"{option} says nothing where neither A nor B is a document" in done.stderr


def test_what_holds_for_a_code_that_is_not_listed_is_said_first(run: Run, tmp_path: Path) -> None:
    for name, exhaustive in (("before", False), ("after", True)):
        write_rulebook(listed_book(row("Air", "E0601"), exhaustive=exhaustive), tmp_path / name)
    done = run("diff", str(tmp_path / "before"), str(tmp_path / "after"))
    assert done.exit_code == 1
    assert "answered otherwise" in " ".join(done.stdout.partition("Program")[0].split())
    assert "a code that is not listed" in done.stdout.partition("The edition itself")[2]


@pytest.mark.usefixtures("lists")
def test_a_report_is_written_whole_and_over_nothing_that_is_read(run: Run) -> None:
    printed = run("diff", "before.md", "after.md", "--format", "csv").stdout
    for form in ("text", "json", "csv"):
        told = ("diff", "before.md", "after.md", "--format", form, "-o", f"report.{form}")
        assert run(*told).exit_code == 1
        refused = run(*told)
        assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
        assert run(*told, "--force").exit_code == 1
    assert Path("report.csv").read_text("utf-8") == printed
    done = run("diff", "before.md", "after.md", "-o", "before.md", "--force")
    assert done.exit_code == 2
    assert Path("before.md").read_text("utf-8") == invented.LIST


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("before.md",), 2, "Missing argument 'B'"),
        (("", "before.md"), 2, "expected a document"),
        (("before.md", "absent.md"), 3, "absent.md"),
        (("before.md", "after.md", "--layout", "absent"), 3, "absent"),
        (("before.md", "empty.md"), 3, "empty.md"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    run: Run, lists: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    (lists / "empty.md").write_text("nothing\n", encoding="utf-8")
    done = run("diff", *arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_no_cell_of_a_table_runs_in_a_spreadsheet() -> None:
    cells = ["=1+1", "+1", "-1", "@A1", "\t=1", "'x", "plain"]
    (row,) = list(csv.reader(StringIO(to_csv(["a"] * 7, [cells]))))[1:]
    assert row == ["'=1+1", "'+1", "'-1", "'@A1", "'\t=1", "''x", "plain"]


def test_a_line_of_business_is_told_for_a_list_of_several(run: Run) -> None:
    family = Path(__file__).parent.parent / "lists" / "families" / "lines"
    told = ("diff", str(family / "list.csv"), str(family / "list.csv"))
    layout = ("--layout", str(family / "layout.toml"))
    assert run(*told, *layout).exit_code == 3
    assert run(*told, *layout, "--line-of-business", "medicaid").exit_code == 0


@pytest.mark.real_list
def test_thirty_edits_of_the_published_list(run: Run, real_list: Path, tmp_path: Path) -> None:
    edited = EditedList(real_list, load_rulebook())
    edit_thirty(edited)
    after = tmp_path / "edited.md"
    after.write_text(look_otherwise(edited.text()), encoding="utf-8")
    told = differing(run, str(real_list), str(after))["differences"]
    found = [
        Expected(
            one["kind"],
            one["code"],
            () if one["kind"] == "moved" else tuple(each["what"] for each in one["changes"]),
        )
        for one in told
    ]
    assert len(edited.expected) == 30
    assert sorted(found) == sorted(edited.expected)
    assert sum("requirement" in str(one["changes"]) for one in told if one["kind"] == "moved") == 2


@pytest.mark.real_list
def test_another_look_of_the_published_list_is_no_difference(
    run: Run, real_list: Path, tmp_path: Path
) -> None:
    after = tmp_path / "again.md"
    text = look_otherwise(real_list.read_text("utf-8"))
    after.write_text(text, encoding="utf-8")
    assert text.split("\n")[7:] != real_list.read_text("utf-8").split("\n")
    assert differing(run, "bundled", str(after))["differences"] == []
