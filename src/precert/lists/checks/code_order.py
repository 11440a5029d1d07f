"""PC319: codes out of order, so that a reader who looks where a code should stand misses it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.codes import code_set
from precert.diagnostics import diagnostic
from precert.model.code import first_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.codes import CodeSet
    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import Code, Rule

    Runs = dict[tuple[str, CodeSet], list[Rule]]


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per program, at the first row whose code comes after a greater one.

    Each code set is judged by itself, and anew under each heading: a list may sort them so. A range
    stands where its first code does.
    """
    programs: dict[str, Runs] = defaultdict(lambda: defaultdict(list))
    for entry in reading.entries:
        rule = entry.rule
        programs[rule.program][rule.heading, code_set(first_code(rule.code))].append(rule)
    for program, runs in programs.items():
        descents = [
            (before, rule)
            for run in runs.values()
            for before, rule in pairwise(run)
            if first_code(rule.code) < first_code(before.code)
        ]
        if descents:
            before, rule = min(descents, key=lambda pair: pair[1].ref)
            yield diagnostic(
                "PC319",
                rule.ref,
                before.ref,
                program=program,
                misplaced=sum(map(_misplaced, runs.values())),
                codes=sum(map(len, runs.values())),
                procedure=rule.code,
                before=before.code,
            )


def _misplaced(rules: Sequence[Rule]) -> int:
    """Return how few codes would have to move: all but a longest ascending selection."""
    ends: list[Code] = []
    for rule in rules:
        code = first_code(rule.code)
        at = bisect_right(ends, code)
        ends[at : at + 1] = [code]
    return len(rules) - len(ends)
