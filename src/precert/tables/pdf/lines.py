"""Words that stand beside each other are a line; parts of a line with wide gaps are phrases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from precert.tables.pdf.shapes import Box, Word, around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ON_ONE_LINE = 0.35
"""So much of a letter's height may the middles of words on one line of the page lie apart: lines of
neighbouring cells that are centred are shifted by half a line."""
IN_ONE_CELL = 0.55
"""The same within a cell, where a raised sign is all that may be shifted."""
_PHRASE_GAP = 0.45
"""A gap of more than this part of the height parts phrases; a blank takes a quarter of it."""


@dataclass(frozen=True)
class Line:
    """Words from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The box around its words."""
        return around([word.box for word in self.words])

    @cached_property
    def text(self) -> str:
        """The words with blanks between them; what is struck out stands in `<s>`."""
        return spoken_text(self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.look.bold for word in self.words)

    def phrases(self, gap: float = _PHRASE_GAP) -> list[Line]:
        """Return its parts that stand further apart than `gap`, a part of the letters' height."""
        parts: list[list[Word]] = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.box.left - before.box.right > gap * word.box.height:
                parts.append([])
            parts[-1].append(word)
        return [Line(tuple(part)) for part in parts] if len(parts) > 1 else [self]


def lines_of(words: Iterable[Word], tolerance: float = _ON_ONE_LINE) -> list[Line]:
    """Return the lines that the words stand in, from top to bottom."""
    lines: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=_by_middle):
        box = word.box
        at, own = (box.top + box.bottom) / 2, box.bottom - box.top
        if lines and at - middle <= tolerance * max(own, height):
            lines[-1].append(word)
        else:
            lines.append([word])
            middle, height = at, own
    return [Line(tuple(sorted(line, key=_by_left))) for line in lines]


def _by_middle(word: Word) -> float:
    return word.box.top + word.box.bottom


def _by_left(word: Word) -> float:
    return word.box.left


def spoken_text(words: Iterable[Word]) -> str:
    """Return the words with blanks between them; what is struck out stands in `<s>`."""
    return " ".join(_marked(words))


def _marked(words: Iterable[Word]) -> Iterator[str]:
    struck: list[str] = []
    for word in words:
        if word.struck:
            struck.append(word.text)
            continue
        if struck:
            yield f"<s>{' '.join(struck)}</s>"
            struck = []
        yield word.text
    if struck:
        yield f"<s>{' '.join(struck)}</s>"


def cell_text(words: Iterable[Word]) -> str:
    """Return the text of a cell, its lines joined by blanks."""
    lines = lines_of(words, IN_ONE_CELL)
    return spoken_text(word for line in lines for word in line.words)


def split_at(word: Word, at: float) -> tuple[Word, ...]:
    """Return the two words that lie on either side, if a gap between its letters is there."""
    for number, (before, letter) in enumerate(pairwise(word.letters), 1):
        right, left = before[2], letter[0]
        if right <= at + _AT and left >= at - _AT and left - right > _TOUCH:
            return _part(word, 0, number), _part(word, number, len(word.letters))
    return (word,)


_AT = 1.0
_TOUCH = 0.3


def _part(word: Word, begin: int, end: int) -> Word:
    letters = word.letters[begin:end]
    box = Box(letters[0][0], word.box.top, letters[-1][2], word.box.bottom)
    return word._replace(text=word.text[begin:end], box=box, letters=letters)
