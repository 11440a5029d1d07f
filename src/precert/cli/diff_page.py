"""The differences of two editions as a page: how many of what, then each with both places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.blocks import Heading, Item, Table
from precert.cli.diff_words import side_in_words, warnings_in_words
from precert.determine.words.diff import KINDS, SHORT, changes_in_words, places_in_words
from precert.rulebook.difference import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.cli.blocks import Block
    from precert.cli.diff_report import DiffReport
    from precert.rulebook.difference import Difference

ONE_SIDED = (DifferenceKind.CODE_ADDED, DifferenceKind.CODE_REMOVED)
ONE_SIDED_HEADER = ("Code", "Program", "What the list says", "Printed at")


def diff_page(report: DiffReport) -> Iterator[Block]:
    """Yield the page of all differences."""
    yield Heading(headline(report))
    yield Item(side_in_words(report.before), "Before:")
    yield Item(side_in_words(report.after), "After: ")
    yield from map(Item, warnings_in_words(report.before, report.after))
    if report.differences.found:
        yield program_table(report)
    if report.impact is not None:
        from precert.cli.impact_page import impact_page

        yield from impact_page(report.impact, report)
    for kind, several in of_each_kind(report).items():
        yield Heading(kind_heading(kind, several))
        yield _one_sided(several, report) if kind in ONE_SIDED else _changed(several, report)


def headline(report: DiffReport) -> str:
    """Return how many differences there are."""
    count = len(report.differences.found)
    return f"{count:,} difference{'' if count == 1 else 's'}" if count else "Nothing differs"


def of_each_kind(report: DiffReport) -> dict[DifferenceKind, list[Difference]]:
    """Return the differences of each kind that there is, in the order of the kinds."""
    several: dict[DifferenceKind, list[Difference]] = {}
    for difference in report.differences.found:
        several.setdefault(difference.kind, []).append(difference)
    return several


def kind_heading(kind: DifferenceKind, several: Sequence[Difference]) -> str:
    """Return what a kind is called and how many there are; of moved codes, how many say else."""
    said = f"{KINDS[kind]}: {len(several):,}"
    if kind is DifferenceKind.MOVED:
        other = sum(one.answers_otherwise for one in several)
        said += f", {other:,} of them with another answer"
    return said


def program_table(report: DiffReport) -> Table:
    """Return how many differences of each kind each program has."""
    counts = report.differences.counts
    shown = [kind for kind in DifferenceKind if counts[kind]]
    rows = [
        (name, *(f"{of_program[kind]:,}" if of_program[kind] else "" for kind in shown))
        for name, of_program in report.differences.by_program.items()
    ]
    if of_edition := len([one for one in report.differences.found if not one.program]):
        rows.append(("(the edition)", *[""] * (len(shown) - 1), f"{of_edition:,}"))
    rows.append(("All", *(f"{counts[kind]:,}" for kind in shown)))
    header = ("Program", *(SHORT[kind] for kind in shown))
    return Table(header, rows, right=tuple(range(1, len(header))))


def one_sided(one: Difference, report: DiffReport) -> tuple[str, ...]:
    """Return the cells under `ONE_SIDED_HEADER` of a code that only one of the two holds."""
    (said,) = changes_in_words(one, *report.editions)
    says = said.after if one.after else said.before
    also = f"\nalso in {', '.join(one.also_in)}" if one.also_in else ""
    side, refs = (report.after, one.after_refs) if one.after else (report.before, one.before_refs)
    return one.code, one.program, says + also, places_in_words(refs, side.rulebook)


def _one_sided(several: Sequence[Difference], report: DiffReport) -> Table:
    return Table(ONE_SIDED_HEADER, [one_sided(one, report) for one in several])


def _changed(several: Sequence[Difference], report: DiffReport) -> Table:
    """Return a row for each change; the first of a difference names its code and places."""
    by_code = any(one.code for one in several)
    rows: list[tuple[str, ...]] = []
    for one in several:
        places = _both_places(one, report)
        subject = (one.code, one.program) if by_code else (one.program or "-",)
        for at, said in enumerate(changes_in_words(one, *report.editions)):
            first = at == 0
            named = subject if first else ("",) * len(subject)
            rows.append((*named, said.what, said.before, said.after, places if first else ""))
    header = ("Code", "Program") if by_code else ("Program",)
    return Table((*header, "What", "Before", "After", "Printed at"), rows)


def _both_places(one: Difference, report: DiffReport) -> str:
    was = places_in_words(one.before_refs, report.before.rulebook)
    is_now = places_in_words(one.after_refs, report.after.rulebook)
    sides = (("was", was), ("now", is_now))
    return "\n".join(f"{label} {places}" for label, places in sides if places)
