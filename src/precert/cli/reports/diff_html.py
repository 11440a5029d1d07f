"""The differences of two editions as an HTML report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.diff_page import (
    ONE_SIDED,
    ONE_SIDED_HEADER,
    headline,
    kind_heading,
    of_each_kind,
    one_sided,
)
from precert.cli.diff_words import side_in_words, warnings_in_words
from precert.cli.reports.frame import Section, page
from precert.cli.reports.markup import Markup, element, joined
from precert.cli.reports.tables import Cell, Line, counted, facts, table
from precert.determine.words.diff import SHORT, changes_in_words, places_in_words
from precert.rulebook.difference import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.cli.diff_report import DiffReport
    from precert.rulebook.difference import Difference

_HEADER = ("Code", "Program", "What", "Before", "After", "Printed before", "Printed after")
_ABOUT = {
    DifferenceKind.CODE_ADDED: "Codes that are new in their program.",
    DifferenceKind.CODE_REMOVED: "Codes that their program does not hold any more.",
    DifferenceKind.MOVED: "Codes that left one program for another, with what else changed.",
    DifferenceKind.ANSWER: "Whether authorization is required, where to ask for it, and from when.",
    DifferenceKind.CONDITIONS: "On which conditions and within which limits the answer holds.",
    DifferenceKind.DETAILS: "What decides whether an add-on finds its primary.",
    DifferenceKind.RENAMED: "Programs with another name and most of the same codes.",
    DifferenceKind.EDITION: "Dates, plans, and which programs the list prints.",
}


def diff_as_html(report: DiffReport) -> str:
    """Return the HTML file of a comparison; it may be sent: folders are not named."""
    report = report._replace(before=report.before.named, after=report.after.named)
    edition = report.after.rulebook.edition
    title = f"{edition.payer} {edition.line_of_business}: {headline(report).lower()}"
    sections = [_overview(report)] if report.differences.found else []
    if report.impact is not None:
        from precert.cli.reports.impact_html import impact_sections

        sections += impact_sections(report.impact, report)
    sections += [
        Section(kind.value, kind_heading(kind, several), _changes(kind, several, report))
        for kind, several in of_each_kind(report).items()
    ]
    footer = "Other line numbers, another order of rows and other spellings are no differences."
    return page(title, _summary(report), sections, footer)


def _summary(report: DiffReport) -> Markup:
    sides = facts(
        (("Before", side_in_words(report.before)), ("After", side_in_words(report.after)))
    )
    warnings = warnings_in_words(report.before, report.after)
    return joined((sides, *(element("p", said, class_="note") for said in warnings)))


def _overview(report: DiffReport) -> Section:
    """Return the counts by program and kind, each with a bar."""
    counts, by_program = report.differences.counts, report.differences.by_program
    shown = [kind for kind in DifferenceKind if counts[kind]]
    most = max((count for each in by_program.values() for count in each.values()), default=1)
    groups: list[list[Line]] = [
        [[name, *(counted(of_program[kind], most) for kind in shown)]]
        for name, of_program in by_program.items()
    ]
    if of_edition := sum(not one.program for one in report.differences.found):
        last = counted(of_edition, max(most, of_edition))
        groups.append([["(the edition)", *[""] * (len(shown) - 1), last]])
    totals = (Cell(f"{counts[kind]:,}", "number total") for kind in shown)
    groups.append([[Cell("All", "total"), *totals]])
    header = ("Program", *(SHORT[kind] for kind in shown))
    numbers = range(1, len(header))
    caption = "How many differences of each kind each program has"
    return Section("overview", "By program", table(caption, header, groups, numbers=numbers))


def _changes(kind: DifferenceKind, several: Sequence[Difference], report: DiffReport) -> Markup:
    if kind in ONE_SIDED:
        rows: list[list[Line]] = [[[*one_sided(one, report)]] for one in several]
        return table(_ABOUT[kind], ONE_SIDED_HEADER, rows)
    header = _HEADER if several[0].code else _HEADER[1:]
    groups = [_group(one, report) for one in several]
    return table(_ABOUT[kind], header, groups)


def _group(one: Difference, report: DiffReport) -> list[Line]:
    """Return the rows of a difference, one for each change; the first names code and places."""
    changes = changes_in_words(one, *report.editions)
    over = len(changes)
    program = one.program or "(the edition)"
    if one.also_in:
        program += f"\nalso in {', '.join(one.also_in)}"
    subject = [one.code, program] if one.code else [program]
    places = (
        places_in_words(one.before_refs, report.before.rulebook),
        places_in_words(one.after_refs, report.after.rulebook),
    )
    rows: list[Line] = [[said.what, said.before, said.after] for said in changes]
    rows[0] = [
        *(Cell(each, rows=over) for each in subject),
        *rows[0],
        *(Cell(place or "-", "place", over) for place in places),
    ]
    return rows
