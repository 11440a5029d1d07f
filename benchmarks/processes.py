"""Whole processes: cold start of the command line, and import of a published list."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import print_table, time_commands

LIST_NAME = "cigna-commercial.md"


def main() -> None:
    """Print the table of cold starts and, where the list is at hand, of its import."""
    precert = [sys.executable, "-m", "precert"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "precert check 72148 --json": [*precert, "check", "72148", "--json"],
        "precert check 72148": [*precert, "check", "72148"],
        "precert check of 8 codes": [
            *(*precert, "check", "27447", "29826", "63047", "22899"),
            *("62323", "78434", "E0601", "96413"),
        ],
    }
    print_table("Cold start, whole process", time_commands(commands), "python -c pass")
    published = Path(os.environ.get("PRECERT_LISTS", "../shared/lists")) / LIST_NAME
    if not published.is_file():
        print(f"\nImport: {published} is not there; tell its folder with PRECERT_LISTS")
        return
    with tempfile.TemporaryDirectory() as folder:
        importing = [*precert, "import", str(published), "--effective-from", "2026-01-01"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "precert import": [*importing, "-o", f"{folder}/rulebook", "--force"],
            "precert lint --severity error": [
                *("sh", "-c", '"$@" || test $? -eq 1', "lint"),  # 1: errors were found
                *(*precert, "lint", str(published), "--severity", "error"),
            ],
        }
        title = "Import of the published list (1,996 lines), whole process"
        print_table(title, time_commands(commands), "python -c pass")


if __name__ == "__main__":
    main()
