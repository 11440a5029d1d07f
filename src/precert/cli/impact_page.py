"""What another edition changes for orders, as a part of a page: counts, and the first lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.changed_lines import Urgency
from precert.cli.blocks import Heading, Item, Table
from precert.cli.impact_words import URGENCIES, headline, notes, sides_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.batch.changed_lines import Impact
    from precert.cli.blocks import Block
    from precert.cli.diff_report import DiffReport

FIRST = 20
"""How many changed lines a page shows."""
_FIRST_REJECTS = 5
_TONES = {
    Urgency.NEEDS_AUTH: "act",
    Urgency.DENIAL: "stop",
    Urgency.ELSEWHERE: "act",
    Urgency.TO_ASK: "open",
    Urgency.NO_AUTH: "clear",
}


def impact_page(impact: Impact, report: DiffReport) -> Iterator[Block]:
    """Yield what changes for the orders."""
    yield Heading(headline(impact))
    yield from map(Item, notes(impact, report))
    if impact.changed:
        yield _by_urgency(impact)
        yield _by_change(impact)
        yield _changed(impact, report)
        if len(impact.changed) > FIRST:
            yield Item(
                f"These are the first {FIRST} of {len(impact.changed):,}, the most urgent first; "
                "--format csv, html and json say all."
            )
    if impact.rejected:
        yield from _rejected(impact)


def _by_urgency(impact: Impact) -> Table:
    rows = [
        (f"{count.orders:,}", f"{count.lines:,}", URGENCIES[urgency])
        for urgency, count in impact.by_urgency.items()
    ]
    tones = [_TONES[urgency] for urgency in impact.by_urgency]
    header = ("Orders", "Lines", "What it is now")
    return Table(header, rows, right=(0, 1), tones=tones, toned=2)


def _by_change(impact: Impact) -> Table:
    rows = [
        (f"{count.orders:,}", f"{count.lines:,}", change)
        for change, count in impact.by_change.items()
    ]
    return Table(("Orders", "Lines", "Change"), rows, right=(0, 1), toned=2)


def _changed(impact: Impact, report: DiffReport) -> Table:
    rows = [
        (
            *(line.order_id, line.line, line.code, str(line.date_of_service)),
            *sides_in_words(line, report),
            str(line.since or "-"),
        )
        for line in impact.changed[:FIRST]
    ]
    header = ("Order", "Line", "Code", "Service", "Before", "After", "From")
    tones = [_TONES[line.urgency] for line in impact.changed[:FIRST]]
    return Table(header, rows, tones=tones, toned=5)


def _rejected(impact: Impact) -> Iterator[Block]:
    count = len(impact.rejected)
    first = f", the first {_FIRST_REJECTS} of {count:,}" if count > _FIRST_REJECTS else f": {count}"
    yield Heading(f"Rejected, not compared{first}")
    for reject in impact.rejected[:_FIRST_REJECTS]:
        yield Item(f"{reject.file}:{reject.line}: {reject.reason}")
