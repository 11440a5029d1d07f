"""PC206: a heading prints a decision, and every row beneath it prints another."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.answers import decide
from precert.lists.checks._places import lines, listed, rows
from precert.lists.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry, ListReading
    from precert.lists.layout import Layout


def check(reading: ListReading, layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per heading that all of its rows contradict."""
    members = _members(reading)
    for heading, entries in zip(reading.headings, members, strict=True):
        decided = decide(heading.decision, layout)
        if decided is None or not entries:
            continue
        if all(entry.rule.requirement is not decided[0] for entry in entries):
            refs = [entry.rule.ref for entry in entries]
            said = dict.fromkeys(plain(entry.printed.get("decision", "")) for entry in entries)
            yield diagnostic(
                "PC206",
                heading.ref,
                *refs,
                decision=plain(heading.decision),
                rows=rows(len(entries)),
                said=listed([repr(decision) for decision in said]),
                lines=lines(refs),
            )


def _members(reading: ListReading) -> list[list[Entry]]:
    """Return the entries beneath each heading."""
    place = {ref: at for at, ref in enumerate(reading.refs)}
    starts = [place[heading.ref] for heading in reading.headings]
    members: list[list[Entry]] = [[] for _ in starts]
    for entry in reading.entries:
        at = bisect(starts, place[entry.rule.ref]) - 1
        if entry.rule.heading and at >= 0:
            members[at].append(entry)
    return members
