"""Texts that may hold conditions: a printed text in, what it says and what was left unread out.

A note must be read wholly: what no phrase covers has to be filler, or it is left over. Other texts
speak of other things too, so there only the words between the phrases of a pattern have to be
filler, no word near them may turn round what they say, and what sounds like a rule (the alerts)
must not be left over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import READ_WHOLLY, SEARCHED
from precert.lists.markup import has_tag, plain, tokens
from precert.lists.partly_read import COVERED, PartlyRead
from precert.lists.said import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.lists.layout import Layout, Pattern
    from precert.lists.placeholder import Placeholder
    from precert.lists.said import Reading


class NoteReader:
    """Reads texts by the patterns of a layout; a text that was read before is remembered."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[tuple[str, str], Reading] = {}
        self._patterns = {
            column: tuple(pattern for pattern in layout.patterns if column in pattern.columns)
            for column in (*READ_WHOLLY, *SEARCHED)
        }
        self._patterns["program"] = self._patterns["product"]
        self._elsewhere = {
            column: tuple(pattern for pattern in layout.patterns if column not in pattern.columns)
            for column in SEARCHED
        }
        self._alerts = {
            column: tuple((alert.key, alert.pattern) for alert in layout.alerts[column])
            for column in SEARCHED
        }
        self._elsewhere["program"] = self._elsewhere["product"]  # both are names
        self._alerts["program"] = self._alerts["product"]

    def read_note(self, column: str, printed: str) -> Reading:
        """Return what a note or a grouping says; `rest` is all that it may say besides."""
        reading = self._known.get((column, printed))
        if reading is None:
            reading = read_wholly(plain(printed), self._patterns[column], self._layout.placeholders)
            self._known[column, printed] = reading
        return reading

    def search(self, column: str, text: str) -> Reading:
        """Return what a plain text of that column says; `rest` is what sounds like a rule."""
        reading = self._known.get((column, text))
        if reading is None:
            reading = self._known[column, text] = self._search(column, text)
        return reading

    def _search(self, column: str, text: str) -> Reading:
        lowered = text.casefold()
        patterns = [each for each in self._patterns[column] if _may_stand(each, lowered)]
        elsewhere = [each for each in self._elsewhere[column] if _may_stand(each, lowered)]
        alerts = [(key, alert) for key, alert in self._alerts[column] if key in lowered]
        tagged = has_tag(text)
        if not patterns and not elsewhere and not alerts and not tagged:
            return NOTHING
        work = PartlyRead(text, self._layout.placeholders)
        rest = [stretch for pattern in patterns for stretch in work.take_together(pattern)]
        rest += (stretch for pattern in elsewhere if (stretch := work.misplaced(pattern)))
        rest += (tokens(key) for key, alert in alerts if alert.search(work.text))
        if tagged:
            rest.append(tokens(text))
        return work.reading(rest)


def _may_stand(pattern: Pattern, lowered: str) -> bool:
    return all(phrase.key in lowered for phrase in pattern.phrases)


def read_wholly(
    text: str, patterns: Iterable[Pattern], known: Mapping[str, Placeholder]
) -> Reading:
    """Return what a plain text says; what neither a phrase nor a filler covers is left over.

    Where no pattern stands in the text, all its words are left over, the fillers among them too.
    """
    work = PartlyRead(text, known)
    for pattern in patterns:
        work.take(pattern)
    stretches = map(tokens, work.text.split(COVERED))
    return work.reading(s for s in stretches if s and not work.fillers.issuperset(s))
