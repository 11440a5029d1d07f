"""Rows and lines with their refs: each is numbered on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import Row, SourceRef, TextLine
from precert.tables.pdf.printed import PrintedLine, PrintedRow
from precert.tables.signs import put_signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.diagnostics import Diagnostic
    from precert.tables.pdf.outline import Outline
    from precert.tables.pdf.printed import Printed


class Numbered:
    """Takes page after page; all that they print lies in `found`, and what to say of it beside."""

    def __init__(self, name: str) -> None:
        self.found: list[Row | TextLine] = []
        self.diagnostics: list[Diagnostic] = []
        self._name = name
        self._said_of_numbers = False
        self._rows: dict[int, PrintedRow] = {}

    def finish(self) -> None:
        """Put a sign into the cells that print nothing and may show one, and report them."""
        if any(row.looks for row in self._rows.values()):
            shown = {at: row.shown for at, row in self._rows.items()}
            self.diagnostics += put_signs(self.found, shown)

    def take(self, outline: Outline, printed: Sequence[Printed]) -> None:
        """Take what a page prints, its running lines at its top and bottom included."""
        page = outline.page
        running = [PrintedLine(line) for line in outline.running]
        above = [each for each in running if each.box.middle <= page.height / 2]
        below = [each for each in running if each.box.middle > page.height / 2]
        coloured = 0
        at: SourceRef | None = None
        for number, each in enumerate((*above, *printed, *below), 1):
            ref = SourceRef(self._name, number, page.number, area=str(each.box))
            if isinstance(each, PrintedLine):
                self.found.append(TextLine(ref, each.text))
                continue
            self._rows[len(self.found)] = each
            self.found.append(Row(ref, each.texts))
            if each.rests:
                self.diagnostics.append(diagnostic("PC219", ref))
            if not each.is_header and (words := _coloured(each)):
                coloured += words
                at = at or ref
        if at is not None:
            self.diagnostics.append(diagnostic("PC218", at, words=coloured))
        if outline.numbers and not self._said_of_numbers:
            self._said_of_numbers = True
            ref = SourceRef(self._name, 1, page.number)
            text = repr(outline.numbers[0].text)
            self.diagnostics.append(diagnostic("PC115", ref, text=text))


def _coloured(row: PrintedRow) -> int:
    return sum(word.look.coloured for cell in row.cells for word in cell)
