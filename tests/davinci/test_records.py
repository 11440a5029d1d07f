"""The record for disputes: whole lines, one reader, and nothing missing without a word."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from precert.davinci.records import Record, hashed
from precert.errors import Unwritable

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = {
    "when": "2026-09-21T14:13:20+00:00",
    "request_sha256": hashed(b"asked"),
    "receipts": [{"schema": 2}],
}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_answer_is_a_line_after_the_others(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    first = Record(path)
    first.append(ENTRY)
    first.close()
    second = Record(path)
    second.append(ENTRY)
    second.close()
    lines = lines_of(path)
    assert len(lines) == 2
    assert lines[0]["request_sha256"] == hashed(b"asked")
    assert lines[0]["receipts"] == [{"schema": 2}]
    assert lines[0]["missing_before"] == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such mode")
def test_nobody_but_the_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    before = os.umask(0)
    try:
        Record(path).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_many_threads_write_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    records = [Record(path) for _ in range(4)]

    def write(record: Record) -> None:
        for _ in range(200):
            record.append(ENTRY)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, records))
    for record in records:
        record.close()
    assert len(lines_of(path)) == 800


def test_a_line_that_is_not_written_is_told_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.jsonl"
    record = Record(path)
    record.append(ENTRY)

    def full(file: int, content: bytes) -> int:
        del file, content
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for _ in range(2):
            with pytest.raises(OSError, match="No space"):
                record.append(ENTRY)
    record.append(ENTRY)
    record.append(ENTRY)
    record.close()
    assert [line["missing_before"] for line in lines_of(path)] == [0, 2, 0]


def test_a_line_that_is_cut_off_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.jsonl"
    record, write = Record(path), os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, content: write(file, content[:20]))
        with pytest.raises(OSError, match="20 of"):
            record.append(ENTRY)
    record.append(ENTRY)
    record.close()
    cut, whole = path.read_text(encoding="utf-8").splitlines()
    assert len(cut) == 20
    assert json.loads(whole)["missing_before"] == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")
@pytest.mark.parametrize("anew", [False, True])
def test_a_file_that_is_moved_away_is_begun_anew(tmp_path: Path, *, anew: bool) -> None:
    path, old = tmp_path / "record.jsonl", tmp_path / "record.jsonl.1"
    record = Record(path)
    record.append(ENTRY)
    path.rename(old)
    if anew:  # as a tool does that makes the new file itself
        path.touch()
    record.append(ENTRY)
    record.append(ENTRY)
    record.close()
    assert (len(lines_of(old)), len(lines_of(path))) == (1, 2)


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")
def test_where_no_file_can_be_begun_the_lines_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    path = folder / "record.jsonl"
    record = Record(path)
    folder.rename(tmp_path / "away")
    with pytest.raises(OSError, match="No such file"):
        record.append(ENTRY)
    folder.mkdir()
    record.append(ENTRY)
    record.close()
    assert [line["missing_before"] for line in lines_of(path)] == [1]


def test_a_line_that_was_cut_off_by_a_crash_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    path.write_bytes(b'{"when":"2026-09-21"}\n{"when":"2026-0')
    record = Record(path)
    record.append(ENTRY)
    record.append(ENTRY)
    record.close()
    _, cut, *whole = path.read_text(encoding="utf-8").splitlines()
    assert cut == '{"when":"2026-0'
    assert [json.loads(line)["when"] for line in whole] == [ENTRY["when"]] * 2


def test_a_file_that_cannot_be_opened_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="cannot be written"):
        Record(tmp_path / "no-folder" / "record.jsonl")
