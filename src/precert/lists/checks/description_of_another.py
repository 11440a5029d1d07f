"""PC313, PC315: the description of another code, and one description for several codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.checks._descriptions import by_code, by_description
from precert.lists.checks._places import lines, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry, ListReading
    from precert.lists.layout import Layout
    from precert.model import Code, CodeRange


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row (PC313) and one per description (PC315), at its first row.

    A description is another code's when that code never has a different one, while this code does.
    """
    described = by_description(reading)
    descriptions = by_code(described)
    for entries in described.values():
        codes = {entry.rule.code for entry in entries}
        if len(codes) == 1:
            continue
        owners = {code for code in codes if len(descriptions[code]) == 1}
        if owners:
            for entry in entries:
                if entry.rule.code not in owners:
                    yield _borrowed(entry, entries, owners, described)
            entries = [entry for entry in entries if entry.rule.code in owners]  # noqa: PLW2901
        if len(owners or codes) > 1:
            yield _shared(entries)


def _borrowed(
    entry: Entry,
    entries: Sequence[Entry],
    owners: set[Code | CodeRange],
    described: Mapping[str, Sequence[Entry]],
) -> Diagnostic:
    code = entry.rule.code
    owned = [other.rule.ref for other in entries if other.rule.code in owners]
    elsewhere = [
        other.rule.ref
        for others in described.values()
        if others is not entries
        for other in others
        if other.rule.code == code
    ]
    return diagnostic(
        "PC313",
        entry.rule.ref,
        *owned,
        *elsewhere,
        procedure=code,
        owners=listed(sorted(map(str, owners))),
        owned=lines(owned),
        elsewhere=lines(elsewhere),
    )


def _shared(entries: Sequence[Entry]) -> Diagnostic:
    refs = [entry.rule.ref for entry in entries]
    codes = dict.fromkeys(str(entry.rule.code) for entry in entries)
    return diagnostic("PC315", *refs, codes=listed(list(codes)), lines=lines(refs))
