"""Where `precert batch` spends its seconds: the stages it tells of, and what lies around them.

Prints a JSON object of seconds by stage, in their order.

    python -m benchmarks.batch.engine_stages lines.parquet out.parquet [rulebook]
"""

import json
import sys
import time
from pathlib import Path

START = time.perf_counter()

# ruff: noqa: E402 - the imports are the first stage
import duckdb  # noqa: F401 - `determine_files` imports it when it is called

from precert import load_rulebook
from precert.batch.files import determine_files
from precert.rulebook import read_rulebook


def main(lines: str, out: str, folder: str | None = None) -> None:
    """Answer the lines, and print the seconds of each stage by its name."""
    stages = {"imports": time.perf_counter() - START}
    start = time.perf_counter()
    rulebook = read_rulebook(Path(folder)) if folder else load_rulebook()
    stages["the rulebook"] = time.perf_counter() - start
    start = time.perf_counter()
    run = determine_files([lines], out, rulebook, force=True)
    took = time.perf_counter() - start
    for name, seconds in run.stages:
        stages[name] = stages.get(name, 0.0) + seconds
    stages["around the stages"] = took - sum(seconds for _, seconds in run.stages)
    print(json.dumps(stages))


if __name__ == "__main__":
    main(*sys.argv[1:])
