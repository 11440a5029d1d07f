"""The columns of a table without drawn lines: between two header cells, where least text passes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code
from precert.tables.pdf.anchors import is_anchor_word
from precert.tables.pdf.lines import split_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.tables.pdf.header import HeaderCell
    from precert.tables.pdf.lines import Line
    from precert.tables.pdf.shapes import Word

_RUN_GAP = 0.34
"""Words that stand no further apart than this part of their height are one text."""
_BLANK = 0.26
"""A blank is at least as wide in most fonts: columns are seldom set so close."""
_EDGE = 0.4
_ALIGNED = 1.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edges of the columns after the first, and which one prints the codes (or None)."""

    edges: tuple[float, ...]
    code: int | None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.edges) + 1

    def of(self, word: Word) -> int:
        """Return the column in which the word begins."""
        return bisect_right(self.edges, word.box.left + _EDGE)

    def parted(self, word: Word) -> tuple[Word, ...]:
        """Return the words of several columns that touch each other as one each."""
        left, _, right, _ = word.box
        first = bisect_right(self.edges, left + _EDGE)
        for edge in self.edges[first:]:
            if edge >= right - _EDGE:
                break
            if len(parts := split_at(word, edge)) > 1:
                return parts[0], *self.parted(parts[1])
        return (word,)

    def crossed_by(self, line: Line) -> bool:
        """Return whether the line is one text that passes from column to column.

        A single word that is too wide for its column is none.
        """
        return len(line.phrases()) == 1 and any(
            self.of(word) != self.of(before) and self._runs_on(before, word)
            for before, word in pairwise(line.words)
        )

    def _runs_on(self, before: Word, word: Word) -> bool:
        """Return whether a word stands as near to the one before it as in a sentence."""
        gap = (word.box.left - before.box.right) / word.box.height
        begins_column = abs(word.box.left - self.edges[self.of(word) - 1]) <= _ALIGNED
        return gap <= (_BLANK if begins_column else _RUN_GAP)


def columns_of(cells: Sequence[HeaderCell], lines: Sequence[Line]) -> Columns:
    """Return the columns that a header's cells name, of a table whose lines are these.

    `lines` are those of all pages on which the table has this header, the header's own included.
    """
    runs = runs_of(lines)
    edges = []
    for cell, following in pairwise(cells):
        begin = (cell.box.left + cell.box.right) / 2
        end = (following.box.left + following.box.right) / 2
        edges.append(emptiest(runs, begin, max(begin, end)))
    columns = Columns(tuple(edges), None)
    return Columns(columns.edges, _code_column(columns, lines))


def runs_of(lines: Iterable[Line]) -> list[tuple[float, float]]:
    """Return from where to where texts reach that go on with gaps no wider than a blank.

    Of a line with a code the words count besides: where columns stand close together, texts pass
    over the gap between them, but no word does.
    """
    boxes = []
    for line in lines:
        boxes += [part.box for part in line.phrases(_RUN_GAP)]
        if any(is_code(parse_code(word.text)) for word in line.words):
            boxes += [word.box for word in line.words]
    return [(box.left, box.right) for box in boxes]


def emptiest(runs: Iterable[tuple[float, float]], begin: float, end: float) -> float:
    """Return the place between `begin` and `end` over which least text passes.

    It is the right end of the widest such stretch, where the texts of the next column begin.
    """
    changes: Counter[float] = Counter()
    for left, right in runs:
        if left < end and right > begin:
            changes[max(left, begin)] += 1
            changes[min(right, end)] -= 1
    passing = 0
    best = (float("inf"), 0.0, end)
    places = sorted({begin, end, *changes})
    for place, following in pairwise(places):
        passing += changes[place]
        best = min(best, (passing, place - following, following))
    return best[2]


def _code_column(columns: Columns, lines: Iterable[Line]) -> int | None:
    """Return the column in which most texts begin with a code."""
    codes: Counter[int] = Counter()
    for line in lines:
        begun: set[int] = set()
        for each in line.words:
            for word in columns.parted(each):
                at = columns.of(word)
                if at not in begun and is_anchor_word(word.text):
                    codes[at] += 1
                begun.add(at)
    return codes.most_common(1)[0][0] if codes else None
