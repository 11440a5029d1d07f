"""Writing is whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from precert.errors import CallerError, UnreadableRulebook
from precert.rulebook import read_rulebook, write_rulebook
from tests.rulebook.invented import PARTS, RULES, with_rules

OLD, NEW = PARTS.build(), with_rules(*RULES[1:]).build()


def test_the_folder_is_made(tmp_path: Path) -> None:
    write_rulebook(OLD, tmp_path / "a" / "b")
    assert read_rulebook(tmp_path / "a" / "b") == OLD


def test_a_rulebook_is_replaced(tmp_path: Path) -> None:
    write_rulebook(OLD, tmp_path)
    write_rulebook(NEW, tmp_path)
    assert read_rulebook(tmp_path) == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rulebook.toml", "rules.csv"]


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_rulebook(OLD, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, below: str) -> None:
    place = tmp_path / "file"
    place.write_text("mine")
    with pytest.raises(CallerError, match=r"file.*(is a file, expected a folder|Not a directory)"):
        write_rulebook(OLD, place / below)
    assert place.read_text() == "mine"


@pytest.mark.parametrize("failing", [1, 2])
def test_a_full_disk_leaves_the_old_rulebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    write_rulebook(OLD, tmp_path)
    calls = []

    def full(_: int) -> None:
        calls.append(1)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CallerError, match=r"cannot be written \(No space left on device\)"):
        write_rulebook(NEW, tmp_path)
    assert read_rulebook(tmp_path) == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rulebook.toml", "rules.csv"]


def test_a_failure_between_the_two_renames_is_found_by_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rulebook(OLD, tmp_path)
    rename = Path.replace

    def broken(self: Path, target: Path) -> Path:
        if target.name == "rulebook.toml":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(CallerError, match="Input/output error"):
        write_rulebook(NEW, tmp_path)
    with pytest.raises(UnreadableRulebook, match=r"rules\.csv: was changed after it was written"):
        read_rulebook(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rulebook.toml", "rules.csv"]
