"""The programs of a list while it is read, and what is wrong with the list as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import words
from precert.model import Program, SourceRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.layout import Layout
    from precert.lists.lines import LineReading


@dataclass(slots=True)
class _Titled:
    """A program: where its title or its first row stands, and what was seen of it."""

    ref: SourceRef
    link: bool
    rows: int = 0
    rules: int = 0


class Programs:
    """Takes the titles and the rows beneath them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._titled: dict[str, _Titled] = {}
        self._closes = any(each.ends_program for each in layout.furniture)
        self._open: tuple[str, SourceRef] | None = None
        self._left_open: list[tuple[str, SourceRef]] = []

    def take_line(self, ref: SourceRef, line: LineReading) -> None:
        """Take a line: a title begins a program, and a closing notice was due before it."""
        if line.closes:
            self._open = None
        elif line.is_title and self._open is not None:
            self._left_open.append(self._open)
            self._open = None
        if line.program is not None:
            titled = self._titled.setdefault(line.program, _Titled(ref, link=line.link))
            titled.link &= line.link

    def take_row(self, program: str | None, ref: SourceRef, *, is_rule: bool) -> None:
        """Take a row beneath a title."""
        if program is None:
            return
        titled = self._titled.setdefault(program, _Titled(ref, link=False))
        titled.rows += 1
        titled.rules += is_rule
        if self._closes and is_rule:
            self._open = (program, ref)

    def holds(self, program: str | None) -> bool:
        """Return whether a title or a row named the program already."""
        return program in self._titled

    def all(self) -> tuple[Program, ...]:
        """Return the programs, in the list's order."""
        return tuple(
            Program(name, titled.link and not titled.rows, titled.ref)
            for name, titled in self._titled.items()
        )

    def wrong(self, document: str) -> Iterator[Diagnostic]:
        """Yield what is wrong with the programs of the document."""
        rules = sum(titled.rules for titled in self._titled.values())
        for program in self.all():
            if program.link_only:
                yield diagnostic("PC102", program.ref, program=program.name)
            elif rules and not self._titled[program.name].rules:
                yield diagnostic("PC106", program.ref, where=f"the program {program.name}")
        if not rules:
            yield diagnostic("PC106", SourceRef(document, 1), where="the document")
            return
        named = {words(name) for name in self._titled}
        for name in self._layout.programs:
            if name not in named:
                yield diagnostic("PC108", SourceRef(document, 1), program=name)
        still_open = () if self._open is None else (self._open,)
        for name, ref in (*self._left_open, *still_open):
            yield diagnostic("PC109", ref, program=name)
