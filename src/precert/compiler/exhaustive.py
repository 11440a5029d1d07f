"""Whether the list says that a code which it does not list needs none, and what stands against it.

The statement is relied on only where everything was read: a code may stand on a line that was not,
or in the list of a program that is only a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import Severity, diagnostic
from precert.lists import LineKind, prints_code
from precert.model import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.compiler.reading import Reading
    from precert.diagnostics import Diagnostic
    from precert.lists import Entry
    from precert.model import SourceRef

_CODES = "code"
_NO_RULE = "PC121"
_WITHOUT_CODES = frozenset(("code", "remark", "legend", "notice", "dates", "heading"))
"""What these leave unread in a rule is counted where it stands."""


def exhaustive_of(readings: Sequence[Reading]) -> SourceRef | None:
    """Return the line that says so; None where there is none, or another list may be meant."""
    return None if any(True for _ in _against(readings)) else _stated(readings)


def check_exhaustive(readings: Sequence[Reading]) -> Iterator[Diagnostic]:
    """Yield that the statement is there and is not relied on, with the reason."""
    place = _stated(readings)
    if place is None:
        return
    for why in _against(readings):
        yield diagnostic("PC123", place, why=why)
    for reading in readings:
        if lines := unread_lines(reading):
            name = reading.document.name
            yield diagnostic("PC123", place, why=f"{lines} of the lines of {name} were not read")
    linked = [p.name for reading in readings for p in reading.list.programs if p.link_only]
    if linked:
        yield diagnostic("PC123", place, why=f"the list only links to {', '.join(linked)}")


def _against(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield why the statement cannot be taken for one about all that is not a rule."""
    listed = (each for reading in readings for each in reading.list.programs)
    programs = {program.name for program in listed if not program.link_only}
    for reading in readings:
        name = reading.document.name
        if _is_damaged(reading):
            yield f"{name} could not be read as a whole"
        if hiding := _hiding_codes(reading):
            yield f"a code may stand unread in {hiding} of the rows, headings or titles of {name}"
        if reading.list.passed_over:
            rows = reading.list.passed_over
            yield f"the layout passes over codes in {rows} of the rows of {name}"
        within = reading.list.exhaustive_within
        if within is not None and len(programs) > 1:
            yield f"it stands beneath the title of one program, {within}"


def unread_lines(reading: Reading) -> int:
    """Return on how many lines of a document a code may stand that no rule has.

    Those are the lines that nothing explains, rows that print beside their codes what is none, and
    notices of a code without a rule.
    """
    partly = {
        entry.rule.ref
        for entry in reading.list.entries
        if any(isinstance(each, Unread) and each.field == _CODES for each in entry.rule.conditions)
    }
    partly |= {found.ref for found in reading.list.diagnostics if found.code == _NO_RULE}
    return reading.list.kinds.count(LineKind.DIAGNOSTIC) + len(partly)


def _hiding_codes(reading: Reading) -> int:
    """Return how many rows, headings and titles may print a code that no rule has."""
    names = [heading.text for heading in reading.list.headings]
    names += (program.name for program in reading.list.programs)
    rows = {entry.rule.ref for entry in reading.list.entries if _hides_a_code(entry)}
    return len(rows) + sum(map(prints_code, names))


def _hides_a_code(entry: Entry) -> bool:
    """Return whether a cell that was not read prints a code, or has no known column."""
    return any(
        each.field not in _WITHOUT_CODES
        and (each.field not in entry.printed or prints_code(entry.printed[each.field]))
        for each in entry.rule.conditions
        if isinstance(each, Unread)
    )


def _stated(readings: Sequence[Reading]) -> SourceRef | None:
    places = (reading.list.exhaustive for reading in readings)
    return next((place for place in places if place is not None), None)


def _is_damaged(reading: Reading) -> bool:
    return any(found.severity is not Severity.INFO for found in reading.format_diagnostics)
