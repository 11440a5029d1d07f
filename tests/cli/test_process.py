"""The command as a process: exit codes, pipes, a terminal, and what a cold start imports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.invented import LIST

PRECERT = [sys.executable, "-m", "precert"]
FULL = Path("/dev/full")


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


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [("check", "E0621"), ("check", "E0621", "--json"), ("rulebook",), ("--help",)]
)
def test_a_full_disk_is_a_message_and_1(arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [*PRECERT, *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: the output could not be written (")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="no shell closes a stream here")
@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        (">&-", 1, b"Error: standard output is closed"),
        (">&- 2>&-", 1, b""),
        ("--order - <&-", 2, b"Error: standard input cannot be opened (it is closed)"),
    ],
)
def test_a_closed_stream_is_a_message(closed: str, code: int, said: bytes) -> None:
    codes = "" if "--order" in closed else "E0621"
    shell = f"exec '{sys.executable}' -m precert check {codes} {closed}"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr.startswith(said)
    assert done.stderr.count(b"\n") <= 1


@pytest.mark.parametrize(
    "encoding",
    ["ascii", *(pytest.param(one, marks=pytest.mark.slow) for one in ("cp1252", "latin-1"))],
)
@pytest.mark.parametrize("arguments", [("lint",), ("show", "A7030", "--document")])
def test_what_a_stream_cannot_encode_is_escaped(
    tmp_path: Path, encoding: str, arguments: tuple[str, ...]
) -> None:
    path = tmp_path / "caf\u00e9-\u2264.md"
    path.write_text(LIST.replace("Perhaps", "\u2264 Perhaps"), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [*PRECERT, *arguments, str(path)], capture_output=True, env=environment, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == (1 if arguments == ("lint",) else 0)


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
    assert not of_json & (HEAVY | {"precert.cli.page_lines", "precert.cli.answer_page", "textwrap"})
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


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no pseudo-terminal here")
def test_a_terminal_that_knows_only_ascii_gets_escapes(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(LIST.replace("Face mask", "Face \u2264 mask"), encoding="utf-8")
    book, dated = str(tmp_path / "book"), ("--effective-from", "2026-01-01")
    assert start("import", str(path), "-o", book, *dated).returncode == 0
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "ascii"}
    shown = [*PRECERT, "show", "A7030", "--rulebook", book, "--document", str(path)]
    with subprocess.Popen(shown, stdout=theirs, env=environment) as process:
        os.close(theirs)
        printed = _all_of(ours)
    assert process.returncode == 0
    assert "\\u2264 mask" in printed


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
