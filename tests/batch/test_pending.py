"""Files appear whole, in order, or not at all, and nothing of the user's is written over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from precert.batch.pending import Pending
from precert.errors import Unwritable


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_files_appear_with_the_commit_in_the_order_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejects, answers = tmp_path / "rejects.csv", tmp_path / "answers.csv"
    renamed: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        renamed.append(target.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    with Pending([rejects, answers]) as pending:
        for target in (answers, rejects):
            pending.draft(target).write_text(target.name)
        assert all(name.startswith(".") for name in names(tmp_path))
        pending.commit()
    assert renamed == ["rejects.csv", "answers.csv"]
    assert names(tmp_path) == ["answers.csv", "rejects.csv"]
    assert answers.read_text() == "answers.csv"


def test_drafts_reach_the_disk_before_any_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[list[str]] = []
    monkeypatch.setattr(os, "fsync", lambda _: synced.append(names(tmp_path)))
    with Pending([tmp_path / "a.csv", tmp_path / "b.csv"]) as pending:
        pending.commit()
    assert all("a.csv" not in at_sync for at_sync in synced[:2])
    assert len(synced) >= 2


def test_an_error_leaves_nothing_and_the_old_file_as_it_was(tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.write_text("old")

    def failing() -> None:
        with Pending([old, tmp_path / "b.csv"], force=True) as pending:
            pending.draft(old).write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert names(tmp_path) == ["a.csv"]
    assert old.read_text() == "old"


def test_leaving_without_a_commit_leaves_nothing(tmp_path: Path) -> None:
    with Pending([tmp_path / "a.csv"]) as pending:
        pending.draft(tmp_path / "a.csv").write_text("half")
    assert names(tmp_path) == []


def test_what_a_dead_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a[1].csv"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    own = Pending([target]).draft(target).name
    left = own.replace(f"-{os.getpid()}.", f"-{dead.pid}.")
    parent = own.replace(f"-{os.getpid()}.", f"-{os.getppid()}.")
    kept = [parent, left.replace("a[1]", "b"), ".a[1].csv.another-1.partial"]
    for name in (left, *kept):
        (tmp_path / name).touch()
    with Pending([target]):
        assert set(names(tmp_path)) == {*kept, own}


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    expected = r"a\.csv exists; name another file, or replace it with --force"
    with pytest.raises(Unwritable, match=expected):
        Pending([target])
    with Pending([target], force=True) as pending:
        pending.draft(target).write_text("new")
        pending.commit()
    assert target.read_text() == "new"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    target, other = tmp_path / "a.csv", tmp_path / "b.csv"

    def late() -> None:
        with Pending([other, target]) as pending:
            target.write_text("theirs")
            pending.commit()

    with pytest.raises(Unwritable, match="exists"):
        late()
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text() == "theirs"


def test_a_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("lines")
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    for target in (source, link, tmp_path / "." / "x" / ".." / "a.csv"):
        with pytest.raises(Unwritable, match="is one of the files that are read"):
            Pending([target], inputs=[str(source)], force=True)


def test_places_that_are_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"there is no folder .*no; make it first"):
        Pending([tmp_path / "no" / "a.csv"])
    with pytest.raises(Unwritable, match="is a folder, expected a file"):
        Pending([tmp_path], force=True)
    with pytest.raises(Unwritable, match="is named for two outputs"):
        Pending([tmp_path / "a.csv", tmp_path / "a.csv"])
    long = tmp_path / ("a" * 250 + ".csv")

    def too_long() -> None:
        with Pending([long]):
            pass

    with pytest.raises(Unwritable, match="cannot be written"):
        too_long()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")
def test_what_an_ended_process_left_is_removed_though_its_parent_has_not_asked(
    tmp_path: Path,
) -> None:
    """As in a container, where nothing asks after the children of a killed shell."""
    target = tmp_path / "a.csv"
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as ended:
        assert ended.stdout is not None
        ended.stdout.read()  # to its end: the process has closed it
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # ended, and still to be asked
        left = Pending([target]).draft(target).name.replace(f"-{os.getpid()}.", f"-{ended.pid}.")
        (tmp_path / left).touch()
        with Pending([target]):
            assert left not in names(tmp_path)
