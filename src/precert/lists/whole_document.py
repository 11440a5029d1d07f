"""What a whole document says of its rules: notices, a missing legend, dates of either order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.findings import with_unread
from precert.lists.legends import without_legend
from precert.lists.markup import shown
from precert.lists.notices import apply_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.date_columns import DateReader
    from precert.lists.entries import Entry
    from precert.lists.layout import Layout
    from precert.lists.notices import Notice
    from precert.model import SourceRef


def hold_against(
    entries: Iterable[Entry],
    layout: Layout,
    explained: Iterable[str],
    notices: Sequence[tuple[SourceRef, Notice]],
    dates: DateReader,
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries as the whole document leaves them, and what is wrong with it.

    `explained` are the footnote marks whose legend stands in the document, `notices` what notices
    say, `dates` what the columns of dates hold.
    """
    kept, without = without_legend(entries, layout, explained)
    kept, against = apply_notices(kept, notices)
    kept, doubtful = _without_doubtful_dates(kept, dates)
    return kept, [*without, *against, *doubtful]


def _without_doubtful_dates(
    entries: list[Entry], dates: DateReader
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries; where a date has the other order, those that may have it are unread."""
    if dates.other_order is None:
        return entries, []
    ref, printed = dates.other_order
    kept = []
    for entry in entries:
        doubtful = dates.doubtful.get(entry.rule.ref)
        rule = entry.rule if doubtful is None else with_unread(entry.rule, "dates", doubtful)
        kept.append(replace(entry, rule=rule))
    return kept, [diagnostic("PC327", ref, text=shown(printed))]
