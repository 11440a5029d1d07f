"""Times functions and whole commands, several runs in turn, and prints the medians as a table."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

RUNS = 7
"""Counted runs of each contestant; the first, uncounted run warms caches and writes bytecode."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds per call over the counted runs."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """How noisy the machine was: the largest run over the smallest."""
        return max(self.seconds) / min(self.seconds)


def time_calls(contestants: Mapping[str, tuple[Callable[[], object], int]]) -> list[Timing]:
    """Return the seconds per call of each function, runs of all of them in turn.

    A contestant is a function that does its work a number of times, and that number.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for run in range(RUNS + 1):
        for name, (function, calls) in contestants.items():
            start = time.perf_counter()
            function()
            elapsed = time.perf_counter() - start
            if run:
                seconds[name].append(elapsed / calls)
    return [Timing(name, tuple(runs)) for name, runs in seconds.items()]


def time_commands(commands: Mapping[str, Sequence[str]]) -> list[Timing]:
    """Return the wall seconds of each command as a whole process, runs of all of them in turn."""

    def run(command: Sequence[str]) -> Callable[[], object]:
        return lambda: subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    return time_calls({name: (run(command), 1) for name, command in commands.items()})


def print_table(title: str, timings: Sequence[Timing], baseline: str) -> None:
    """Print each timing, and its ratio to the baseline's median."""
    base = next(timing.median for timing in timings if timing.name == baseline)
    print(f"\n{title} (median of {RUNS} runs; spread = slowest run / fastest run)")
    width = max(len(timing.name) for timing in timings)
    for timing in timings:
        ratio = timing.median / base
        print(
            f"  {timing.name:<{width}}  {_readable(timing.median):>10}"
            f"  {ratio:9.2f} x  spread {timing.spread:4.2f}"
        )
    sys.stdout.flush()


def _readable(seconds: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if seconds * scale >= 1:
            return f"{seconds * scale:.2f} {unit}"
    return f"{seconds * 1e6:.3f} us"
