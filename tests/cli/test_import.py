"""`precert import`: a rulebook on disk, every line accounted for, and nothing replaced unasked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from precert.rulebook import read_edition, write_rulebook
from tests.cli import invented

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

DATED = ("--effective-from", "2026-01-01")


def test_every_line_is_accounted_for(run: Run, document: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    done = run("import", str(document), "-o", str(folder), *DATED)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"{invented.DOCUMENT}: 10 lines, every one accounted for"
    for row in (
        "    5  rules",
        "    2  header lines",
        "    2  title lines",
        "    1  blank lines",
        "    0  lines that could not be read: see the diagnostics",
        "    3  Sleep",
        "    2  Durable Medical Equipment",
        "PC301  error         1  unknown decision word",
        "  In force from 2026-01-01 (told at import, not printed in the list).",
        "  To be reviewed by 2027-01-01 (twelve months after it begins, by default).",
    ):
        assert row in lines
    assert f"Rulebook {read_edition(folder).digest}" in lines


@pytest.mark.real_list
def test_the_published_list(run: Run, real_list: Path, tmp_path: Path) -> None:
    done = run("import", str(real_list), "-o", str(tmp_path / "book"), *DATED)
    words = done.stdout.split("Diagnostics:")[0]
    assert "1,996 lines, every one accounted for" in words
    for count in (254, 82, 124, 72, 121, 35, 108, 18, 567, 76, 20, 125):
        assert f"\n  {count:3}  " in words
    assert [line.split("  ")[1] for line in words.splitlines() if line.startswith(" link")] == [
        "Medical Oncology (the list prints only a link)",
        "Lab Management (the list prints only a link)",
    ]


def test_facts_of_the_edition_are_told(run: Run, document: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    told = ("--edition", "spring", "--effective-to", "2026-06-30", "--review-by", "2026-05-01")
    run("import", str(document), "-o", str(folder), *DATED, *told)
    edition = read_edition(folder).edition
    days = (edition.effective_from, edition.effective_to, edition.review_by)
    assert (edition.name, *map(str, days)) == ("spring", "2026-01-01", "2026-06-30", "2026-05-01")


def test_the_same_rulebook_may_be_written_again(run: Run, document: Path, tmp_path: Path) -> None:
    arguments = ("import", str(document), "-o", str(tmp_path / "book"), *DATED)
    assert [run(*arguments).exit_code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("there", ["another", "unreadable", "a part"])
def test_a_different_rulebook_is_not_replaced_without_force(
    run: Run, document: Path, tmp_path: Path, there: str
) -> None:
    folder = tmp_path / "book"
    write_rulebook(invented.rulebook(), folder)
    if there == "unreadable":
        (folder / "rules.csv").write_text("changed", encoding="utf-8")
    if there == "a part":
        (folder / "rulebook.toml").unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    arguments = ("import", str(document), "-o", str(folder), *DATED)
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert "replace it with --force" in refused.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run(*arguments, "--force").exit_code == 0
    assert read_edition(folder).documents[0].lines == 10


def test_descriptions_are_kept_only_if_asked_and_change_no_digest(
    run: Run, document: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    arguments = ("import", str(document), "-o", str(folder), *DATED)
    run(*arguments, "--with-descriptions")
    with_descriptions = read_edition(folder).digest
    assert "Face mask" in (folder / "descriptions.csv").read_text("utf-8")
    run(*arguments)
    assert {path.name for path in folder.iterdir()} == {"rulebook.toml", "rules.csv"}
    assert read_edition(folder).digest == with_descriptions


def test_a_file_of_the_user_s_is_never_removed_or_overwritten(
    run: Run, document: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    arguments = ("import", str(document), "-o", str(folder), *DATED)
    folder.mkdir()
    theirs = folder / "descriptions.csv"
    for text in ("code,mine\n", "rule_id,description\n"):  # the second stands beside no rulebook
        theirs.write_text(text, encoding="utf-8")
        refused = run(*arguments, "--with-descriptions", "--force")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "descriptions.csv was not written by `precert import`" in refused.stderr
        assert [path.name for path in folder.iterdir()] == ["descriptions.csv"]
    theirs.write_text("code,mine\n", encoding="utf-8")
    for _ in range(2):
        assert run(*arguments).exit_code == 0
        assert theirs.read_text("utf-8") == "code,mine\n"


def test_a_folder_named_like_the_descriptions_is_no_crash(
    run: Run, document: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    (folder / "descriptions.csv").mkdir(parents=True)
    arguments = ("import", str(document), "-o", str(folder), *DATED)
    assert run(*arguments, "--with-descriptions").exit_code == 2
    assert run(*arguments).exit_code == 0


@pytest.mark.parametrize("folder", ["", "  "])
def test_a_folder_without_a_name_is_refused(run: Run, document: Path, folder: str) -> None:
    done = run("import", str(document), "-o", folder, *DATED)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "expected the name of a folder" in done.stderr
    for command in (("check", "72148"), ("show", "72148"), ("verify", "-")):
        assert run(*command, "--rulebook", folder, given="{}").exit_code == 2
    assert run("rulebook", folder).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        ((), (2, "--effective-from YYYY-MM-DD")),
        ((*DATED, "--effective-to", "2025-12-31"), (2, "effective_to 2025-12-31")),
        ((*DATED, "--layout", "no-such-layout"), (3, "no-such-layout")),
        (("--effective-from", "January"), (2, "read 'January'")),
    ],
)
def test_what_cannot_be_imported_is_refused(
    run: Run, document: Path, tmp_path: Path, arguments: tuple[str, ...], refused: tuple[int, str]
) -> None:
    done = run("import", str(document), "-o", str(tmp_path / "book"), *arguments)
    assert (done.exit_code, done.stdout) == (refused[0], "")
    assert refused[1] in done.stderr
    assert not (tmp_path / "book").exists()


def test_a_document_that_is_no_list_exits_with_3(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Nothing to see.\n", encoding="utf-8")
    for path in (page, tmp_path / "absent.md", tmp_path):
        assert run("import", str(path), "-o", str(tmp_path / "book"), *DATED).exit_code == 3


HCPCS = (
    "HCPC\tRECID\tLONG DESCRIPTION\tSHORT DESCRIPTION\tTERM DT\n"
    "E0601\t3\tOur words\tWords\t20251231\nRT\t7\tRight\tRight\t\n"
)


def test_code_files_are_read_and_their_diagnostics_counted(
    run: Run, document: Path, tmp_path: Path
) -> None:
    file = tmp_path / "hcpcs.txt"
    file.write_text(HCPCS, encoding="utf-8")
    told = ("import", str(document), "--effective-from", "2026-01-01")
    plain = run(*told, "-o", str(tmp_path / "plain"))
    done = run(*told, "-o", str(tmp_path / "checked"), "--codes", str(file))
    assert done.exit_code == plain.exit_code == 0
    assert "Code file hcpcs.txt: 1 codes and 1 modifiers." in done.stdout
    assert re.search(r"PC330 +warning +2 +retired code", done.stdout)
    assert "PC331" in done.stdout
    assert "PC33" not in plain.stdout
    both = [tmp_path / name / "rulebook.toml" for name in ("plain", "checked")]
    assert both[0].read_bytes() == both[1].read_bytes()


def test_a_file_that_is_no_code_file_exits_with_3(run: Run, document: Path, tmp_path: Path) -> None:
    told = ("--effective-from", "2026-01-01", "-o", str(tmp_path / "book"))
    done = run("import", str(document), *told, "--codes", str(document))
    assert (done.exit_code, done.stdout) == (3, "")
    assert "it is no code file" in done.stderr
    assert not (tmp_path / "book").exists()
