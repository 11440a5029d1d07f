"""Where the seconds of `precert batch` go, beside those of the bare join."""

from __future__ import annotations

import json
import statistics
import subprocess
from typing import TYPE_CHECKING

from benchmarks.batch.measured import Contestant, measure, module, output_of

if TYPE_CHECKING:
    from pathlib import Path

RUNS = 3


def stages(lines: Path, folder: Path, runs: int) -> None:
    """Print the median seconds of each stage, and each as a share of the bare join's wall time."""
    out = folder / "staged.parquet"
    output_of(module("answers", folder))
    command = module("bare_join", lines, folder / "answers.parquet", out, "text")
    (bare,) = measure([Contestant("bare join", command, out)], min(runs, RUNS))
    command = module("engine_stages", lines, out)
    try:
        taken = [json.loads(output_of(command)) for _ in range(min(runs, RUNS) + 1)][1:]
    except subprocess.CalledProcessError:
        print("\nThe stages could not be run; what went wrong stands above")
        return
    print(f"\nStages in one process (medians of {len(taken)}), beside the bare join")
    width = max(map(len, taken[0]))
    print(f"  {'bare join, whole process':<{width}} {bare.wall:7.2f} s   1.00 x")
    for name in taken[0]:
        seconds = statistics.median(run[name] for run in taken)
        print(f"  {name:<{width}} {seconds:7.2f} s {seconds / bare.wall:6.2f} x")
