"""What the documents say about lists runs as it is printed there, one command after another."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli import invented

if TYPE_CHECKING:
    from tests.cli.conftest import Run

DOCS = Path(__file__).parents[2] / "docs"
LATER = invented.LIST.replace("\tYes\t", "\tNo\t", 1)


def commands(page: str) -> list[list[str]]:
    """Return the arguments of each `precert` in the shell blocks of a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("precert ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_four_steps_to_a_layout(run: Run, folder: Path) -> None:
    page = (DOCS / "layouts.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"<!-- (layout|list) -->\n```[a-z]*\n(.*?)```", page, re.DOTALL))
    (folder / "list.csv").write_text(shown["list"].replace("\t", ","), encoding="utf-8")
    draft, *others = commands("layouts.md")
    assert run(*draft).exit_code == 0
    assert "# ?" in (folder / "my-layout.toml").read_text(encoding="utf-8")
    (folder / "my-layout.toml").write_text(shown["layout"], encoding="utf-8")
    done = [run(*each) for each in others]
    assert [each.exit_code for each in done] == [0, 0, 0, 0]
    assert "Nothing is left unread." in done[0].stdout
    assert "needs prior authorization" in done[-1].stdout


def test_the_editions_of_a_rulebook(run: Run, folder: Path) -> None:
    (folder / "list-january.md").write_text(invented.LIST, encoding="utf-8")
    (folder / "list-april.md").write_text(LATER, encoding="utf-8")
    done = [run(*each) for each in commands("rulebook.md")]
    assert [each.exit_code for each in done] == [0, 0, 0, 0]
    assert "edition 2026-01" in done[-1].stdout


def test_the_differences_of_two_lists(run: Run, folder: Path) -> None:
    (folder / "cigna-2026-01.md").write_text(invented.LIST, encoding="utf-8")
    (folder / "cigna-2026-04.md").write_text(LATER, encoding="utf-8")
    orders = "order_id,code,date_of_service\n1,A7030,2026-05-01\n"
    (folder / "scheduled.csv").write_text(orders, encoding="utf-8")
    run("import", "cigna-2026-01.md", "--effective-from", "2026-01-01", "-o", "my-rulebook")
    done = [run(*each) for each in commands("diff.md")]
    assert [each.exit_code for each in done] == [1, 1, 1, 1]
    assert "auth-needed -&gt; no-auth" in (folder / "orders.html").read_text(encoding="utf-8")
