"""The texts of a row: what its notes, its description and its names add to the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import NOTES, READ_WHOLLY
from precert.lists.markup import leaves_bracket_open, tokens

if TYPE_CHECKING:
    from precert.lists.columns import Cells
    from precert.lists.findings import Findings
    from precert.lists.notes import NoteReader
    from precert.lists.said import Reading
    from precert.model import Requirement


class TextReader:
    """Adds what the texts of a row say to what was found on the row."""

    def __init__(self, notes: NoteReader) -> None:
        self._notes = notes

    def search(
        self, field: str, text: str, printed: str, requirement: Requirement, found: Findings
    ) -> None:
        """Add what a text says that speaks of something else: a description, a product's name."""
        reading = self._notes.search(field, text).under(requirement)
        if reading.found:
            found.report("PC307", what="a rule", column=field)
        if reading.found or reading.rest:
            found.take(field, printed, reading, unread=bool(reading.rest))

    def read_texts(
        self, cells: Cells, description: str, requirement: Requirement, found: Findings
    ) -> None:
        """Add what the notes and the description say, and that a cell has no known column."""
        copied = "" if self._notes.search("description", description).rest else description
        for column in READ_WHOLLY:
            printed = cells.fields.get(column, "")
            if printed and not printed.isspace():
                reading = self._notes.read_note(column, printed).under(requirement)
                self._take_note(column, printed, reading, copied, found)
        printed = cells.fields.get("description", "")
        self.search("description", description, printed, requirement, found)
        for header_word, printed in cells.unknown:
            found.leave_unread(header_word, printed)

    def _take_note(
        self, column: str, printed: str, reading: Reading, copied: str, found: Findings
    ) -> None:
        """Add what a note or grouping says; a copy of the description in it says nothing more."""
        unread = bool(reading.rest)
        if unread and column in NOTES and reading.is_but_for(tokens(copied)):
            found.report("PC307", what="the description", column=column)
            unread = False
        if reading.found and column == "grouping":
            found.report("PC307", what="a rule", column=column)
        found.take(column, printed, reading, unread=unread or leaves_bracket_open(printed))
