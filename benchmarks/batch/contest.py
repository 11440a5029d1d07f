"""The contest: `precert batch` against a copy, bare joins, and an analyst's own code in pandas."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks.batch import precert_command
from benchmarks.batch.measured import Contestant, measure, module, output_of, print_measured

if TYPE_CHECKING:
    from pathlib import Path

COPY, BARE, PANDAS, PRECERT = "copy, no answers", "bare join", "pandas", "precert batch"


def contest(lines: Path, folder: Path, runs: int, *, pandas: bool) -> None:
    """Print what each contestant takes for the book of lines, and how many answers differ."""
    output_of(module("answers", folder))
    contestants = _contestants(lines, folder, pandas=pandas)
    measured = measure(contestants, runs)
    print_measured("The same columns for the same lines, whole process", measured, BARE)
    walls = {one.name: one.wall for one in measured}
    if {PANDAS, PRECERT} <= walls.keys():
        print(f"  {PANDAS} takes {walls[PANDAS] / walls[PRECERT]:.1f} times as long as {PRECERT}")
    outs = {one.name: one.out for one in contestants}
    if PRECERT in outs:
        for name in (one for one in (BARE, PANDAS) if one in outs):
            _print_differing(name, json.loads(output_of(_differing(outs[PRECERT], outs[name]))))


def _contestants(lines: Path, folder: Path, *, pandas: bool) -> list[Contestant]:
    copied = folder / "copied.parquet"
    contestants = [Contestant(COPY, module("copy_lines", lines, copied), copied)]
    for how in ("text", "ordered", "enum"):
        out = folder / f"join-{how}.parquet"
        command = module("bare_join", lines, folder / "answers.parquet", out, how)
        contestants.append(Contestant(BARE if how == "text" else f"{BARE}, {how}", command, out))
    if pandas and find_spec("pandas"):
        out = folder / "pandas.parquet"
        contestants.append(Contestant(PANDAS, module("pandas_merge", lines, folder, out), out))
    elif pandas:
        print("pandas is not installed: pip install --group bench")
    if precert_command.has("--memory"):
        out = folder / "precert.parquet"
        contestants.append(Contestant(PRECERT, precert_command.command(lines, out), out))
    return contestants


def _differing(precert: Path, other: Path) -> list[str]:
    return module("differing", precert, other)


def _print_differing(name: str, counts: dict[str, int]) -> None:
    """Print which share of the lines a contestant answers otherwise, and in which column."""
    lines = counts.pop("lines")
    shares = ", ".join(f"{what} {count / lines:.2%}" for what, count in counts.items())
    print(f"  {name} answers otherwise than {PRECERT}: {shares}")
