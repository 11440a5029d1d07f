"""The parts of a layout file that say where a list prints what: its columns and its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import FIELDS
from precert.lists.layout_values import CodeForm, DateForm, Sheets
from precert.lists.markup import spoken, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.layout_file.section import Section

_SHEET = "sheet"
_DAY_FIRST, _MONTH_FIRST = "day-first", "month-first"


def read_columns(
    section: Section, of_lines: Mapping[str, str], *, answered: bool
) -> dict[str, str]:
    """Return the field of each printed header word.

    `of_lines` are those of the lines of business. `answered`: another key says where the answer is.
    """
    columns = dict(of_lines)
    required = {"code"} if answered else {"code", "decision"}
    for field in FIELDS:
        if field in required or section.has(field):
            add_columns(section, field, field, columns)
    section.done()
    return columns


def add_columns(section: Section, key: str, field: str, columns: dict[str, str]) -> None:
    """Add the header words under `key` as those of a field; one that another has is refused."""
    for printed in section.texts(key):
        if words(printed) in map(words, columns):
            section.refuse(key, f"read {printed!r}, which another column has too")
        columns[printed] = field


def read_sheets(section: Section) -> Sheets:
    """Return `[sheets]`; a name that stands in both lists is refused."""
    program = section.text("program", "")
    if program not in {"", _SHEET}:
        section.refuse("program", f"read {program!r}, expected {_SHEET!r}: its name is the program")
    read, ignored = section.texts("read", ()), section.texts("ignored", ())
    for name in (*read, *ignored):
        if not words(name):
            key = "read" if name in read else "ignored"
            section.refuse(key, f"read {name!r}, expected a name, which has a word in it")
    for name in ignored:
        if words(name) in map(words, read):
            section.refuse("ignored", f"read {name!r}, which stands among the sheets to read too")
    section.done()
    return Sheets(program == _SHEET, read, ignored)


def read_code_form(section: Section) -> CodeForm:
    """Return `[codes]`."""
    form = CodeForm(section.flag("several"), section.flag("ranges"), section.flag("revenue"))
    section.done()
    return form


def read_date_form(section: Section) -> DateForm:
    """Return `[dates]`."""
    order = section.text("order", _MONTH_FIRST)
    if order not in {_DAY_FIRST, _MONTH_FIRST}:
        section.refuse("order", f"read {order!r}, expected {_MONTH_FIRST!r} or {_DAY_FIRST!r}")
    printed = section.texts("open", ())
    for text in printed:
        if not spoken(text):
            section.refuse("open", f"read {text!r}, expected a word that stands for no last day")
    section.done()
    return DateForm(order == _DAY_FIRST, frozenset(map(spoken, printed)))
