"""What another edition changes for orders, as sections of an HTML report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.impact_words import URGENCIES, headline, notes, sides_in_words
from precert.cli.reports.frame import Section
from precert.cli.reports.markup import Markup, element, joined
from precert.cli.reports.tables import Cell, counted, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from precert.batch.changed_lines import ChangedLine, Count, Impact
    from precert.cli.diff_report import DiffReport
    from precert.cli.reports.tables import Line

_HEADER = ("Order", "Line", "Code", "Date of service", "Before", "After", "From")


def impact_sections(impact: Impact, report: DiffReport) -> Iterator[Section]:
    """Yield the counts, the changed lines of each urgency, and the lines that were not compared."""
    said = [element("p", note, class_="note") for note in notes(impact, report)]
    counts = [_urgencies(impact), _changes(impact)] if impact.changed else []
    yield Section("orders", headline(impact), joined((*said, *counts)))
    for urgency in impact.by_urgency:
        lines = [line for line in impact.changed if line.urgency is urgency]
        words = URGENCIES[urgency]
        heading = f"Orders: {words} ({len({line.order_id for line in lines}):,})"
        yield Section(f"orders-{urgency.value}", heading, _changed(lines, words, report))
    if impact.rejected:
        heading = f"Lines that were not compared: {len(impact.rejected):,}"
        yield Section("orders-rejected", heading, _rejected(impact))


def _urgencies(impact: Impact) -> Markup:
    words = {URGENCIES[urgency]: count for urgency, count in impact.by_urgency.items()}
    return _counted("What changed orders ask for, the most urgent first", "What it is now", words)


def _changes(impact: Impact) -> Markup:
    return _counted("What the answers were and are", "Change", impact.by_change)


def _counted(caption: str, name: str, counts: Mapping[str, Count]) -> Markup:
    most = max(count.lines for count in counts.values())
    groups: list[list[Line]] = [
        [[words, counted(count.orders, most), counted(count.lines, most)]]
        for words, count in counts.items()
    ]
    return table(caption, (name, "Orders", "Lines"), groups, numbers=(1, 2))


def _changed(lines: list[ChangedLine], words: str, report: DiffReport) -> Markup:
    groups: list[list[Line]] = [
        [
            [
                *(line.order_id, line.line, line.code),
                Cell(str(line.date_of_service), "place"),
                *sides_in_words(line, report),
                Cell(str(line.since or "-"), "place"),
            ]
        ]
        for line in lines
    ]
    return table(f"Order lines, by date of service: {words}", _HEADER, groups)


def _rejected(impact: Impact) -> Markup:
    groups: list[list[Line]] = [
        [[reject.file, str(reject.line), reject.reason]] for reject in impact.rejected
    ]
    return table("Lines without an answer, and why", ("File", "Line", "Reason"), groups)
