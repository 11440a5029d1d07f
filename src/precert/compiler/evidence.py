"""The printed rows behind rules, from the user's own copy of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.documents import open_document
from precert.errors import UnreadableDocument
from precert.lists import layout_names, load_layout
from precert.model import Table
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from precert.model import Document, Rule, SourceRef, TextLine
    from precert.rulebook import Rulebook


class PrintedRow(NamedTuple):
    """A row as the document prints it, under the header of its table."""

    header: tuple[str, ...]
    cells: tuple[str, ...]


class Evidence(NamedTuple):
    """Printed rows by rule_id, and the documents of the right name that are not the same file."""

    rows: dict[str, PrintedRow]
    changed: tuple[Path, ...]


class Copies(NamedTuple):
    """The user's own copies of an edition's documents: what each prints, by its name.

    `changed` are files of the right name that are not the document; they are never quoted.
    """

    blocks: dict[str, tuple[Table | TextLine, ...]]
    changed: tuple[Path, ...]


def read_copies(
    rulebook: Rulebook, where: Iterable[Path], *, layout: str | Path | None = None
) -> Copies:
    """Return the documents of the rulebook that are found at `where` (files or folders), read.

    A document counts only with the sha256 that the rulebook names; a file of the same name with
    other content is returned as changed. An absent document gives nothing. The words of headers
    are those of `layout`, without one those of every bundled layout: where the header is not found
    a row is read without it, and of a PDF the rows themselves may not be found. Raises
    `UnreadableLayout`, and `MissingExtra` for a format whose extra is not installed.
    """
    header_words = _header_words(rulebook, layout)
    wanted = {document.name: document.sha256 for document in rulebook.documents}
    blocks: dict[str, tuple[Table | TextLine, ...]] = {}
    changed: list[Path] = []
    for path in _candidates(where, wanted):
        try:
            document = open_document(path)
        except UnreadableDocument:
            changed.append(path)
            continue
        if document.sha256 != wanted[path.name]:
            changed.append(path)
        else:
            blocks[document.name] = _blocks_of(document, header_words)
    return Copies(blocks, tuple(changed))


def printed_rows(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    where: Iterable[Path],
    *,
    layout: str | Path | None = None,
) -> Evidence:
    """Return the printed rows of the rules whose document is found at `where`.

    Which documents count, and what is raised, is said at `read_copies`.
    """
    return _rows_in(read_copies(rulebook, where, layout=layout), rules)


def _rows_in(copies: Copies, rules: Sequence[Rule]) -> Evidence:
    """Return the printed rows of the rules, each under the header that stood last above it."""
    wanted: dict[SourceRef, list[str]] = {}
    for rule in rules:
        if rule.ref.document in copies.blocks:
            wanted.setdefault(rule.ref, []).append(rule.rule_id)
    rows: dict[str, PrintedRow] = {}
    for name in {ref.document for ref in wanted}:
        header: tuple[str, ...] = ()
        for block in copies.blocks[name]:
            if isinstance(block, Table):
                header = block.header.cells if block.header else header
                for row in block.rows:
                    printed = PrintedRow(header, row.cells)
                    rows.update(dict.fromkeys(wanted.get(row.ref, ()), printed))
    return Evidence(rows, copies.changed)


def _candidates(where: Iterable[Path], names: Iterable[str]) -> Iterator[Path]:
    for place in where:
        if place.is_dir():
            yield from (place / name for name in names if (place / name).is_file())
        elif place.name in names and place.is_file():
            yield place


def _header_words(rulebook: Rulebook, layout: str | Path | None) -> frozenset[str]:
    if layout is not None:
        line = rulebook.edition.line_of_business
        return load_layout(layout, line_of_business=line).header_words
    bundled = (load_layout(name).header_words for name in layout_names())
    return frozenset[str]().union(*bundled)


def _blocks_of(document: Document, header_words: frozenset[str]) -> tuple[Table | TextLine, ...]:
    try:
        return read_tables(document, header_words).blocks
    except UnreadableDocument:  # it was read once, by the words of another layout
        return ()
