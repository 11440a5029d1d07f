"""Opens documents and reads each with its layout: the reading half, driven end to end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from precert.documents import open_document
from precert.errors import UnreadableDocument, UnreadableLayout
from precert.lists import Layout, LineKind, ListReading, layout_names, load_layout, read_list
from precert.model import SourceRef
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.diagnostics import Diagnostic
    from precert.model import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as its layout read it."""

    document: Document
    layout: Layout
    list: ListReading
    format_diagnostics: tuple[Diagnostic, ...] = ()
    """What was wrong with the file's format, whatever the list says."""

    @property
    def first_line(self) -> SourceRef:
        """The place of the document's first line, for what concerns the whole document."""
        return SourceRef(self.document.name, 1)


def read_documents(
    paths: Sequence[Path], layout: str | Path | None, line_of_business: str | None = None
) -> tuple[Reading, ...]:
    """Return what each document says, read with the given layout or the one that fits best.

    `line_of_business` is the one to read of a list that has several. Raises UnreadableLayout where
    it has to be told, or the list does not have it.

    Raises `UnreadableDocument` for a file that cannot be opened and for two of the same name: a
    line's place would be ambiguous.
    """
    documents = [open_document(Path(path)) for path in paths]
    names = [document.name for document in documents]
    for name in names:
        if names.count(name) > 1:
            reason = "another document of the same name was given; rename one of them"
            raise UnreadableDocument(name, reason)
    if layout is not None:
        return _read_by(documents, load_layout(layout, line_of_business=line_of_business))
    attempts = [_read_by(documents, each) for each in _bundled(line_of_business)]
    return max(attempts, key=lambda attempt: sum(len(reading.list.entries) for reading in attempt))


def refuse_without_rules(readings: Sequence[Reading]) -> None:
    """Raise `UnreadableDocument` where no line of any document is a rule."""
    if any(reading.list.entries for reading in readings):
        return
    name, layout = readings[0].document.name, readings[0].layout
    if any(LineKind.HEADER in reading.list.kinds for reading in readings):
        reason = "its tables have no row that could be read; `precert lint` says what is wrong"
    else:
        words = ", ".join(sorted(layout.header_words))
        reason = (
            f"no rule was found with the layout {layout.name}; expected tables (in text, with "
            f"tabs) under header words ({words}); give another --layout"
        )
    raise UnreadableDocument(name, reason)


def _bundled(line_of_business: str | None) -> Iterator[Layout]:
    """Yield the bundled layouts that have the line; raise what the last one refuses if none has."""
    refused: UnreadableLayout | None = None
    found = False
    for name in layout_names():
        try:
            layout = load_layout(name, line_of_business=line_of_business)
        except UnreadableLayout as error:
            refused = error
        else:
            found = True
            yield layout
    if refused is not None and not found:
        raise refused


def _read_by(documents: Sequence[Document], layout: Layout) -> tuple[Reading, ...]:
    return tuple(read_document(document, layout) for document in documents)


def read_document(document: Document, layout: Layout) -> Reading:
    """Return what one document says, read with one layout."""
    contents = read_tables(document, layout.header_words)
    reading = read_list(document, contents.blocks, layout)
    return Reading(document, layout, reading, contents.diagnostics)
