"""A text while patterns read it, one after the other; what one has read no other reads again."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.lists.alerts import TURNING_WORDS
from precert.lists.layout import EFFECTIVE_FROM, EFFECTIVE_TO
from precert.lists.markup import tokens
from precert.lists.phrases import noted
from precert.lists.said import Reading
from precert.lists.scope_values import contradict
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.lists.layout import Pattern
    from precert.lists.placeholder import Placeholder
    from precert.lists.said import Stretch
    from precert.model import Condition, Requirement

COVERED = "\0"
"""Stands for text that a pattern has read; `plain` leaves no such sign in a text."""

_OFTEN = 32
"""How often one pattern may stand in a text; beyond that the text is left as it is, unread."""

_NEAR = 4
"""Tokens on either side of a pattern in which a word may turn round what it says."""

_NEAR_TEXT = 160
"""Characters in which these tokens are looked for."""

_COVERED_TEXT = re.compile(f"{COVERED}+")


class PartlyRead:
    """In `text` stands what is left to read, what was read is covered.

    `values` are those of the placeholders, for each time that a pattern has read.
    """

    def __init__(self, text: str, known: Mapping[str, Placeholder]) -> None:
        self.text = text
        self.fillers: frozenset[str] = frozenset()
        self.values: list[Mapping[str, str]] = []
        self._known = known
        self._conditions: list[Condition] = []
        self._not_where: list[tuple[Condition, frozenset[Requirement]]] = []
        self._dates: dict[str, list[date]] = {EFFECTIVE_FROM: [], EFFECTIVE_TO: []}
        self._found = False

    def take(self, pattern: Pattern) -> None:
        """Let the pattern read as often as it stands in the text, its phrases anywhere in order."""
        for _ in range(_OFTEN):
            found = self._find(pattern)
            if found is None:
                return
            spans, values = found
            for start, end in spans:
                self._cover(start, end)
            self._say(pattern, values)

    def take_together(self, pattern: Pattern) -> Iterable[Stretch]:
        """Let the pattern read, its phrases close together; yield what is not read for sure.

        That is what else stands between the phrases, and all of it where a word close by may turn
        it round.
        """
        for _ in range(_OFTEN):
            found = self._find(pattern)
            if found is None:
                return
            spans, values = found
            start, end = spans[0][0], spans[-1][1]
            between = tokens(" ".join(self.text[a:b] for (_, a), (b, _) in pairwise(spans)))
            turned = self._is_turned(start, end)
            whole = tokens(self.text[start:end])
            self._cover(start, end)
            if turned:
                yield whole
                continue
            self._say(pattern, values)
            if not pattern.fillers.issuperset(between):
                yield between

    def misplaced(self, pattern: Pattern) -> Stretch:
        """Return where a pattern stands that is not read in this column; nothing if it does not."""
        found = self._find(pattern)
        return tokens(self.text[found[0][0][0] : found[0][-1][1]]) if found else ()

    def reading(self, rest: Iterable[Stretch]) -> Reading:
        """Return what was said, and what is left over."""
        return Reading(
            conditions=tuple(dict.fromkeys(self._conditions)),
            not_where=tuple(dict.fromkeys(self._not_where)),
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
        return None if contradict(values) else (spans, values)

    def _is_turned(self, start: int, end: int) -> bool:
        before = self._near(max(0, start - _NEAR_TEXT), start)[-_NEAR:]
        after = self._near(end, end + _NEAR_TEXT)[:_NEAR]
        return not TURNING_WORDS.isdisjoint((*before, *after))

    def _near(self, start: int, end: int) -> Stretch:
        return tokens(_COVERED_TEXT.sub(f" {COVERED} ", self.text[start:end]))

    def _cover(self, start: int, end: int) -> None:
        self.text = self.text[:start] + COVERED * (end - start) + self.text[end:]

    def _say(self, pattern: Pattern, values: Mapping[str, str]) -> None:
        self._found = True
        self.values.append(values)
        self.fillers |= pattern.fillers
        conditions = parse_conditions(pattern.condition.format_map(values))
        if pattern.not_where:
            self._not_where += ((condition, pattern.not_where) for condition in conditions)
        else:
            self._conditions += conditions
        if pattern.sets:
            self._dates[pattern.sets].append(date.fromisoformat(values["date"]))
