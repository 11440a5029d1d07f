"""PC312: a row that speaks of a plan of another line of business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout


def check(reading: ListReading, layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row that prints the name of one of the layout's plans."""
    plans = {plan: words(plan) for plan in layout.plans}
    telling = {plan: max(named.split(), key=len) for plan, named in plans.items() if named}
    for entry in reading.entries:
        said = "\t".join(entry.printed.values()).casefold()
        for plan, word in telling.items():
            if word in said and _names(entry.printed, plans[plan]):
                yield diagnostic(
                    "PC312",
                    entry.rule.ref,
                    procedure=entry.rule.code,
                    plan=plan,
                    line_of_business=layout.line_of_business,
                )


def _names(printed: Mapping[str, str], plan: str) -> bool:
    return any(f" {plan} " in f" {words(cell)} " for cell in printed.values())
