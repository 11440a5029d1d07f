"""The reader of a document is told by its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.model import Format
from precert.tables.pdf import read_pdf
from precert.tables.text import read_text

if TYPE_CHECKING:
    from precert.model import Document
    from precert.tables.contents import Contents


def read_tables(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the tables of the document and the lines around them, whatever its format.

    A row is a header by the `header_words` of a layout. Raises UnreadableDocument for a file that
    is not of the format that it seems to be, and MissingExtra where its reader is not installed.
    """
    match document.format:
        case Format.PDF:
            return read_pdf(document, header_words)
        case Format.TEXT | Format.CSV | Format.HTML | Format.XLSX:
            return read_text(document, header_words)
