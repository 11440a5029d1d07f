"""HTML pages, those that spreadsheets and word processors save too: a row of a table is a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.tables.blocks import blocks_of
from precert.tables.contents import Contents
from precert.tables.encodings import encoding_diagnostics
from precert.tables.header_words import HeaderWords
from precert.tables.html.not_text import without_comments
from precert.tables.html.page import Page
from precert.tables.html.tags import Tags

if TYPE_CHECKING:
    from precert.model import Document


def read_html(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the tables of the page and the lines around them; all of its text is in one.

    A cell is one line of text; of its tags only `<b>` (also for `strong`) and `<s>` (`strike`,
    `del`) stay. A cell over several rows is repeated in each, one over several columns is followed
    by blanks. Outside of tables each block of text is a `TextLine`, in `<b>` if it is a heading.
    Scripts, styles, comments and the page's `<title>` are no text. A row's place is the line of its
    `<tr>`, with the area `table 2, row 5`; that of other text has the area `text 7`.

    Reported are an encoding other than UTF-8 (PC110), tables within tables (PC211), hidden rows and
    lines, which are read (PC212), and spans that are cut short (PC213). Raises UnreadableDocument
    for a page that breaks off in a comment or script, and for rows that can be none of a list.
    """
    page = Page(document.name, len(document.lines))
    tags = Tags(page)
    tags.feed(without_comments(document.name, "\n".join(document.lines)))
    tags.close()
    page.finish()
    blocks = tuple(blocks_of(page.printed, HeaderWords(header_words)))
    return Contents(blocks, (*encoding_diagnostics(document), *page.wrong))
