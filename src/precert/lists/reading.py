"""Blocks in, all that the list says out, every line accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.columns import strips_blanks
from precert.lists.entries import ListReading
from precert.lists.walk import Walk
from precert.model import SourceRef, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.layout import Layout
    from precert.model import Document, Table


def read_list(
    document: Document, blocks: Iterable[Table | TextLine], layout: Layout
) -> ListReading:
    """Return all that the document says, read by the layout; `blocks` are its tables and lines.

    Nothing that a document holds raises an error: what cannot be read is a diagnostic, at its line,
    and a rule that it may concern holds an `Unread` condition.
    """
    blocks = tuple(blocks)
    walk = Walk(layout, strips_blanks=strips_blanks(blocks))
    for block in blocks:
        if isinstance(block, TextLine):
            walk.take_line(block)
        else:
            walk.take_table(block)
    walk.finish()
    wrong = [
        *walk.diagnostics,
        *_undecodable(document),
        *walk.programs.wrong(document.name),
    ]
    return ListReading(
        entries=tuple(walk.entries),
        headings=tuple(walk.headings),
        programs=walk.programs.all(),
        refs=tuple(walk.kinds),
        kinds=tuple(walk.kinds.values()),
        diagnostics=tuple(sorted(wrong, key=lambda each: (each.ref.order, each.code))),
        plans=layout.plans,
        effective_from=tuple(walk.effective_from),
        exhaustive=walk.exhaustive,
        exhaustive_within=walk.exhaustive_within,
        passed_over=walk.passed_over,
    )


def _undecodable(document: Document) -> Iterator[Diagnostic]:
    encoding = document.encoding.upper()
    for line in document.undecodable:
        yield diagnostic("PC104", SourceRef(document.name, line), encoding=encoding)
