"""All that a draft proposes, and what it could not place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from precert.lists.draft.columns import gather_columns
from precert.lists.draft.decisions import requirement_of
from precert.lists.draft.fields import MARKED, guess_fields
from precert.lists.draft.tables import find_tables
from precert.lists.draft.titles import draft_titles, openings
from precert.lists.layout import LIMIT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.lists.draft.columns import Column, Seen
    from precert.lists.draft.fields import Guess
    from precert.lists.draft.titles import TitleForm
    from precert.model import Requirement, SourceRef, Table, TextLine


class Decided(NamedTuple):
    """A decision word and what it seems to require; None where nobody but a person can say."""

    seen: Seen
    requirement: Requirement | None


class Unplaced(NamedTuple):
    """A text outside the rows with codes that the draft does not explain, and how often."""

    ref: SourceRef
    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a layout of the document may be.

    `decisions` are the words of each decision column, by its header word; with more than one such
    column, each seems to be that of a line of business. `blank_decisions` counts cells of a
    decision column, or rows of mark columns, that print nothing. `sheets` are the names of a
    workbook's sheets; `limits` are the texts of each column of limits, by its field.
    """

    document: str
    rows: int
    titles: tuple[TitleForm, ...]
    openings: tuple[str, ...]
    sheets: tuple[str, ...]
    guesses: tuple[Guess, ...]
    decisions: dict[str, tuple[Decided, ...]]
    platforms: tuple[Seen, ...]
    notes: tuple[Seen, ...]
    limits: dict[str, tuple[Seen, ...]]
    several_codes: int
    ranges: int
    code_marks: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]

    def held_by(self, field: str) -> tuple[Column, ...]:
        """Return the columns that seem to hold that field."""
        return tuple(guess.column for guess in self.guesses if guess.field == field)

    @property
    def marked(self) -> tuple[Column, ...]:
        """The columns in which a mark is the answer."""
        return self.held_by(MARKED)


def draft_layout(document: str, blocks: Iterable[Table | TextLine]) -> Draft:
    """Return the draft of a layout for the blocks of a document, read without header words."""
    found = find_tables(blocks)
    guesses = guess_fields(gather_columns(found.tables))
    titles = draft_titles(found)
    opening = openings(titles)
    above = [(ref, text) for ref, text in titles.others if text not in opening]
    rows = [row for table in found.tables for row in table.rows]
    codes = [each for guess in guesses if guess.field == "code" for each in guess.column.codes]
    return Draft(
        document=document,
        rows=len(rows),
        titles=titles.forms,
        openings=opening,
        sheets=tuple(dict.fromkeys(row.ref.sheet for row in rows if row.ref.sheet is not None)),
        guesses=guesses,
        decisions={
            guess.column.header: tuple(
                Decided(seen, requirement_of(seen.text)) for seen in guess.column.seen()
            )
            for guess in guesses
            if guess.field == "decision"
        },
        platforms=_texts(guesses, "platform"),
        notes=_texts(guesses, "note"),
        limits={field: texts for field in LIMIT_COLUMNS if (texts := _texts(guesses, field))},
        several_codes=sum(each.codes > 1 for each in codes),
        ranges=sum(each.ranges > 0 for each in codes),
        code_marks=tuple(dict.fromkeys(mark for each in codes for mark in each.marks)),
        unplaced=_counted((*above, *found.others)),
    )


def _texts(guesses: Iterable[Guess], field: str) -> tuple[Seen, ...]:
    return tuple(seen for guess in guesses if guess.field == field for seen in guess.column.seen())


def _counted(texts: Sequence[tuple[SourceRef, str]]) -> tuple[Unplaced, ...]:
    """Return each text once, where it stands first and how often, in the order of the places."""
    counts: dict[str, Unplaced] = {}
    for ref, text in texts:
        known = counts.get(text, Unplaced(ref, text, 0))
        counts[text] = known._replace(times=known.times + 1)
    return tuple(counts.values())
