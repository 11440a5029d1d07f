"""The reader of a document is told by its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.model import Format
from precert.tables.apart import read_apart
from precert.tables.delimited import read_delimited
from precert.tables.html_page import read_html
from precert.tables.text import read_text

if TYPE_CHECKING:
    from precert.model import Document
    from precert.tables.contents import Contents


def read_tables(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the tables of the document and the lines around them, whatever its format.

    A row is a header by the `header_words` of a layout. Hostile formats are read in a process of
    their own. Raises UnreadableDocument for a file that is not of the format that it seems to be,
    and MissingExtra where its reader is not installed.
    """
    match document.format:
        case Format.TEXT:
            return read_text(document, header_words)
        case Format.CSV:
            return read_delimited(document, header_words)
        case Format.HTML:
            return read_html(document, header_words)
        case Format.XLSX:
            return read_apart("xlsx", document, header_words)
        case Format.PDF:
            return read_apart("pdf", document, header_words)
