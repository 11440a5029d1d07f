"""PC316, PC317: an add-on by its description that is marked otherwise, and the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import plain
from precert.model import AddOnTo, Requirement, WithCode, WithProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import Rule


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row; a companion condition explains an add-on by itself."""
    for entry in reading.entries:
        rule = entry.rule
        decision = repr(plain(entry.printed.get("decision", "")))
        if rule.requirement is Requirement.REQUIRED and rule.descriptor_add_on:
            yield diagnostic("PC316", rule.ref, procedure=rule.code, decision=decision)
        elif rule.requirement is Requirement.ADD_ON and not _is_explained(rule):
            yield diagnostic("PC317", rule.ref, procedure=rule.code, decision=decision)


def _is_explained(rule: Rule) -> bool:
    return rule.descriptor_add_on or any(
        isinstance(condition, (WithProgram, WithCode, AddOnTo)) for condition in rule.conditions
    )
