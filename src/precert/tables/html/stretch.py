"""A stretch of text while it is read: all of a cell, or what stands between two tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from precert.tables.html.marks import BLOCKS, PLAIN, VOID, Marks

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Run(NamedTuple):
    text: str
    marks: Marks
    line: int


class PrintedText(NamedTuple):
    """A line of text, its marks written as tags; the line of the file on which it begins."""

    text: str
    line: int
    hidden: bool


class Stretch:
    """Takes text and elements in their order; `outer` is how the stretch as a whole is shown."""

    def __init__(self, outer: Marks = PLAIN) -> None:
        self._outer = outer
        self._elements: list[tuple[str, Marks]] = []
        self._open: Counter[str] = Counter()
        self._lines: list[list[_Run]] = [[]]

    @property
    def marks(self) -> Marks:
        """How a text that comes now is shown."""
        return self._elements[-1][1] if self._elements else self._outer

    def open(self, tag: str, marks: Marks) -> None:
        """Take the beginning of an element; a paragraph ends where another block begins."""
        if tag in BLOCKS:
            self.end_line()
            if tag != "br":
                self.close("p")
        if tag not in VOID:
            self._elements.append((tag, self.marks.and_of(marks)))
            self._open[tag] += 1

    def close(self, tag: str) -> None:
        """Take the end of an element, and with it of all in it; one that is not open has none."""
        if tag in BLOCKS:
            self.end_line()
        while self._open[tag]:
            ended, _ = self._elements.pop()
            self._open[ended] -= 1
            if ended == tag:
                break

    def add(self, text: str, line: int) -> None:
        """Take text that begins on a line of the file; preformatted text keeps its lines."""
        if not self._open["pre"]:
            self._lines[-1].append(_Run(text, self.marks, line))
            return
        for number, part in enumerate(text.split("\n")):
            if number:
                self.end_line()
            self._lines[-1].append(_Run(part, self.marks, line + number))

    def end_line(self) -> None:
        """End the line of text, if one has begun."""
        if self._lines[-1]:
            self._lines.append([])

    def take(self) -> list[PrintedText]:
        """Return the lines that print something, and forget them; open elements stay open."""
        lines = [_printed(runs) for runs in self._lines if any(run.text.strip() for run in runs)]
        self._lines = [[]]
        return lines


def _printed(runs: Iterable[_Run]) -> PrintedText:
    parts: list[str] = []
    now, line, hidden, blank = PLAIN, 0, False, ""
    for run in runs:
        printed = run.text.strip()
        if not printed:  # where nothing is printed, marks show nothing
            blank += run.text
            continue
        before, _, after = run.text.partition(printed)
        line = line or run.line + before.count("\n")
        hidden |= run.marks.hidden
        ended, begun = _turn(now, run.marks)
        parts += (ended, blank, before, begun, printed)
        now, blank = run.marks, after
    parts.append(_turn(now, PLAIN)[0])
    return PrintedText(" ".join("".join(parts).split()), line, hidden)


def _turn(before: Marks, after: Marks) -> tuple[str, str]:
    """Return the tags that end and that begin between two texts with these marks."""
    if before[:2] == after[:2]:
        return "", ""
    ended = f"{'</s>' * before.struck}{'</b>' * before.bold}"
    return ended, f"{'<b>' * after.bold}{'<s>' * after.struck}"
