"""The chart of programs by requirement: counts in, the parts of an SVG out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.model import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.web.views.rulebook import ProgramView

LABELS = {
    Requirement.REQUIRED: "Required",
    Requirement.NOT_REQUIRED: "Not required",
    Requirement.OUT_OF_SCOPE: "Out of scope",
    Requirement.ADD_ON: "Add-on",
    Requirement.INVESTIGATIONAL: "Experimental",
    Requirement.UNLISTED: "Unlisted code",
    Requirement.UNREAD: "Not read",
}
"""What each requirement is called above a column; its place is the number of its colour."""
LEFT, WIDTH, ROW, BAR = 250, 900, 34, 22
_RIGHT = 70
_LEAST_WITH_NUMBER = 30


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; `number` is its count, empty where there is no room for it."""

    x: float
    width: float
    colour: int
    number: str
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A program: where its bar lies, its parts, and its total at the bar's end."""

    name: str
    y: int
    end: float
    total: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, the size of the drawing, and the requirements that some program has."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    shown: tuple[tuple[Requirement, str, int], ...]


def chart_of(programs: Iterable[ProgramView]) -> Chart:
    """Return the chart of the programs, a bar each; one that is only a link has an empty bar."""
    several = tuple(programs)
    most = max((program.rules for program in several), default=0) or 1
    scale = (WIDTH - LEFT - _RIGHT) / most
    bars = tuple(_bar(program, number, scale) for number, program in enumerate(several))
    colours = {requirement: number for number, requirement in enumerate(LABELS, start=1)}
    shown = tuple(
        (requirement, label, colours[requirement])
        for requirement, label in LABELS.items()
        if any(program.requirements[requirement] for program in several)
    )
    return Chart(bars, WIDTH, ROW * len(bars), shown)


def _bar(program: ProgramView, number: int, scale: float) -> Bar:
    segments: list[Segment] = []
    x = float(LEFT)
    for colour, (requirement, label) in enumerate(LABELS.items(), start=1):
        count = program.requirements[requirement]
        if count:
            width = count * scale
            written = f"{count:,}" if width >= _LEAST_WITH_NUMBER else ""
            says = f"{program.name}: {label}, {count:,}"
            segments.append(Segment(round(x, 1), round(width, 1), colour, written, says))
            x += width
    total = "only a link" if program.link_only else f"{program.rules:,}"
    return Bar(program.name, number * ROW, round(x, 1), total, tuple(segments))
