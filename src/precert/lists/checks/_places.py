"""The places and things that a sentence names, in words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.model import SourceRef

_SHOWN = 4
"""Stretches of lines that a sentence names; `related` holds every place."""


def lines(refs: Sequence[SourceRef]) -> str:
    """Return the lines as a sentence names them: `line 7`, `lines 7-9 and 12`.

    Of more than four stretches, the first are named and the lines of the others are counted. Lines
    of several pages or sheets are named with theirs: `page 3, lines 7-9; page 4, line 2`.
    """
    by_part: dict[str, list[int]] = {}
    for ref in sorted(refs, key=lambda ref: ref.order):
        part = ref.place.rpartition(", ")[0]
        by_part.setdefault(f"{part}, " if part else "", []).append(ref.line)
    return "; ".join(f"{part}{_numbered(numbers)}" for part, numbers in by_part.items())


def _numbered(numbers: Sequence[int]) -> str:
    stretches = _stretches(numbers)
    named = [str(first) if first == last else f"{first}-{last}" for first, last in stretches]
    rest = sum(last - first + 1 for first, last in stretches[_SHOWN:])
    if rest:
        named[_SHOWN:] = [f"{rest} more"]
    return f"{'line' if len(numbers) == 1 else 'lines'} {listed(named)}"


def listed(names: Sequence[str]) -> str:
    """Return the names as one phrase: `a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def rows(count: int) -> str:
    """Return the count of rows: `1 row`, `2 rows`."""
    return f"{count} row{'' if count == 1 else 's'}"


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last number of each unbroken stretch."""
    breaks = [at for at, (n, after) in enumerate(pairwise(numbers), 1) if after > n + 1]
    return [
        (numbers[start], numbers[end - 1]) for start, end in pairwise((0, *breaks, len(numbers)))
    ]
