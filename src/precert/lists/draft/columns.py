"""What stands under each header word, counted over all tables of a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from precert.lists.draft.tokens import CodeTokens, code_tokens
from precert.lists.markup import is_blank, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.lists.draft.tables import HeadedRows
    from precert.model import SourceRef


class Seen(NamedTuple):
    """A printed text, how many times it stands there, and where first."""

    text: str
    times: int
    first: SourceRef


@dataclass(slots=True)
class Column:
    """All that stands under one header word, as first printed; `texts` are its distinct cells."""

    header: str
    rows: int = 0
    blank: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    first: dict[str, SourceRef] = field(default_factory=dict)
    codes: list[CodeTokens] = field(default_factory=list)

    @property
    def printed(self) -> int:
        """How many of its cells print something."""
        return self.rows - self.blank

    def seen(self) -> tuple[Seen, ...]:
        """Return the distinct texts, the most frequent first, then in the order of their places."""
        order = {text: at for at, text in enumerate(self.first)}
        counted = sorted(self.texts.items(), key=lambda item: (-item[1], order[item[0]]))
        return tuple(Seen(text, count, self.first[text]) for text, count in counted)


def gather_columns(tables: Iterable[HeadedRows]) -> tuple[Column, ...]:
    """Return the columns by their header words, in the order in which these first appear.

    Header words are one column where they are the same but for case and signs. Cells beneath no
    header word are gathered under an empty one.
    """
    columns: dict[str, Column] = {}
    for table in tables:
        header = table.header.cells if table.header else ()
        for cell in header:
            if not is_blank(cell):
                columns.setdefault(words(cell), Column(plain(cell)))
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                name = words(header[at]) if at < len(header) else ""
                if name or not is_blank(cell):
                    _add(columns.setdefault(name, Column("")), cell, row.ref)
    return tuple(columns.values())


def _add(column: Column, cell: str, ref: SourceRef) -> None:
    text = plain(cell)
    column.rows += 1
    if not text:
        column.blank += 1
        return
    column.texts[text] += 1
    column.first.setdefault(text, ref)
    if (codes := code_tokens(cell)) is not None:
        column.codes.append(codes)
