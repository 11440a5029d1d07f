"""PC325: a limit is printed on rows that are out of scope, where this vendor reviews nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.checks._places import lines, rows
from precert.model import DescribeProcedure, Purchase, PurchaseAbove, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import Condition, SourceRef


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per program and limit, at its first row.

    The place of service is no limit of a row: it goes with the program.
    """
    idle: dict[tuple[str, str], list[SourceRef]] = defaultdict(list)
    for entry in reading.entries:
        rule = entry.rule
        if rule.requirement is Requirement.OUT_OF_SCOPE and rule.conditions:
            for limit in filter(None, map(_in_words, rule.conditions)):
                idle[rule.program, limit].append(rule.ref)
    for (program, limit), refs in idle.items():
        yield diagnostic(
            "PC325", *refs, program=program, limit=limit, rows=rows(len(refs)), lines=lines(refs)
        )


def _in_words(condition: Condition) -> str:
    match condition:
        case Purchase():
            return "purchase only"
        case PurchaseAbove(components):
            return f"purchase only with more than {components} components"
        case DescribeProcedure():
            return "describe the procedure"
        case _:
            return ""
