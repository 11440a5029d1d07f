"""Layouts at work: a draft for a document that none reads, and what one leaves unread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from precert.compiler.reading import read_documents
from precert.diagnostics import Severity
from precert.documents import open_document
from precert.lists import LineKind
from precert.lists.draft import draft_layout, layout_text
from precert.model import Unread
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.compiler.reading import Reading
    from precert.diagnostics import Diagnostic
    from precert.lists import Entry
    from precert.model import SourceRef


_READ = (LineKind.RULE, LineKind.HEADING, LineKind.TITLE)
"""What is wrong with these is no matter of the layout: `unread` and `precert lint` say it."""


class UnreadText(NamedTuple):
    """A text that is left unread in `rows` rules, the field it stands in, and where first."""

    field: str
    text: str
    rows: int
    first: SourceRef


@dataclass(frozen=True, slots=True)
class LayoutCheck:
    """What a layout reads of documents: rules, those among them that it reads wholly, and the rest.

    `unread` are texts in rules, the most frequent first; `outside` what stands outside the rules,
    by its diagnostic's sentence.
    """

    rules: int
    wholly_read: int
    lines: int
    unexplained: int
    unread: tuple[UnreadText, ...]
    outside: tuple[tuple[Diagnostic, int], ...]

    @property
    def is_complete(self) -> bool:
        """Whether something was read, and nothing left unread."""
        return bool(self.rules) and not self.unread and not self.outside and not self.unexplained


def draft_of_document(path: Path) -> str:
    """Return the TOML of a draft layout for the document at `path`; see `lists.draft`.

    Raises `UnreadableDocument` for a file that cannot be opened or holds no table.
    """
    document = open_document(Path(path))
    blocks = read_tables(document, frozenset()).blocks
    return layout_text(draft_layout(document.name, blocks))


def check_layout(
    layout: str | Path, paths: Sequence[Path], *, line_of_business: str | None = None
) -> LayoutCheck:
    """Return what the layout reads of the documents, and what it leaves unread.

    `line_of_business` names the one to read of a list of several.

    Raises `UnreadableLayout` and `UnreadableDocument` for files that cannot be read.
    """
    readings = read_documents(paths, layout, line_of_business)
    entries = [entry for reading in readings for entry in reading.list.entries]
    kinds = Counter(kind for reading in readings for kind in reading.list.kinds)
    return LayoutCheck(
        rules=len(entries),
        wholly_read=sum(not _unread_fields(entry) for entry in entries),
        lines=kinds.total(),
        unexplained=kinds[LineKind.DIAGNOSTIC],
        unread=_unread_texts(entries),
        outside=tuple(_outside(readings)),
    )


def _unread_fields(entry: Entry) -> tuple[Unread, ...]:
    return tuple(c for c in entry.rule.conditions if isinstance(c, Unread))


def _unread_texts(entries: Sequence[Entry]) -> tuple[UnreadText, ...]:
    """Return the unread texts of the rules, each once, the most frequent first."""
    seen: dict[tuple[str, str], UnreadText] = {}
    for entry in entries:
        for unread in _unread_fields(entry):
            text = entry.printed.get(unread.field, "")
            known = seen.get((unread.field, unread.digest))
            first = known or UnreadText(unread.field, text, 0, entry.rule.ref)
            seen[unread.field, unread.digest] = first._replace(rows=first.rows + 1)
    return tuple(sorted(seen.values(), key=lambda one: (-one.rows, one.first.order)))


def _outside(readings: Sequence[Reading]) -> Iterator[tuple[Diagnostic, int]]:
    """Yield what is wrong with lines, columns and rows that are no rule, once for each sentence."""
    counts: dict[tuple[str, str], tuple[Diagnostic, int]] = {}
    for reading in readings:
        for found in reading.format_diagnostics:
            if found.severity is not Severity.INFO:
                first, count = counts.get((found.code, found.sentence), (found, 0))
                counts[found.code, found.sentence] = first, count + 1
        kinds = dict(zip(reading.list.refs, reading.list.kinds, strict=True))
        for found in reading.list.diagnostics:
            if kinds.get(found.ref) not in _READ and found.severity is not Severity.INFO:
                first, count = counts.get((found.code, found.sentence), (found, 0))
                counts[found.code, found.sentence] = first, count + 1
    yield from counts.values()
