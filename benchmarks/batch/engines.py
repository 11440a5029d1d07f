"""The two engines of `precert batch` on the same lines: their times, and that they answer alike."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks.batch import precert_command
from benchmarks.batch.measured import Contestant, measure, module, output_of, print_measured

if TYPE_CHECKING:
    from pathlib import Path

RUNS = 3
EMBEDDED, SPARK = "duckdb", "spark"


def engines(lines: Path, folder: Path, runs: int) -> None:
    """Print what each engine takes, and a checksum of all columns of its lines sorted by line.

    Raises AssertionError where the checksums differ: the engines have one semantics.
    """
    if not precert_command.has("--engine"):
        return
    if not find_spec("pyspark"):
        print("pyspark is not installed: pip install '.[spark]'")
        return
    contestants = [
        _contestant(lines, EMBEDDED, folder / "by-duckdb.parquet"),
        _contestant(lines, SPARK, folder / "by-spark.parquet"),
    ]
    measured = measure(contestants, min(runs, RUNS))
    print_measured("precert batch, by engine", measured, EMBEDDED)
    print(f"  cpu and peak of {SPARK}: its Python driver alone, without the JVM and the workers")
    sums = {one.name: output_of(module("differing", one.out)).strip() for one in contestants}
    for name, checksum in sums.items():
        print(f"  {name}: {checksum}")
    if len(set(sums.values())) > 1:
        message = f"the engines answer differently: {sums}"
        raise AssertionError(message)


def _contestant(lines: Path, engine: str, out: Path) -> Contestant:
    return Contestant(engine, precert_command.command(lines, out, "--engine", engine), out)
