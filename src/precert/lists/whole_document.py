"""What a whole document says of its rules: notices, a missing legend, dates of either order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.dates import any_order_in, other_order_in
from precert.lists.findings import with_unread
from precert.lists.layout import READ_WHOLLY, SEARCHED
from precert.lists.legends import without_legend
from precert.lists.markup import shown
from precert.lists.notices import apply_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.date_columns import DateReader
    from precert.lists.entries import Entry
    from precert.lists.layout import Layout
    from precert.lists.legends import Legends
    from precert.lists.notices import Notice
    from precert.model import Rule, SourceRef

_WITH_DATES = (*READ_WHOLLY, *SEARCHED)
"""Fields whose texts may speak of days, beside the columns of dates."""


def hold_against(
    entries: Iterable[Entry],
    layout: Layout,
    legends: Legends,
    notices: Sequence[tuple[SourceRef, Notice]],
    dates: DateReader,
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries as the whole document leaves them, and what is wrong with it.

    `legends` are the footnote marks that it explains, `notices` what notices say, `dates` what the
    columns of dates hold.
    """
    entries = list(entries)
    other_order = dates.other_order or _other_order(entries, layout)
    if other_order is not None:
        notices = [
            (ref, notice._replace(whole=notice.whole and not any_order_in(notice.printed)))
            for ref, notice in notices
        ]
    kept, without = without_legend(entries, layout, legends)
    kept, against = apply_notices(kept, notices)
    if other_order is None:
        return kept, [*without, *against]
    ref, printed = other_order
    kept = [_without_doubtful_dates(entry, dates) for entry in kept]
    return kept, [*without, *against, diagnostic("PC327", ref, text=shown(printed))]


def _other_order(entries: Iterable[Entry], layout: Layout) -> tuple[SourceRef, str] | None:
    """Return the first text of a row with a day in the order that the list is not said to have."""
    for entry in entries:
        for field in _WITH_DATES:
            printed = entry.printed.get(field, "")
            if printed and other_order_in(printed, layout.date_form):
                return entry.rule.ref, printed
    return None


def _without_doubtful_dates(entry: Entry, dates: DateReader) -> Entry:
    """Return the entry; where a day of it may be of the other order, that is unread."""
    doubtful = dates.doubtful.get(entry.rule.ref)
    if doubtful is None and _says_a_day(entry.rule):
        texts = (entry.printed.get(field, "") for field in _WITH_DATES)
        doubtful = next(filter(any_order_in, texts), None)
    if doubtful is None:
        return entry
    return replace(entry, rule=with_unread(entry.rule, "dates", doubtful))


def _says_a_day(rule: Rule) -> bool:
    days = (getattr(condition, "effective_from", None) for condition in rule.conditions)
    return any((rule.effective_from, rule.effective_to, *days))
