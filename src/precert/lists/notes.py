"""Texts that may hold conditions: a printed text in, what it says and what was left unread out.

A note must be read wholly: what no phrase covers has to be filler, or it is left over. A
description or a heading speaks of other things too, so there only the words between the phrases of
a pattern have to be filler, and what sounds like a rule (the layout's alerts) must not be left
over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.lists.layout import EFFECTIVE_FROM, EFFECTIVE_TO, READ_WHOLLY, SEARCHED
from precert.lists.markup import plain, tokens
from precert.lists.phrases import noted
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.lists.layout import Layout, Pattern
    from precert.lists.phrases import Placeholder
    from precert.model import Condition

Stretch = tuple[str, ...]
"""The tokens of a text between two that were read."""

_COVERED = "\0"
"""Stands for text that a pattern has read; `plain` leaves no such sign in a text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `rest` holds each stretch of it that was not read and adds something.

    `found` tells that a pattern stands in the text, be it one that means nothing by itself.
    """

    conditions: tuple[Condition, ...] = ()
    effective_from: tuple[date, ...] = ()
    effective_to: tuple[date, ...] = ()
    found: bool = False
    rest: tuple[Stretch, ...] = ()
    fillers: frozenset[str] = frozenset()

    def is_but_for(self, copied: Stretch) -> bool:
        """Return whether all that was left over is `copied`, at least two tokens, and fillers."""
        return len(copied) > 1 and all(self._is_copy(stretch, copied) for stretch in self.rest)

    def _is_copy(self, stretch: Stretch, copied: Stretch) -> bool:
        for start in range(len(stretch) - len(copied) + 1):
            end = start + len(copied)
            if stretch[start:end] == copied:
                return self.fillers.issuperset(stretch[:start] + stretch[end:])
        return False


NOTHING = Reading()
"""What a text says in which nothing stands."""


class NoteReader:
    """Reads texts by the patterns of a layout; a note that was read before is remembered."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[tuple[str, str], Reading] = {}
        self._patterns = {
            column: tuple(pattern for pattern in layout.patterns if column in pattern.columns)
            for column in (*READ_WHOLLY, *SEARCHED)
        }

    def read_note(self, column: str, printed: str) -> Reading:
        """Return what a note or a grouping says; `rest` is all that it may say besides."""
        reading = self._known.get((column, printed))
        if reading is None:
            reading = read_wholly(plain(printed), self._patterns[column], self._layout.placeholders)
            self._known[column, printed] = reading
        return reading

    def search(self, column: str, text: str) -> Reading:
        """Return what a plain description or heading says; `rest` is what sounds like a rule."""
        lowered = text.casefold()
        patterns = [each for each in self._patterns[column] if each.phrases[0].key in lowered]
        alerts = [alert for alert in self._layout.alerts[column] if alert.key in lowered]
        if not patterns and not alerts:
            return NOTHING
        work = _Work(text, self._layout.placeholders)
        broken = [stretch for pattern in patterns for stretch in work.take_together(pattern)]
        alerted = [tokens(alert.key) for alert in alerts if alert.pattern.search(work.text)]
        return work.reading((*broken, *alerted))


def read_wholly(
    text: str, patterns: Iterable[Pattern], known: Mapping[str, Placeholder]
) -> Reading:
    """Return what a plain text says; what neither a phrase nor a filler covers is left over.

    Where no pattern stands in the text, all its words are left over, the fillers among them too.
    """
    work = _Work(text, known)
    for pattern in patterns:
        work.take(pattern)
    stretches = map(tokens, work.text.split(_COVERED))
    return work.reading(s for s in stretches if s and not work.fillers.issuperset(s))


class _Work:
    """A text while patterns read it; in `text` stands what is left, the rest is covered."""

    def __init__(self, text: str, known: Mapping[str, Placeholder]) -> None:
        self.text = text
        self.fillers: frozenset[str] = frozenset()
        self._known = known
        self._conditions: list[Condition] = []
        self._dates: dict[str, list[date]] = {EFFECTIVE_FROM: [], EFFECTIVE_TO: []}
        self._found = False

    def take(self, pattern: Pattern) -> None:
        """Let the pattern read as often as it stands in the text, its phrases anywhere in order."""
        while found := self._find(pattern):
            spans, values = found
            for start, end in spans:
                self._cover(start, end)
            self._say(pattern, values)

    def take_together(self, pattern: Pattern) -> Iterable[Stretch]:
        """Let the pattern read, its phrases close together; yield what else stands between."""
        while found := self._find(pattern):
            spans, values = found
            between = tokens(" ".join(self.text[a:b] for (_, a), (b, _) in pairwise(spans)))
            self._cover(spans[0][0], spans[-1][1])
            self._say(pattern, values)
            if not pattern.fillers.issuperset(between):
                yield between

    def reading(self, rest: Iterable[Stretch]) -> Reading:
        """Return what was said, and what is left over."""
        return Reading(
            conditions=tuple(dict.fromkeys(self._conditions)),
            effective_from=tuple(dict.fromkeys(self._dates[EFFECTIVE_FROM])),
            effective_to=tuple(dict.fromkeys(self._dates[EFFECTIVE_TO])),
            found=self._found,
            rest=tuple(rest),
            fillers=self.fillers,
        )

    def _find(self, pattern: Pattern) -> tuple[list[tuple[int, int]], dict[str, str]] | None:
        """Return where the phrases stand, one after the other, and the placeholders' values."""
        spans: list[tuple[int, int]] = []
        values: dict[str, str] = {}
        for phrase in pattern.phrases:
            match = phrase.pattern.search(self.text, spans[-1][1] if spans else 0)
            found = match and noted(match, self._known)
            if match is None or found is None:
                return None
            spans.append(match.span())
            values |= found
        return spans, values

    def _cover(self, start: int, end: int) -> None:
        self.text = self.text[:start] + _COVERED * (end - start) + self.text[end:]

    def _say(self, pattern: Pattern, values: Mapping[str, str]) -> None:
        self._found = True
        self.fillers |= pattern.fillers
        self._conditions += parse_conditions(pattern.condition.format_map(values))
        if pattern.sets:
            self._dates[pattern.sets].append(date.fromisoformat(values["date"]))
