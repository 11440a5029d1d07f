"""Which line of business of a list is read: the list's only one, or one of its decision columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import IGNORED
from precert.lists.layout_file.words import read_name
from precert.lists.markup import words

if TYPE_CHECKING:
    from precert.lists.layout_file.section import Section


def read_line_of_business(section: Section, told: str | None) -> tuple[str, dict[str, str]]:
    """Return the line of business, and the columns of all lines: `decision` or to be ignored.

    Refuses a line that the list does not have, and none told where it has several.
    """
    if not section.has("lines_of_business"):
        return _only_line(section, told), {}
    if section.has("line_of_business"):
        reason = "expected either this or [lines_of_business], which names several"
        section.refuse("line_of_business", reason)
    lines = section.section("lines_of_business")
    columns = {name: lines.texts(name) for name in lines.names()}
    known = ", ".join(columns)
    for name, printed in columns.items():
        if not words(name) or not printed:
            lines.refuse(name, "expected a name, and the header words of its decisions")
    if told is None:
        reason = f"the list has {known}; tell which of them to read with --line-of-business"
        section.refuse("lines_of_business", reason)
    chosen = next((name for name in columns if words(name) == words(told)), None)
    if chosen is None:
        section.refuse("lines_of_business", f"read {told!r}, expected one of {known}")
    others = {printed: IGNORED for texts in columns.values() for printed in texts}
    return chosen, others | dict.fromkeys(columns[chosen], "decision")


def _only_line(section: Section, told: str | None) -> str:
    own = read_name(section, "line_of_business")
    if told is not None and words(told) != words(own):
        section.refuse("line_of_business", f"read {told!r}, expected {own}: the list has no other")
    return own
