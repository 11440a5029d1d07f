"""The user's own copies, laid out line by line: the lines around a rule are found at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.model import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.compiler import Copies
    from precert.model import SourceRef, TextLine
    from precert.rulebook import Rulebook
    from precert.web.served import Served


class PrintedLine(NamedTuple):
    """A printed line: its cells (one, of a line outside any table) and the header above it.

    `is_row` is False for a header and for a line outside any table.
    """

    ref: SourceRef
    cells: tuple[str, ...]
    header: tuple[str, ...]
    is_header: bool = False
    is_row: bool = False


class LaidOut(NamedTuple):
    """The printed lines of a document in their order, and where each place stands among them."""

    lines: tuple[PrintedLine, ...]
    at: dict[SourceRef, int]


class LaidOutCopies(NamedTuple):
    """The documents that are at hand by name, and the names of those that are another file."""

    documents: dict[str, LaidOut]
    changed: tuple[str, ...]

    def line(self, ref: SourceRef) -> PrintedLine | None:
        """Return the line that is printed at a place, None where the document is not at hand."""
        document = self.documents.get(ref.document)
        at = None if document is None else document.at.get(ref)
        return None if document is None or at is None else document.lines[at]


NO_COPIES = LaidOutCopies({}, ())


def copies_of(served: Served, edition: Rulebook) -> LaidOutCopies:
    """Return the user's own copies of an edition's documents; they are read when first asked for.

    Raises what `compiler.read_copies` raises.
    """
    if not served.settings.documents:
        return NO_COPIES
    return served.kept.get(("lines", edition.digest), lambda: _laid_out(served.copies(edition)))


def quoted_in_words(served: Served) -> Iterator[str]:
    """Yield for each document of each edition whether its lines are quoted, and if not, why.

    Raises what `compiler.read_copies` raises.
    """
    for book in served.rulebook.editions:
        copies = copies_of(served, book)
        for document in book.documents:
            name = f"{document.name} (edition {book.edition.name})"
            if document.name in copies.documents:
                yield f"{name}: its lines are quoted."
            elif document.name in copies.changed:
                yield f"{name}: the file is not the one that was imported; nothing is quoted."
            else:
                yield f"{name}: not found; nothing is quoted."


def _laid_out(copies: Copies) -> LaidOutCopies:
    documents = {name: _document(blocks) for name, blocks in copies.blocks.items()}
    return LaidOutCopies(documents, tuple(path.name for path in copies.changed))


def _document(blocks: tuple[Table | TextLine, ...]) -> LaidOut:
    lines: list[PrintedLine] = []
    header: tuple[str, ...] = ()
    for block in blocks:
        if isinstance(block, Table):
            if block.header is not None:
                header = block.header.cells
                lines.append(PrintedLine(block.header.ref, header, (), is_header=True))
            lines += [PrintedLine(row.ref, row.cells, header, is_row=True) for row in block.rows]
        else:
            lines.append(PrintedLine(block.ref, (block.text,), ()))
    return LaidOut(tuple(lines), {line.ref: at for at, line in enumerate(lines)})
