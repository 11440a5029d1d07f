"""Tab-separated tables: a line with tabs is a row, a row of header words begins a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.model import Row, SourceRef, TextLine
from precert.tables.blocks import blocks_of
from precert.tables.contents import Contents
from precert.tables.encodings import encoding_diagnostics
from precert.tables.header_words import HeaderWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.model import Document


def read_text(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the tables of the document and the lines around them, in order; every line is in one.

    A line without a tab, or with nothing but blank cells, is a `TextLine` (blank: its text is
    empty). Reported is an encoding other than UTF-8 (PC110).
    """
    blocks = tuple(blocks_of(_printed(document), HeaderWords(header_words)))
    return Contents(blocks, encoding_diagnostics(document))


def _printed(document: Document) -> Iterator[Row | TextLine]:
    for number, line in enumerate(document.lines, 1):
        ref = SourceRef(document.name, number)
        if not line.strip():
            yield TextLine(ref, "")
        elif "\t" in line:
            yield Row(ref, tuple(line.split("\t")))
        else:
            yield TextLine(ref, line)
