"""The differences of two editions as a table for a spreadsheet: a row for each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.csv_text import to_csv
from precert.determine.words.diff import changes_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.cli.diff_report import DiffReport

COLUMNS = (
    *("difference", "kind", "code", "program_before", "program_after"),
    *("what", "before", "after", "printed_before", "printed_after", "also_in"),
)


def diff_as_csv(report: DiffReport) -> str:
    """Return the CSV text; the changes of one difference have the same number, from 1."""
    return to_csv(COLUMNS, _rows(report))


def _rows(report: DiffReport) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(report.differences.found, 1):
        places = [" ".join(map(str, refs)) for refs in (one.before_refs, one.after_refs)]
        subject = (str(number), one.kind.value, one.code, one.program_before, one.program_after)
        for said in changes_in_words(one, *report.editions):
            yield (*subject, *said, *places, ", ".join(one.also_in))
