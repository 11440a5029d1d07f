"""How a list prints its programs, codes, days and answers: parts of a layout, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.model import Condition, Requirement


@dataclass(frozen=True, slots=True)
class Sheets:
    """Which sheets of a workbook are read: names, or beginnings of names that end with `*`.

    `are_programs`: the name of a sheet is the program of its rows, until a title.
    """

    are_programs: bool = False
    read: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeForm:
    """What the cell of the codes may hold besides one code."""

    several: bool = False
    ranges: bool = False
    revenue: bool = False
    """Four digits are a revenue code."""


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the list prints days: which number comes first, and what stands for no last day."""

    day_first: bool = False
    open: frozenset[str] = frozenset()


class Answer(NamedTuple):
    """What a row requires, and the conditions that go with it."""

    requirement: Requirement
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Columns of which the marked one answers, by their fields; texts that mark, and that do not.

    The texts are plain and without case.
    """

    columns: Mapping[str, Answer] = field(default_factory=dict)
    set: frozenset[str] = frozenset()
    clear: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a footnote mark says: a requirement, or only conditions."""

    requirement: Requirement | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The marks at the end of the cells of one column; `bare_digits`: they may not be raised."""

    column: str = ""
    marks: Mapping[str, Footnote] = field(default_factory=dict)
    bare_digits: bool = False

    @property
    def answer(self) -> bool:
        """Whether one of them says what is required."""
        return any(note.requirement is not None for note in self.marks.values())
