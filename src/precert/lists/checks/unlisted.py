"""PC318, PC322: "unlisted" said of a listed code, and an unlisted code that is not marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.checks._places import lines
from precert.lists.markup import plain
from precert.model import DescribeProcedure, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry, ListReading
    from precert.lists.layout import Layout


def check(reading: ListReading, layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row whose description and note or decision disagree.

    A description that is blank says nothing. That an unlisted code is marked like any other is told
    only where the list has a mark of its own for unlisted codes and prints it on some row.
    """
    marked = [
        entry.rule.ref
        for entry in reading.entries
        if entry.rule.requirement is Requirement.UNLISTED
    ]
    for entry in reading.entries:
        rule = entry.rule
        is_unlisted = _says(entry, "description", layout)
        if is_unlisted is False and (
            rule.requirement is Requirement.UNLISTED or _says(entry, "note", layout)
        ):
            yield diagnostic("PC318", rule.ref, procedure=rule.code)
        elif is_unlisted and marked and _is_plain(entry):
            yield diagnostic(
                "PC322",
                rule.ref,
                *marked,
                procedure=rule.code,
                decision=repr(plain(entry.printed.get("decision", ""))),
                marked=lines(marked),
            )


def _says(entry: Entry, field: str, layout: Layout) -> bool | None:
    """Return whether the field holds one of the layout's phrases for unlisted; None for a blank."""
    text = entry.printed.get(field, "").strip()
    if not text:
        return None
    lowered = text.casefold()
    return any(
        phrase.key in lowered and phrase.pattern.search(plain(text)) is not None
        for phrase in layout.unlisted
    )


def _is_plain(entry: Entry) -> bool:
    """Return whether the row asks for authorization and for no description of the procedure."""
    return entry.rule.requirement is Requirement.REQUIRED and not any(
        isinstance(condition, DescribeProcedure) for condition in entry.rule.conditions
    )
