"""`precert layout`: a draft on the terminal or in a new file, and what a layout leaves unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

LIST = "Codes for: Air\n\nCode\tPA?\tRemarks\nE0601\tYes\tOn Tuesdays\nE0602\tNo\t\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "list.md"
    path.write_text(LIST)
    return path


def test_a_draft_is_printed(run: Run, document: Path) -> None:
    done = run("layout", "draft", str(document))
    assert done.exit_code == 0
    assert 'code = ["Code"]' in done.stdout
    assert "# ? 1 row prints 'On Tuesdays', first line 4. What does it mean?" in done.stdout


def test_a_draft_is_written_into_a_new_file_only(run: Run, document: Path, tmp_path: Path) -> None:
    layout = tmp_path / "draft.toml"
    done = run("layout", "draft", str(document), "-o", str(layout))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Written to {layout}, with 3 questions.")
    again = run("layout", "draft", str(document), "-o", str(layout))
    assert again.exit_code == 2
    assert f"{layout} is there already: name another file, or remove it" in again.stderr


def test_check_says_what_is_unread_until_nothing_is(
    run: Run, document: Path, tmp_path: Path
) -> None:
    layout = tmp_path / "draft.toml"
    run("layout", "draft", str(document), "-o", str(layout))
    checked = run("layout", "check", str(layout), str(document))
    assert checked.exit_code == 1
    assert "2 rules, 1 of them wholly." in checked.stdout
    assert "On Tuesdays" in checked.stdout
    pattern = '[[pattern]]\nphrases = ["on tuesdays"]\ncondition = "purchase"\n'
    layout.write_text(layout.read_text() + pattern)
    mended = run("layout", "check", str(layout), str(document))
    assert mended.exit_code == 0
    assert "Nothing is left unread." in mended.stdout


def test_check_refuses_what_is_no_layout(run: Run, document: Path) -> None:
    done = run("layout", "check", "absent.toml", str(document))
    assert done.exit_code == 3
    assert "absent.toml" in done.stderr
