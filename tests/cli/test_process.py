"""The command as a process: exit codes, pipes, a terminal, and what a cold start imports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PRECERT = [sys.executable, "-m", "precert"]


def start(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PRECERT, *arguments], input=stdin, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "E0621"), 0),
        (("check", "A9999"), 0),
        (("--version",), 0),
        (("--help",), 0),
        (("check", "7214B"), 2),
        (("chek",), 2),
        (("check", "E0621", "--colour"), 2),
        (("check", "E0621", "--rulebook", "absent"), 3),
        (("verify", "absent.json"), 3),
        (("lint", "absent.md"), 3),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    done = start(*arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (done.stdout == "") is (code > 1)
    assert (done.stderr == "") is (code == 0)


@pytest.mark.parametrize(
    "arguments", [("check", "E0621"), ("check", "E0621", "--json"), ("--help",)]
)
def test_a_broken_pipe_is_quiet(arguments: tuple[str, ...]) -> None:
    nobody_reads, written = os.pipe()
    os.close(nobody_reads)
    try:
        done = subprocess.run(
            [*PRECERT, *arguments], stdout=written, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(written)
    assert (done.returncode, done.stderr) == (1, b"")


def imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "precert", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}


HEAVY = {
    "importlib.metadata",
    "precert.compiler",
    "precert.diagnostics",
    "precert.lists",
    "precert.tables",
    "rich",
    "urllib.parse",
}


def test_a_cold_start_imports_only_what_it_needs() -> None:
    of_json = imported("check", "E0621", "--json")
    of_words = imported("check", "E0621")
    assert not of_json & (HEAVY | {"precert.cli.layout", "precert.cli.answer_page", "textwrap"})
    assert not of_words & (HEAVY | {"json"})


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no pseudo-terminal here")
@pytest.mark.parametrize("no_colour", [False, True])
def test_a_terminal_gets_colour_unless_told_otherwise(
    no_colour: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    if no_colour:
        environment["NO_COLOR"] = "1"
    with subprocess.Popen(
        [*PRECERT, "check", "E0470", "--on", "2026-03-02"], stdout=theirs, env=environment
    ) as process:
        os.close(theirs)
        printed = _all_of(ours)
    assert process.returncode == 0
    assert bool(re.search(r"\x1b\[(\d;)?3\d", printed)) is not no_colour
    words = re.sub(r"\x1b\[[0-9;]*m", "", printed).replace("\r", "")
    plain = start("check", "E0470", "--on", "2026-03-02").stdout
    assert [line.rstrip() for line in words.splitlines()] == plain.splitlines()


def _all_of(terminal: int) -> str:
    """Return all that was written to the terminal until it was closed, and close our end."""
    parts: list[bytes] = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:  # Linux says so when the other end was closed
        pass
    finally:
        os.close(terminal)
    return b"".join(parts).decode()


def test_a_receipt_goes_through_a_pipe(tmp_path: Path) -> None:
    receipt = start("check", "E0470", "--json").stdout
    assert start("verify", "-", stdin=receipt).stdout.startswith("identical")
    path = tmp_path / "receipt.json"
    path.write_text(receipt, encoding="utf-8")
    assert start("verify", str(path)).returncode == 0
