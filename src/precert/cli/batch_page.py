"""What a batch did, as a page: what the columns mean, the sum of the lines, the rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.columns import Role
from precert.cli.batch_hints import hints, reasons_of
from precert.cli.batch_summary import summary_page
from precert.cli.blocks import Heading, Item
from precert.determine.words.answer import CAVEATS
from precert.determine.words.rulebook import rulebook_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.batch.columns import Columns
    from precert.batch.files import Run
    from precert.cli.blocks import Block
    from precert.rulebook import AnyRulebook


def columns_page(columns: Columns, *, whole: bool) -> Iterator[Block]:
    """Yield what each column was taken for, and what the table does not tell."""
    yield Heading("What the columns mean")
    width = max(len(role) for role in columns) + 1
    for role in Role:
        if role in columns:
            yield Item(", ".join(columns[role]), f"{role}:".ljust(width))
    missing = [role.value for role in Role if role not in columns]
    if missing:
        yield Item(f"Not told: {', '.join(missing)}. A column is named with --map ROLE=COLUMN.")
    yield Item(_whole(columns, whole=whole))


def _whole(columns: Columns, *, whole: bool) -> str:
    if Role.COMPLETE in columns:
        (name,) = columns[Role.COMPLETE]
        return f"Whether its lines are the whole order is told by {name}."
    if whole:
        return "The lines of an order are taken as all of it; say --partial if they are not."
    return "The lines of an order are not all of it: so told, or rejects of an earlier run."


def run_page(run: Run, book: AnyRulebook) -> Iterator[Block]:
    """Yield the page of a finished run; reads its rejects once more, for what mends them."""
    yield Heading(f"{_counted(run.lines)} = {run.answered:,} answered + {run.rejected:,} rejected")
    yield Item(run.output, "Answers:")
    yield Item(f"{run.rejects}{'' if run.rejected else ' (none)'}", "Rejects:")
    if run.first_rejects:
        yield from _rejects(run)
    if run.summary is not None:
        yield from summary_page(run.summary, book.editions[-1].edition)  # payer and vendor of all
    yield from map(Heading, map(rulebook_in_words, book.editions))
    yield from map(Item, CAVEATS)


def _rejects(run: Run) -> Iterator[Block]:
    shown = len(run.first_rejects)
    yield Heading(
        "Rejected" if shown == run.rejected else f"Rejected, the first {shown} of {run.rejected:,}"
    )
    for file, line, reason in run.first_rejects:
        yield Item(f"{file}:{line}: {reason}")
    mending = hints(reasons_of(run))
    if mending:
        yield Heading("What mends more than one")
        for hint, count in mending.items():
            yield Item(f"{hint.cause} ({_counted(count)}): {hint.mend}")


def _counted(lines: int) -> str:
    return f"{lines:,} line{'' if lines == 1 else 's'}"
