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

    from precert.model import Document, Rule, SourceRef
    from precert.rulebook import Rulebook


class PrintedRow(NamedTuple):
    """A row as the document prints it, under the header of its table."""

    header: tuple[str, ...]
    cells: tuple[str, ...]


class Evidence(NamedTuple):
    """Printed rows by rule_id, and the documents of the right name that are not the same file."""

    rows: dict[str, PrintedRow]
    changed: tuple[Path, ...]


def printed_rows(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    where: Iterable[Path],
    *,
    layout: str | Path | None = None,
) -> Evidence:
    """Return the printed rows of the rules whose document is found at `where` (files or folders).

    A document counts only with the sha256 that the rulebook names; a file of the same name with
    other content is returned as changed, never quoted. An absent document gives nothing. The words
    of headers are those of `layout`, without one those of every bundled layout: where the header
    is not found a row is shown without it, and of a PDF the rows themselves may not be found.
    Raises `UnreadableLayout`, and `MissingExtra` for a format whose extra is not installed.
    """
    header_words = _header_words(rulebook, layout)
    wanted = {document.name: document.sha256 for document in rulebook.documents}
    rows: dict[str, PrintedRow] = {}
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
            rows.update(_rows_of(document, rules, header_words))
    return Evidence(rows, tuple(changed))


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


def _rows_of(
    document: Document, rules: Sequence[Rule], header_words: frozenset[str]
) -> dict[str, PrintedRow]:
    """Return the rules' rows by rule_id, each under the header that stood last above it."""
    by_place: dict[SourceRef, list[str]] = {}
    for rule in rules:
        if rule.ref.document == document.name:
            by_place.setdefault(rule.ref, []).append(rule.rule_id)
    rows: dict[str, PrintedRow] = {}
    header: tuple[str, ...] = ()
    try:
        blocks = read_tables(document, header_words).blocks
    except UnreadableDocument:  # it was read once, by the words of another layout
        return rows
    for block in blocks:
        if isinstance(block, Table):
            header = block.header.cells if block.header else header
            for row in block.rows:
                printed = PrintedRow(header, row.cells)
                rows.update(dict.fromkeys(by_place.get(row.ref, ()), printed))
    return rows
