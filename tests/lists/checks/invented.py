"""Invented lists in the real one's layout: line 1 is the title, line 2 the header, then rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.codes import InvalidCode, parse_range
from precert.lists import load_layout, read_list
from precert.model import Document
from precert.tables.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

    from precert.diagnostics import Diagnostic
    from precert.lists import ListReading

LAYOUT = load_layout("evicore-cigna")
COLUMNS = (
    "Product",
    "Category",
    "CPT® Code",
    "CPT® Code Description",
    "Commercial Prior Authorization Required?",
    "Commercial Case Build Platform",
    "External Notation",
)
HEADER = "\t".join(COLUMNS)
NARROW_HEADER = "\t".join(COLUMNS[2:6])


def title(program: str) -> str:
    return f"**Prior Authorization Procedure List: {program}**"


def row(  # noqa: PLR0913 - one parameter for each column
    code: str,
    description: str = "Chair",
    decision: str = "Yes",
    platform: str = "CareCore National",
    *,
    note: str = "",
    category: str = "CHAIRS",
    product: str = "Equipment",
) -> str:
    return f"{product}\t{category}\t{code}\t{description}\t{decision}\t{platform}\t{note}"


def heading(text: str, decision: str = "") -> str:
    return row("", text, decision, "", category="", product="")


def read(*lines: str, program: str = "Seating", header: str = HEADER) -> ListReading:
    """The reading of one program with these lines, of which the first is line 3."""
    text = (title(program), header, *lines)
    document = Document("invented.md", "0" * 64, text)
    return read_list(document, read_text(document, LAYOUT.header_words).blocks, LAYOUT)


def found(check: ModuleType, reading: ListReading) -> list[Diagnostic]:
    """What the check finds, in its own order."""
    return list(check.check(reading, LAYOUT))


def brief(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, int]]:
    """The codes and lines of diagnostics."""
    return [(one.code, one.ref.line) for one in diagnostics]


def places(diagnostics: Iterable[Diagnostic], code: str) -> list[int]:
    """The lines at which a kind of diagnostic stands."""
    return [one.ref.line for one in diagnostics if one.code == code]


def related(diagnostic: Diagnostic) -> list[int]:
    """The other lines that a diagnostic names."""
    return [ref.line for ref in diagnostic.related]


def ranged(reading: ListReading, ranges: Mapping[int, str]) -> ListReading:
    """The reading with these ranges in place of the codes on these lines."""
    entries = []
    for entry in reading.entries:
        text = ranges.get(entry.rule.ref.line)
        code = entry.rule.code if text is None else parse_range(text)
        assert not isinstance(code, InvalidCode)
        entries.append(replace(entry, rule=replace(entry.rule, code=code)))
    return replace(reading, entries=tuple(entries))
