"""PC309: a row without a category, in a program whose other rows have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row; a placeholder in the cell is another diagnostic's."""
    categorized = {entry.rule.program for entry in reading.entries if entry.rule.category}
    for entry in reading.entries:
        rule = entry.rule
        if (
            rule.program in categorized
            and "category" in entry.printed
            and not entry.printed["category"].strip()
        ):
            yield diagnostic("PC309", rule.ref, procedure=rule.code, program=rule.program)
