"""Two imports into one folder at once: each waits for the other, and neither loses an edition."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from precert.errors import Unwritable
from precert.rulebook import (
    add,
    add_edition,
    lock,
    one_edition,
    read,
    read_editions,
    read_rulebook,
    write_rulebook,
)
from precert.rulebook.lock import LOCK_FILE, locked
from tests.support.editions import edition
from tests.support.rulebooks import row

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from precert.rulebook import Added, AnyRulebook, Rulebook

JANUARY, APRIL, JULY = (
    edition(f"2026-{month}-01", None, [row("Wheels", code)])
    for month, code in (("01", "K0001"), ("04", "K0002"), ("07", "K0003"))
)


@pytest.mark.parametrize("there", [(), (JULY,)])
def test_an_import_that_begins_while_another_reads_adds_to_what_that_one_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[Rulebook, ...]
) -> None:
    book = tmp_path / "book"
    for one in there:
        write_rulebook(one, book)
    held_in, waits = vars(add)["_held"], Event()
    other: list[Future[Added]] = []

    def reading(folder: Path) -> AnyRulebook | None:
        """Return what is read; before it is written, the other import begins, and waits or ends."""
        held: AnyRulebook | None = held_in(folder)
        if not other:
            other.append(pool.submit(add_edition, APRIL, folder))
            other[0].add_done_callback(lambda _: waits.set())
            assert waits.wait(timeout=60)
        return held

    monkeypatch.setattr(add, "_held", reading)
    monkeypatch.setattr("precert.rulebook.lock.time.sleep", lambda _: waits.set())
    monkeypatch.setattr(lock, "_PATIENCE", 10**9)
    with ThreadPoolExecutor(1) as pool:
        add_edition(JANUARY, book)
        other[0].result()
    expected = sorted(["2026-01", "2026-04", *(one.editions[0].edition.name for one in there)])
    assert [one.edition.name for one in read_rulebook(book).editions] == expected
    assert not (book / LOCK_FILE).exists()


MENDED = edition("2026-04-01", None, [row("Wheels", "E0601")])


@pytest.mark.parametrize(("there", "new"), [((JANUARY, APRIL), MENDED), ((JANUARY,), APRIL)])
def test_what_is_replaced_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[Rulebook, ...], new: Rulebook
) -> None:
    for one in there:
        add_edition(one, tmp_path)
    reads: list[str] = []
    text_of = one_edition.read_text

    def reading(path: str) -> str:
        """Import once, after the first file was read: what it names is gone then."""
        text = text_of(path)
        reads.append(path)
        if len(reads) == 1:
            add_edition(new, tmp_path, replace=len(there) > 1)
        return text

    monkeypatch.setattr(one_edition, "read_text", reading)
    monkeypatch.setattr(read_editions, "read_text", reading)
    assert read.read_rulebook(tmp_path).editions == (JANUARY, new)


@pytest.mark.parametrize("write", [write_rulebook, add_edition])
def test_an_import_that_does_not_end_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Rulebook, Path], object]
) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 2)
    monkeypatch.setattr(lock, "_PAUSE", 0)
    with locked(tmp_path), pytest.raises(Unwritable, match="is held by another import"):
        write(JANUARY, tmp_path)
    write(JANUARY, tmp_path)
    assert read_rulebook(tmp_path) == JANUARY


def test_what_a_dead_import_left_locks_nothing(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).touch()
    add_edition(JANUARY, tmp_path)
    assert not (tmp_path / LOCK_FILE).exists()


def test_a_lock_that_was_removed_while_it_was_waited_for_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / LOCK_FILE
    lock_file = vars(lock)["_lock"]
    removed: list[int] = []

    def too_late(file: int) -> None:
        lock_file(file)
        if not removed:
            place.unlink()
            removed.append(file)

    monkeypatch.setattr(lock, "_lock", too_late)
    with locked(tmp_path):
        assert place.exists()
    assert removed
    assert not place.exists()


def test_where_there_are_no_locks_an_import_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_lock", no_locks)
    add_edition(JANUARY, tmp_path)
    assert read_rulebook(tmp_path) == JANUARY
