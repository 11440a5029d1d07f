"""`precert batch` as a process: killed, interrupted, on a terminal, without its extra."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.worklist import BAD, write_worklist
from tests.support.spark import HAS_JAVA, NO_JAVA, quick_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BATCH = [sys.executable, "-m", "precert", "batch"]
MANY = 300_000
PATIENCE = 60.0  # seconds: reached only where something is broken


def start(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BATCH, *arguments], capture_output=True, text=True, cwd=folder, check=False
    )


def test_bad_lines_among_ten_thousand(book: Path, tmp_path: Path) -> None:
    write_worklist(tmp_path / "worklist.csv", 10_000, BAD)
    told = ("--rulebook", str(book))
    done = start("worklist.csv", "answers.parquet", *told, folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "10,000 lines = 9,988 answered + 12 rejected" in done.stdout
    written = {"worklist.csv", "answers.parquet", "answers.rejects.csv"}
    assert {path.name for path in tmp_path.iterdir()} == written


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a worklist that takes a while, and its answers."""
    folder = tmp_path_factory.mktemp("many")
    bad = {line: one for line, one in BAD.items() if one.is_line}  # the others are read slowly
    write_worklist(folder / "worklist.csv", MANY, bad)
    start("worklist.csv", "undisturbed.parquet", folder=folder)
    return folder


def drafts(folder: Path) -> list[Path]:
    return list(folder.glob(".answers.parquet.*"))


def is_begun(folder: Path) -> bool:
    return bool(drafts(folder))


def is_being_written(folder: Path) -> bool:
    try:
        return any(draft.stat().st_size for draft in drafts(folder))
    except FileNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal")
@pytest.mark.parametrize("moment", [is_begun, is_being_written])
def test_a_killed_run_leaves_no_output_and_the_next_is_whole(
    many: Path, tmp_path: Path, moment: Callable[[Path], bool]
) -> None:
    arguments = (str(many / "worklist.csv"), "answers.parquet")
    with subprocess.Popen([*BATCH, *arguments], stdout=subprocess.DEVNULL, cwd=tmp_path) as process:
        wait_for(process, lambda: moment(tmp_path))
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "answers.parquet").exists()
    assert not (tmp_path / "answers.rejects.csv").exists()
    assert start(*arguments, folder=tmp_path).returncode == 1
    for suffix in ("parquet", "rejects.csv"):
        again = (tmp_path / f"answers.{suffix}").read_bytes()
        undisturbed = (many / f"undisturbed.{suffix}").read_bytes()
        assert again.replace(str(many).encode() + b"/", b"") == undisturbed
    written = {"answers.parquet", "answers.rejects.csv"}
    assert {path.name for path in tmp_path.iterdir()} == written


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a process is interrupted by a signal")
@pytest.mark.parametrize("moment", [is_begun, is_being_written])
def test_an_interrupted_run_leaves_nothing(
    many: Path, tmp_path: Path, moment: Callable[[Path], bool]
) -> None:
    arguments = (str(many / "worklist.csv"), "answers.parquet")
    with subprocess.Popen(
        [*BATCH, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=tmp_path
    ) as process:
        wait_for(process, lambda: moment(tmp_path))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert (process.returncode, said) == (130, b"Error: interrupted: nothing was written\n")
    assert list(tmp_path.iterdir()) == []


def wait_for(process: subprocess.Popen[bytes], moment: Callable[[], bool]) -> None:
    """Wait until the moment has come; a process that ends before it fails the test later."""
    until = time.monotonic() + PATIENCE
    while not moment() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)


@pytest.mark.slow  # of fewer lines the writing may be over before anything is drawn
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no pseudo-terminal here")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_bar_is_drawn_for_a_terminal_only_and_not_beside_json(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    write_worklist(tmp_path / "worklist.csv", 300_000, BAD)
    arguments = ("worklist.csv", *options)
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen(
        [*BATCH, *arguments, "a.parquet"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment,
        cwd=tmp_path,
    ) as process:
        os.close(theirs)
        drawn = all_of(ours)
        said, _ = process.communicate()
    assert bool(drawn) is not bool(options)
    assert options or b"writing" in drawn
    if not options:
        plain = start(*arguments, "a.parquet", "--force", folder=tmp_path)
        assert (said.decode(), plain.stderr) == (plain.stdout, "")


def all_of(terminal: int) -> bytes:
    """Return all that was written to the terminal until it was closed, and close our end."""
    parts: list[bytes] = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:  # Linux says so when the other end was closed
        pass
    finally:
        os.close(terminal)
    return b"".join(parts)


WITHOUT = """
import sys
for name in {missing}:
    sys.modules[name] = None
from precert.cli import main
sys.argv = ["precert", *{arguments}]
main()
"""


@pytest.mark.parametrize(
    ("missing", "options", "extra"),
    [
        (["duckdb", "pyarrow"], [], "batch"),
        (["pyspark"], ["--engine", "spark"], "spark"),
        (["duckdb", "pyarrow", "pyspark"], ["--engine", "spark"], "spark"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, missing: list[str], options: list[str], extra: str
) -> None:
    write_worklist(tmp_path / "in.csv", 3)
    arguments = ["batch", "in.csv", "out.csv", *options]
    code = WITHOUT.format(missing=missing, arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 2
    assert f"pip install 'precert[{extra}]'" in done.stderr
    assert done.stderr.endswith(f"in a checkout pip install '.[{extra}]'\n")
    assert done.stderr.count("\n") == 1


def test_the_help_needs_no_extra(tmp_path: Path) -> None:
    code = WITHOUT.format(missing=["duckdb", "pyarrow", "rich"], arguments=["batch", "--help"])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(not HAS_JAVA, reason=NO_JAVA)
def test_on_spark_the_sums_are_the_same_and_standard_output_is_json(
    book: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in quick_environment(tmp_path_factory.mktemp("spark")).items():
        monkeypatch.setenv(name, value)
    write_worklist(tmp_path / "in.csv", 10_000, BAD)
    told = ("--json", "--rulebook", str(book))
    here = json.loads(start("in.csv", "here.csv", *told, folder=tmp_path).stdout)
    done = start("in.csv", "there.csv", "--engine", "spark", *told, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    there = json.loads(done.stdout)
    same = ("columns", "lines", "answered", "rejected", "summary", "rulebook")
    assert {name: there[name] for name in same} == {name: here[name] for name in same}
    rejects = [(one["line"], one["reason"]) for one in there["first_rejects"]]
    assert rejects == [(one["line"], one["reason"]) for one in here["first_rejects"]]
    assert (there["engine"], there["output"]) == ("spark", "there.csv")
    assert (tmp_path / "there.csv" / "_SUCCESS").exists()
