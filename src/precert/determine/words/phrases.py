"""Small pieces of sentences: names and numbers as people enumerate them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_A_RUN = 3  # from so many numbers in a row on, only the first and the last are named


def either(names: Iterable[str]) -> str:
    """Return `A`, `A or B`, `A, B or C`; nothing for no names."""
    return _joined(names, "or")


def and_list(names: Iterable[str]) -> str:
    """Return `A`, `A and B`, `A, B and C`; nothing for no names."""
    return _joined(names, "and")


def lines_in_words(lines: Sequence[int]) -> str:
    """Return `line 1`, `lines 1 and 2`, `lines 1 to 3, 5 and 9`; the lines ascend."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    parts: list[str] = []
    for _, group in groupby(enumerate(lines), key=lambda numbered: numbered[1] - numbered[0]):
        run = [line for _, line in group]
        parts += [f"{run[0]} to {run[-1]}"] if len(run) >= _A_RUN else map(str, run)
    return f"lines {and_list(parts)}"


def _joined(names: Iterable[str], last_by: str) -> str:
    *others, last = ("", *names)
    return f"{', '.join(others[1:])} {last_by} {last}" if others[1:] else last
