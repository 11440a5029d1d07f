"""Contestants, each a child process measured as a whole: wall and processor time, peak memory.

The process that measures stays small and does no work of its own: on Linux the peak of a child
that is started from a large process is never told lower than that process's own.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RUNS = 5
"""Counted runs of each contestant; the first, uncounted run warms the disk's cache."""

_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


class Contestant(NamedTuple):
    """A command and the file or folder it writes, which is removed before each run."""

    name: str
    command: Sequence[str]
    out: Path


class Run(NamedTuple):
    """One run: seconds on the wall, seconds of all processors, peak resident bytes."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A contestant's counted runs, and the bytes that it wrote."""

    name: str
    runs: tuple[Run, ...]
    written: int

    @property
    def wall(self) -> float:
        """The median seconds on the wall."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median seconds of all processors, user and system."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> int:
        """The largest peak of the runs, in bytes: so much must be there each time."""
        return max(run.peak for run in self.runs)

    @property
    def spread(self) -> float:
        """How noisy the machine was: the slowest run over the fastest."""
        return max(run.wall for run in self.runs) / min(run.wall for run in self.runs)


def module(name: str, *arguments: object) -> list[str]:
    """Return the command that runs a module of this package in a process of its own."""
    return [sys.executable, "-m", f"benchmarks.batch.{name}", *map(str, arguments)]


def output_of(command: Sequence[str]) -> str:
    """Return what the command prints. Raises `CalledProcessError` when it fails."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(contestants: Sequence[Contestant], runs: int = RUNS) -> list[Measured]:
    """Return the counted runs of each contestant, all of them in turn, after a warm-up of each."""
    taken: list[list[Run]] = [[] for _ in contestants]
    for turn in range(runs + 1):
        for of_one, contestant in zip(taken, contestants, strict=True):
            run = _run(contestant)
            if turn:
                of_one.append(run)
    return [
        Measured(contestant.name, tuple(of_one), _size(contestant.out))
        for contestant, of_one in zip(contestants, taken, strict=True)
    ]


def print_measured(title: str, measured: Sequence[Measured], baseline: str) -> None:
    """Print what each contestant took, and its ratio to the baseline's wall time."""
    base = next(one.wall for one in measured if one.name == baseline)
    runs = len(measured[0].runs)
    print(f"\n{title}\n(medians of {runs}; peak: the largest; spread: slowest / fastest)")
    width = max(len(one.name) for one in measured)
    print(f"  {'':<{width}} {'wall':>9} {'cpu':>9} {'peak':>9} {'written':>9} {'ratio':>8} spread")
    for one in measured:
        print(
            f"  {one.name:<{width}} {one.wall:7.2f} s {one.cpu:7.2f} s {one.peak / 1e6:6.0f} MB"
            f" {one.written / 1e6:6.0f} MB {one.wall / base:6.2f} x {one.spread:6.2f}"
        )
    sys.stdout.flush()


def _run(contestant: Contestant) -> Run:
    """Return what one run took, from the start of the process to its end.

    Raises `CalledProcessError` when it fails, having printed what the command said.
    """
    _remove(contestant.out)
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(contestant.command, stdout=subprocess.DEVNULL, stderr=said)
        # `wait4` tells of this child alone, and of the children that it waited for.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace"))
            raise subprocess.CalledProcessError(child.returncode, contestant.command)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _PEAK_UNIT)


def _remove(out: Path) -> None:
    if out.is_dir():  # an engine may write a folder of parts
        shutil.rmtree(out)
    else:
        out.unlink(missing_ok=True)


def _size(out: Path) -> int:
    files = out.rglob("*") if out.is_dir() else [out]
    return sum(file.stat().st_size for file in files if file.is_file())
