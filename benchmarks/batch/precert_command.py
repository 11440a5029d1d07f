"""The `precert batch` command as a contestant: what it is called with, and whether it is there."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BATCH = (sys.executable, "-m", "precert", "batch")


def command(lines: Path, out: Path, *options: str) -> Sequence[str]:
    """Return the command that answers the lines into `out`.

    `--force`, for the file of the rejects of the run before is not removed.
    """
    return [*_BATCH, str(lines), str(out), "--force", *options]


def has(option: str) -> bool:
    """Return whether there is a `precert batch` here that takes the option; say so if not."""
    there = option in _help()
    if not there:
        print(f"`precert batch` is not here, or takes no {option}: left out")
    return there


@cache
def _help() -> str:
    """Return what `precert batch --help` prints; nothing where there is no such command."""
    asked = subprocess.run([*_BATCH, "--help"], check=False, capture_output=True, text=True)
    return asked.stdout if asked.returncode == 0 else ""
