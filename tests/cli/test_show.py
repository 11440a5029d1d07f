"""`precert show`: every rule of a code, and its printed row from the very document only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.rulebook import write_rulebook
from tests.cli.invented import DOCUMENT, LIST
from tests.support.rulebooks import book as book_of
from tests.support.rulebooks import row

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def imported(run: Run, document: Path, tmp_path: Path) -> Path:
    """The rulebook of the invented list, compiled by the command."""
    folder = tmp_path / "imported"
    done = run("import", str(document), "-o", str(folder), "--effective-from", "2026-01-01")
    assert done.exit_code == 0, done.output
    return folder


def test_every_rule_of_a_code_is_shown_with_its_row(
    run: Run, document: Path, imported: Path
) -> None:
    done = run("show", "e0601", "--rulebook", str(imported), "--document", str(document))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "E0601: 2 rules"
    shown = " ".join(done.stdout.split())
    for words in (
        f"Sleep, {DOCUMENT}:5",
        "Requirement: authorization not required",
        f"Durable Medical Equipment, {DOCUMENT}:10",
        "Requirement: authorization required",
        "Printed: Category: Beds CPT® Code: E0601 CPT® Code Description: Pressure device",
    ):
        assert words in shown


def test_a_row_of_a_list_of_ones_own_has_its_header_by_its_layout(run: Run, tmp_path: Path) -> None:
    family = Path(__file__).parent.parent / "lists" / "families" / "vendor"
    layout, listed, folder = family / "layout.toml", family / "list.csv", tmp_path / "book"
    told = ("--effective-from", "2026-01-01", "--layout", str(layout))
    assert run("import", str(listed), "-o", str(folder), *told).exit_code == 0
    asked = ("show", "K0005", "--rulebook", str(folder), "--document", str(listed), "--json")
    (plain,), (headed,) = (
        json.loads(run(*asked, *more).stdout)["rules"] for more in ((), ("--layout", str(layout)))
    )
    assert plain["printed"]["cells"] == headed["printed"]["cells"]
    assert headed["printed"]["header"][:2] == ["HCPCS Code", "What it is"]
    assert plain["printed"]["header"] == []


def test_conditions_are_shown_in_words_and_in_notation(run: Run, book: Path) -> None:
    shown = " ".join(run("show", "E0782", "--rulebook", str(book)).stdout.split())
    assert "Condition: submitted with a code of Lifts [with-program(Lifts)]" in shown


def test_a_rule_with_its_own_date_says_so(run: Run, book: Path) -> None:
    shown = run("show", "E0641", "--rulebook", str(book)).stdout
    assert "from 2026-07-01 (printed with the rule)" in shown


@pytest.mark.parametrize("where", ["option", "variable", "current"])
def test_the_document_is_looked_for_in_its_usual_places(
    run: Run, document: Path, imported: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    folder = document.parent
    monkeypatch.delenv("PRECERT_LISTS", raising=False)
    monkeypatch.chdir(folder if where == "current" else folder / "imported")
    if where == "variable":
        monkeypatch.setenv("PRECERT_LISTS", str(folder))
    option = ("--document", str(folder)) if where == "option" else ()
    done = run("show", "A7030", "--rulebook", str(imported), "--json", *option)
    assert json.loads(done.stdout)["rules"][0]["printed"]["cells"][1] == "A7030"


def test_a_changed_document_is_named_and_never_quoted(
    run: Run, document: Path, imported: Path
) -> None:
    document.write_text(LIST.replace("Face mask", "Forged words"), encoding="utf-8")
    arguments = ("show", "A7030", "--rulebook", str(imported), "--document", str(document))
    shown = run(*arguments).stdout
    told = json.loads(run(*arguments, "--json").stdout)
    assert "Forged" not in shown
    assert f"{document} is not the document" in " ".join(shown.split())
    assert (told["rules"][0]["printed"], told["changed_documents"]) == (None, [str(document)])


def test_descriptions_are_shown_if_they_were_imported(
    run: Run, document: Path, tmp_path: Path
) -> None:
    folder = str(tmp_path / "described")
    dated = ("--effective-from", "2026-01-01")
    run("import", str(document), "-o", folder, *dated, "--with-descriptions")
    assert "Face mask" in run("show", "A7030", "--rulebook", folder).stdout
    run("import", str(document), "-o", folder, *dated)
    assert "Face mask" not in run("show", "A7030", "--rulebook", folder).stdout


@pytest.mark.parametrize(
    "damaged",
    [
        b"rule_id,description\nsleep/A7030,Caf\xe9\n",
        b'rule_id,description\nsleep/A7030,"' + b"x" * 200_000 + b'"\n',
        b"code,mine\n",
        b"",
    ],
    ids=["latin-1", "a huge cell", "other columns", "empty"],
)
def test_damaged_descriptions_are_said(
    run: Run, document: Path, tmp_path: Path, damaged: bytes
) -> None:
    folder = tmp_path / "described"
    run("import", str(document), "-o", str(folder), "--effective-from", "2026-01-01")
    (folder / "descriptions.csv").write_bytes(damaged)
    done = run("show", "A7030", "--rulebook", str(folder))
    assert (done.exit_code, done.stdout) == (3, "")
    assert "descriptions.csv" in done.stderr


def test_a_rulebook_nested_too_deeply_is_said(run: Run, tmp_path: Path) -> None:
    for text in ("plans = " + "[" * 100_000, "schema = " + "9" * 5000):
        (tmp_path / "rulebook.toml").write_text(text, encoding="utf-8")
        done = run("show", "A7030", "--rulebook", str(tmp_path))
        assert (done.exit_code, done.stdout) == (3, "")
        assert "rulebook.toml" in done.stderr


def test_a_code_without_a_rule_says_where_it_may_be(run: Run, book: Path) -> None:
    done = run("show", "A9999", "--rulebook", str(book))
    assert done.exit_code == 0
    assert "It may belong to Laboratory" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("O331T",), 2),
        (("A7030", "--document", "absent"), 2),
        (("A7030", "--rulebook", "absent"), 3),
    ],
)
def test_what_cannot_be_shown_is_refused(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run("show", *arguments).exit_code == code


@pytest.fixture
def ranges(tmp_path: Path) -> Path:
    """The folder of a rulebook whose list prints ranges of codes."""
    folder = tmp_path / "ranges"
    printed = book_of(row("Wheels", "K0001-K0009"), row("Air", "K0005", "not-required"))
    write_rulebook(printed, folder)
    return folder


def test_a_rule_for_a_range_says_so(run: Run, ranges: Path) -> None:
    shown = " ".join(run("show", "K0005", "--rulebook", str(ranges)).stdout.split())
    assert "K0005: 2 rules" in shown
    assert "Range: K0001-K0009; whether K0005 exists was not checked" in shown
    told = json.loads(run("show", "K0005", "--rulebook", str(ranges), "--json").stdout)
    assert [each["range"] for each in told["rules"]] == ["K0001-K0009", None]


def test_an_answer_by_a_range_says_so(run: Run, ranges: Path) -> None:
    said = " ".join(run("check", "K0007", "--rulebook", str(ranges)).stdout.split())
    assert "The list prints the range K0001-K0009; whether the code exists was not checked" in said


def test_ranges_are_counted(run: Run, ranges: Path) -> None:
    assert "2 rules for 1 codes and 1 range of codes." in run("rulebook", str(ranges)).stdout
    assert json.loads(run("rulebook", str(ranges), "--json").stdout)["ranges"] == 1
