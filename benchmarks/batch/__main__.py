"""The benchmark of `precert batch`: `python -m benchmarks.batch` prints its tables.

All files lie in a temporary folder, which is removed at the end. For ten million lines pandas needs
9 GB of memory; the largest made rulebook needs 4 GB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.batch.contest import contest
from benchmarks.batch.engines import engines
from benchmarks.batch.growth import RULES, more_lines, more_rules
from benchmarks.batch.measured import RUNS, module, output_of
from benchmarks.batch.stages import stages

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = ("contest", "stages", "lines", "rules", "engines")
FEW = 1_000_000
"""Lines under the made rulebooks and by both engines; fewer where fewer are asked for."""


def main(words: Sequence[str]) -> None:
    """Run the parts that are asked for, all by default."""
    told = _options(words)
    missing = [name for name in ("duckdb", "pyarrow") if not find_spec(name)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; pip install '.[batch]'")
    with tempfile.TemporaryDirectory(prefix="precert-bench-", dir=told.folder) as made:
        folder = Path(made)
        many = _book(told, told.lines, folder)
        few = min(FEW, told.lines)
        if "contest" in told.parts:
            contest(many, folder, told.runs, pandas=not told.no_pandas)
        if "stages" in told.parts:
            stages(many, folder, told.runs)
        if "lines" in told.parts:
            more_lines(_book(told, told.lines // 10, folder), many, folder, told.runs)
        if "rules" in told.parts:
            more_rules(few, told.rules, folder, told.runs)
        if "engines" in told.parts:
            engines(_book(told, few, folder), folder, told.runs)


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--lines", type=int, default=10_000_000, help="default: ten million")
    parser.add_argument("--rules", type=int, default=RULES[-1], help="the largest made rulebook")
    parser.add_argument("--runs", type=int, default=RUNS, help="counted runs of each contestant")
    parser.add_argument("--uniform", action="store_true", help="all codes alike, not by Zipf")
    parser.add_argument("--no-pandas", action="store_true", help="leave pandas out of the contest")
    parser.add_argument("--folder", help="where the temporary folder is made")
    told = parser.parse_args(words)
    unknown = set(told.parts) - set(PARTS)
    if unknown:
        parser.error(f"read {', '.join(sorted(unknown))}, expected {', '.join(PARTS)}")
    told.parts = told.parts or list(PARTS)
    return told


def _book(told: argparse.Namespace, lines: int, folder: Path) -> Path:
    """Return the made book of so many lines, made where it is missing."""
    book = folder / f"lines-{lines}.parquet"
    if not book.exists():
        uniform = ["--uniform"] if told.uniform else []
        output_of(module("make", lines, book, *uniform))
        print(f"{lines:,} lines in {lines * 2 // 5:,} orders: {book.stat().st_size / 1e6:.0f} MB")
    return book


if __name__ == "__main__":
    main(sys.argv[1:])
