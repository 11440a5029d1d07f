"""Growth: more lines, little memory, and ever larger rulebooks under the same number of lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.batch import precert_command
from benchmarks.batch.measured import Contestant, measure, module, output_of, print_measured

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.batch.measured import Measured

RUNS = 3  # what is seen here are multiples, not percents
RUNS_OF_RULES = 2  # a million rules take a minute
MEMORY = "512MB"
RULES = (10_000, 100_000, 1_000_000)


def more_lines(few: Path, many: Path, folder: Path, runs: int) -> None:
    """Print what `precert batch` takes for a tenth of the lines, for all, and in little memory."""
    if not precert_command.has("--memory"):
        return
    contestants = [
        _contestant("a tenth of the lines", folder, few),
        _contestant("all lines", folder, many),
        _contestant(f"all lines, --memory {MEMORY}", folder, many, "--memory", MEMORY),
    ]
    measured = measure(contestants, min(runs, RUNS))
    print_measured("precert batch, ten times the lines", measured, contestants[0].name)


def more_rules(lines: int, rules: int, folder: Path, runs: int) -> None:
    """Print what `precert batch` takes for as many lines under rulebooks of up to `rules` rules."""
    if not precert_command.has("--rulebook"):
        return
    sizes = [size for size in RULES if size <= rules]
    contestants = [
        _contestant(
            f"{size:,} rules",
            folder,
            _book(lines, size, folder),
            *("--rulebook", str(_rulebook(size, folder))),
        )
        for size in sizes
    ]
    measured = measure(contestants, min(runs, RUNS_OF_RULES))
    title = f"precert batch of {lines:,} lines, ten times the rules"
    print_measured(title, measured, contestants[0].name)
    _print_per_rule(measured, sizes)


def _contestant(name: str, folder: Path, lines: Path, *options: str) -> Contestant:
    out = folder / f"{name.replace(' ', '-')}.parquet"
    return Contestant(name, precert_command.command(lines, out, *options), out)


def _rulebook(rules: int, folder: Path) -> Path:
    """Return the folder of the made rulebook of that size, made where it is missing."""
    made = folder / f"rulebook-{rules}"
    if not made.exists():
        output_of(module("made_rulebook", rules, made))
    return made


def _book(lines: int, rules: int, folder: Path) -> Path:
    """Return a book of lines that asks for all codes of the rulebook alike."""
    book = folder / f"lines-of-{rules}-rules.parquet"
    output_of(module("make", lines, book, "--uniform", "--rulebook", _rulebook(rules, folder)))
    return book


def _print_per_rule(measured: Sequence[Measured], sizes: Sequence[int]) -> None:
    """Print what each further rule costs, from one size to the next."""
    for (small, fewer), (large, more) in pairwise(zip(measured, sizes, strict=True)):
        seconds = (large.wall - small.wall) / (more - fewer)
        held = (large.peak - small.peak) / (more - fewer)
        print(
            f"  from {small.name} to {large.name}: {seconds * 1e6:.1f} us and {held:.0f} B a rule"
        )
