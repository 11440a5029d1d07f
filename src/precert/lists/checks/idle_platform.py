"""PC305: a platform is printed on rows that are out of scope, where no case is built."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.checks._places import lines, rows
from precert.model import PAYER, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import SourceRef


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per program and platform, at its first row."""
    idle: dict[tuple[str, str], list[SourceRef]] = defaultdict(list)
    for entry in reading.entries:
        rule = entry.rule
        if rule.requirement is Requirement.OUT_OF_SCOPE and rule.platform not in (None, PAYER):
            idle[rule.program, rule.platform or ""].append(rule.ref)
    for (program, platform), refs in idle.items():
        yield diagnostic(
            "PC305",
            *refs,
            program=program,
            platform=platform,
            rows=rows(len(refs)),
            lines=lines(refs),
        )
