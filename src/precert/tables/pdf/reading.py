"""A PDF in, its tables and the lines around them out, each with its page and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import SourceRef
from precert.tables.blocks import blocks_of
from precert.tables.contents import Contents
from precert.tables.header_words import HeaderWords
from precert.tables.pdf.assembled import printed_pages
from precert.tables.pdf.continued import join_broken
from precert.tables.pdf.header import HeaderFinder
from precert.tables.pdf.numbered import Numbered
from precert.tables.pdf.opening import opened
from precert.tables.pdf.outline import go_on, lines_and_grids, part
from precert.tables.pdf.pages import read_page
from precert.tables.pdf.refused import refuse_without_tables, refuse_without_text
from precert.tables.pdf.running import Edges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import Document
    from precert.tables.pdf.outline import Outline
    from precert.tables.pdf.pages import Page

MOST_PAGES = 3000
"""Pages after these are not read, and that is said: the longest lists have a few hundred."""


def read_pdf(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the tables of the document and the lines around them, in their order.

    A ref has the page, the number of the row or line on its page, and its box. Without
    `header_words` the header of a table that is not ruled is guessed. Raises MissingExtra where the
    extra `pdf` is not installed, and UnreadableDocument for a file that is damaged, protected, or
    without any text, and for one that has neither ruled tables nor any of the header words.
    """
    pages, unread = _pages(document)
    refuse_without_text(document.name, pages)
    words = HeaderWords(header_words)
    outlines = _outlines(pages, HeaderFinder(header_words, words), words)
    refuse_without_tables(document.name, outlines, header_words)
    printed = printed_pages(outlines, words)
    join_broken(printed)
    numbered = Numbered(document.name)
    for outline, its_printed in zip(outlines, printed, strict=True):
        numbered.take(outline, its_printed)
    numbered.finish()
    found = [
        *(each for page in pages for each in page.diagnostics),
        *unread,
        *numbered.diagnostics,
    ]
    found.sort(key=lambda each: each.ref.order)
    return Contents(tuple(blocks_of(numbered.found, words)), tuple(found))


def _pages(document: Document) -> tuple[list[Page], list[Diagnostic]]:
    with opened(document) as (handle, count):
        numbers = range(1, min(count, MOST_PAGES) + 1)
        pages = [read_page(document.name, handle, number) for number in numbers]
    if count <= MOST_PAGES:
        return pages, []
    ref = SourceRef(document.name, 1, MOST_PAGES + 1)
    reason = f"it and the {count - MOST_PAGES - 1:,} after it stand behind page {MOST_PAGES:,}"
    return pages, [diagnostic("PC114", ref, reason=reason)]


def _outlines(pages: Sequence[Page], finder: HeaderFinder, words: HeaderWords) -> list[Outline]:
    outlines: list[Outline] = []
    for page in pages:
        loose = bool(outlines) and outlines[-1].loose
        outlines.append(lines_and_grids(page, finder, words, loose=loose))
    lines = [outline.lines for outline in outlines]
    edges = Edges(lines, [finder.header_lines(each) for each in lines])
    edged = zip(outlines, edges.running(), edges.page_numbers(), strict=True)
    for outline, running, numbers in edged:
        part(outline, finder, running - numbers, numbers)
    go_on(outlines)
    return outlines
