"""What stands on a page, in points from its upper left corner: boxes, words, rulings."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def __str__(self) -> str:
        """Return the box as `SourceRef.area` has it."""
        return f"{self.left:.1f},{self.top:.1f},{self.right:.1f},{self.bottom:.1f}"


def around(boxes: list[Box]) -> Box:
    """Return the box that holds all of them; there is at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Look(NamedTuple):
    """How a text is printed: what of it may mean something."""

    bold: bool = False
    hidden: bool = False
    """It is drawn without ink."""
    white: bool = False
    coloured: bool = False


Edges = tuple[float, float, float, float]
"""A box as a bare tuple, for what a page has thousands of: left, top, right, bottom."""


class Word(NamedTuple):
    """Letters that stand together, each with its box; a word that lies sideways has none."""

    text: str
    box: Box
    look: Look
    letters: tuple[Edges, ...]
    struck: bool = False
    """A line is drawn through it."""


class Ruling(NamedTuple):
    """A drawn line: `at` a height (or a distance from the left), from `begin` to `end`."""

    at: float
    begin: float
    end: float
