"""PDFs that hold no list that could be read: refused with what was looked for, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.errors import UnreadableDocument
from precert.tables.pdf.anchors import prints_codes
from precert.tables.pdf.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.tables.pdf.outline import Outline
    from precert.tables.pdf.pages import Page

_MOST_TOLD = 12


def refuse_without_text(name: str, pages: Sequence[Page]) -> None:
    """Raise UnreadableDocument where no page has a word that can be read."""
    if any(page.words for page in pages):
        return
    said = dict.fromkeys(
        found.sentence for page in pages for found in page.diagnostics if found.code == "PC114"
    )
    if said:
        reason = f"none of its pages can be read: {'; '.join(list(said)[:_MOST_TOLD])}"
        raise UnreadableDocument(name, reason)
    if any(found.code == "PC116" for page in pages for found in page.diagnostics):
        reason = (
            "all of its text is drawn where, or so that, nobody can see it; look at its pages, and "
            "print it into a new PDF if they show a list"
        )
        raise UnreadableDocument(name, reason)
    reason = (
        f"no text was found on any of its {len(pages)} pages, so they are images (a scan?); fetch "
        "the list as text, or have the text recognised (OCR), check it, and give that file"
    )
    raise UnreadableDocument(name, reason)


def refuse_without_tables(
    name: str, outlines: Sequence[Outline], header_words: frozenset[str]
) -> None:
    """Raise UnreadableDocument where nothing is ruled and no header is found on any page.

    Without `header_words` nothing is refused: nobody knows what was to be found.
    """
    if not header_words or any(_holds_table(outline) for outline in outlines):
        return
    pages = [
        f"page {outline.page.number}: {len(outline.lines)} lines, no header, "
        f"{_codes(outline)} codes"
        for outline in outlines[:_MOST_TOLD]
    ]
    if len(outlines) > _MOST_TOLD:
        pages.append(f"{len(outlines) - _MOST_TOLD} more pages: no header")
    reason = (
        "no table was found: looked for drawn lines, and for two or more of the header words "
        f"({', '.join(sorted(header_words))}) above codes in a column ({'; '.join(pages)}); "
        "check that this is the list, or give a layout with its header words"
    )
    raise UnreadableDocument(name, reason)


def _holds_table(outline: Outline) -> bool:
    return bool(outline.ruled) or any(
        isinstance(block, Stretch) and block.header for block in outline.blocks
    )


def _codes(outline: Outline) -> int:
    return sum(prints_codes(word.text) for line in outline.lines for word in line.words)
