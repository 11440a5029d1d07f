"""All pages' rows and lines: tables that are not ruled are first looked at on all their pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.tables.pdf.borderless import Gathering, printed_of
from precert.tables.pdf.drawn_cells import with_looks
from precert.tables.pdf.printed import PrintedLine
from precert.tables.pdf.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from precert.tables.header_words import HeaderWords
    from precert.tables.pdf.borderless import Form
    from precert.tables.pdf.outline import Outline
    from precert.tables.pdf.printed import Printed
    from precert.tables.pdf.stretches import Key


def printed_pages(outlines: Sequence[Outline], words: HeaderWords) -> list[list[Printed]]:
    """Return for each page its rows and lines from top to bottom, running lines aside."""
    gathered: dict[Key, Gathering] = {}
    for outline in outlines:
        for block in outline.blocks:
            if not isinstance(block, Stretch) or block.key is None:
                continue
            gathering = gathered.setdefault(block.key, Gathering(block.header))
            gathering.stretches.append((block, outline.page.drawn.across))
    forms = {key: gathering.form() for key, gathering in gathered.items()}
    return [
        with_looks(list(_printed(outline, forms, words)), outline.page.drawn)
        for outline in outlines
    ]


def _printed(outline: Outline, forms: Mapping[Key, Form], words: HeaderWords) -> Iterator[Printed]:
    for block in outline.blocks:
        if not isinstance(block, Stretch):
            for row in block.printed_rows:
                yield replace(row, is_header=True) if words.are_in(row.texts) else row
        elif block.key is None:
            yield from map(PrintedLine, block.lines)
        else:
            yield from printed_of(block, forms[block.key], outline.page.drawn.across)
    yield from map(PrintedLine, outline.sideways)
