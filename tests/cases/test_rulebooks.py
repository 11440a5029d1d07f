"""The rulebooks of the cases are what our own invented lists make, on disk for every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.rulebook import add_edition, read_rulebook
from tests.support.cases import RULEBOOKS
from tests.support.editions import ACME

if TYPE_CHECKING:
    from pathlib import Path


def texts(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}


def test_the_rulebook_of_three_editions(
    tmp_path: Path,
    renew: bool,  # noqa: FBT001 - a fixture
) -> None:
    folder = RULEBOOKS / "acme"
    for edition in ACME.editions:
        add_edition(edition, tmp_path)
    written = texts(tmp_path)
    if renew:
        for old in texts(folder):
            (folder / old).unlink()
        for name, text in written.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    assert texts(folder) == written
    assert read_rulebook(folder) == ACME
