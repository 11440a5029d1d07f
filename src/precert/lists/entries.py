"""What reading a list gives: rules with their printed cells, headings, programs, kinds of lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from precert.diagnostics import Diagnostic
    from precert.model import Program, Rule, SourceRef


class LineKind(StrEnum):
    """What a line of the document is; every line is exactly one of these."""

    RULE = "rule"
    HEADING = "heading"
    HEADER = "header"
    TITLE = "title"
    COPYRIGHT = "copyright"
    POINTER = "pointer"
    EFFECTIVE = "effective"
    LEGEND = "legend"
    EXHAUSTIVE = "exhaustive"
    """It says that a code which is not on the list needs no authorization."""
    NOTICE = "notice"
    """It says something of codes whose rows stand elsewhere."""
    PAGE = "page"
    """What is printed on each page, or its number."""
    IGNORED = "ignored"
    """On a sheet that the layout says to pass over."""
    BLANK = "blank"
    DIAGNOSTIC = "diagnostic"
    """None of the others: a diagnostic at this line says what was read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule and, by field name, the cells of its row exactly as printed.

    A field that the table has no column for is absent from `printed`. `marks` are the footnote
    marks of the code or its row.
    """

    rule: Rule
    printed: Mapping[str, str]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A printed sub-title, its markup stripped; `decision` and `platform` are what its row prints.

    They are empty where it prints none, and the rules beneath a heading never inherit them.
    """

    ref: SourceRef
    program: str
    text: str
    decision: str
    platform: str


@dataclass(frozen=True, slots=True)
class ListReading:
    """All that a document says, in its order; `kinds` are those of the lines and rows at `refs`.

    `effective_from` holds each day that an effective line prints, with its place. `exhaustive` is
    the place of the line, if any, that says that a code which is not listed needs none, and
    `exhaustive_within` the program beneath whose title it stands. `passed_over` counts the rows in
    which a sheet or column that the layout passes over prints what looks like a code.
    """

    entries: tuple[Entry, ...]
    headings: tuple[PrintedHeading, ...]
    programs: tuple[Program, ...]
    refs: tuple[SourceRef, ...]
    kinds: tuple[LineKind, ...]
    diagnostics: tuple[Diagnostic, ...]
    plans: tuple[str, ...]
    effective_from: tuple[tuple[date, SourceRef], ...] = ()
    exhaustive: SourceRef | None = None
    exhaustive_within: str | None = None
    passed_over: int = 0
