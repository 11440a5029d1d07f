"""PC324: a category that names another program of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row; a category is one name, or several with slashes between."""
    programs = {words(program.name): program.name for program in reading.programs}
    ruled = {(entry.rule.program, entry.rule.code) for entry in reading.entries}
    for entry in reading.entries:
        rule = entry.rule
        category = plain(rule.category)
        for part in category.split("/"):
            named = programs.get(words(part), rule.program)
            if named != rule.program:
                found = "has" if (named, rule.code) in ruled else "does not have"
                yield diagnostic(
                    "PC324",
                    rule.ref,
                    procedure=rule.code,
                    category=repr(category),
                    program=rule.program,
                    named=named,
                    found=found,
                )
