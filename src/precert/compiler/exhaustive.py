"""Whether the list says that a code which it does not list needs none, and what stands against it.

The statement is relied on only where everything was read: a code may stand on a line that was not,
or in the list of a program that is only a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import Severity, diagnostic
from precert.lists import LineKind
from precert.model import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.compiler.reading import Reading
    from precert.diagnostics import Diagnostic
    from precert.model import SourceRef

_CODES = "code"
_NO_RULE = "PC121"


def exhaustive_of(readings: Sequence[Reading]) -> SourceRef | None:
    """Return the line that says so; None where there is none, or a file was not read as a whole."""
    if any(_is_damaged(reading) for reading in readings):
        return None
    return _stated(readings)


def check_exhaustive(readings: Sequence[Reading]) -> Iterator[Diagnostic]:
    """Yield that the statement is there and is not relied on, with the reason."""
    place = _stated(readings)
    if place is None:
        return
    for reading in readings:
        name = reading.document.name
        if _is_damaged(reading):
            yield diagnostic("PC123", place, why=f"{name} could not be read as a whole")
        if lines := unread_lines(reading):
            yield diagnostic("PC123", place, why=f"{lines} of the lines of {name} were not read")
    linked = [p.name for reading in readings for p in reading.list.programs if p.link_only]
    if linked:
        yield diagnostic("PC123", place, why=f"the list only links to {', '.join(linked)}")


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


def _stated(readings: Sequence[Reading]) -> SourceRef | None:
    places = (reading.list.exhaustive for reading in readings)
    return next((place for place in places if place is not None), None)


def _is_damaged(reading: Reading) -> bool:
    return any(found.severity is not Severity.INFO for found in reading.format_diagnostics)
