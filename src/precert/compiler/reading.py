"""Opens documents and reads each with its layout: the reading half, driven end to end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from precert.documents import open_document
from precert.errors import UnreadableDocument
from precert.lists import Layout, LineKind, ListReading, layout_names, load_layout, read_list
from precert.model import SourceRef
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def read_documents(paths: Sequence[Path], layout: str | Path | None) -> tuple[Reading, ...]:
    """Return what each document says, read with the given layout or the one that fits best.

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
        return _read_by(documents, load_layout(layout))
    attempts = (_read_by(documents, load_layout(name)) for name in layout_names())
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


def _read_by(documents: Sequence[Document], layout: Layout) -> tuple[Reading, ...]:
    return tuple(read_document(document, layout) for document in documents)


def read_document(document: Document, layout: Layout) -> Reading:
    """Return what one document says, read with one layout."""
    contents = read_tables(document, layout.header_words)
    reading = read_list(document, contents.blocks, layout)
    return Reading(document, layout, reading, contents.diagnostics)
