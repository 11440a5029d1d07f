"""CMS's file of add-on code edits: which primaries an add-on code may be requested with.

The table has the columns AOC_Edit_Type, Add-On_Code, AOC_Del_Dt, Primary_Code, Primary_Code_Del_Dt,
AOC_Edit_Eff_Dt, AOC_Edit_Del_Dt and a note (CMS, "Medicare NCCI Add-on Code Edits"; dates as year
and day of the year). An add-on of type 1 has a closed list of primaries. One of type 2 has none
(`CCCCC`: the contractor defines them), one of type 3 some: for those nobody can say from the file
that a code is no primary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import InvalidCode, is_code, parse_code, parse_code_or_range
from precert.compiler.code_files.days import read_day
from precert.compiler.code_files.rows import Fields, PrintedRow, find_table, refuse
from precert.documents import open_document
from precert.errors import UnreadableDocument
from precert.lists import with_conditions
from precert.model import AddOnTo, CodeFile, CodeRange, Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from precert.compiler.code_files.rows import Found
    from precert.model import Code, Document, Rule

_NEEDED = ("type", "add_on", "primary")
_FIELDS: Fields = {
    "type": frozenset({"aoc edit type", "add on edit type", "type of add on edit", "edit type"}),
    "add_on": frozenset({"add on code", "aoc"}),
    "primary": frozenset({"primary code", "primary procedure code"}),
    "begins": frozenset({"aoc edit eff dt", "aoc edit eff dt julian", "edit effective date"}),
    "ends": frozenset({"aoc edit del dt", "aoc edit del dt julian", "edit deletion date"}),
    "add_on_ends": frozenset({"aoc del dt", "aoc del dt julian", "add on code deleted date"}),
    "primary_ends": frozenset(
        {"primary code del dt", "primary code del dt julian", "primary code deleted date"}
    ),
    "note": frozenset({"special instruction notes", "special instruction note"}),
}
_HEADER_WORDS = frozenset(word for words in _FIELDS.values() for word in words)
_TYPES = {"1": 1, "2": 2, "3": 3, "I": 1, "II": 2, "III": 3}
_CLOSED = 1
_CONTRACTOR_DEFINES = "CCCCC"
_EXPECTED = (
    "expected CMS's add-on code edits as a table with the columns AOC_Edit_Type, Add-On_Code and "
    "Primary_Code (of the text of fixed width take the workbook, saved as CSV)"
)


class AddOnEdit(NamedTuple):
    """One row: an add-on, its type (1, 2 or 3), a primary or None, and when this holds."""

    add_on: Code
    kind: int
    primary: Code | CodeRange | None
    begins: date | None
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Return whether the edit is in force on a day."""
        return (self.begins is None or self.begins <= day) and (
            self.ends is None or day <= self.ends
        )


@dataclass(frozen=True, slots=True)
class AddOnEdits:
    """The edits of one file."""

    source: CodeFile
    edits: tuple[AddOnEdit, ...]


def read_add_on_edits(path: Path) -> AddOnEdits:
    """Return the edits of the file at `path`.

    Raises UnreadableDocument for a file without these columns, and at the line of a row that cannot
    be read: a primary that was overlooked would be called none.
    """
    document = open_document(path)
    table = find_table(document, _FIELDS, _NEEDED, _HEADER_WORDS)
    if table is None or not table.rows:
        reason = f"it holds no add-on code edits: {_EXPECTED}"
        raise UnreadableDocument(str(path), reason)
    edits = tuple(_edit(document, table, row) for row in table.rows)
    return AddOnEdits(CodeFile(document.name, document.sha256), edits)


def add_on_primaries(file: AddOnEdits, day: date) -> Mapping[Code, AddOnTo]:
    """Return by add-on code the guard that names the primaries which it may follow on that day.

    Only an add-on whose list of primaries is closed is there: every edit of it in force is of
    type 1. The primaries are in the order of their texts.
    """
    primaries: dict[Code, set[Code | CodeRange]] = {}
    open_ended = set()
    for edit in file.edits:
        if not edit.holds_on(day):
            continue
        if edit.kind == _CLOSED and edit.primary is not None:
            primaries.setdefault(edit.add_on, set()).add(edit.primary)
        else:
            open_ended.add(edit.add_on)
    return {
        add_on: AddOnTo(tuple(sorted(found, key=str)))
        for add_on, found in sorted(primaries.items())
        if add_on not in open_ended
    }


def with_primaries(rule: Rule, primaries: Mapping[Code, AddOnTo]) -> Rule:
    """Return the rule, with the guard that names its primaries if it is an add-on that has some."""
    if rule.requirement is not Requirement.ADD_ON or isinstance(rule.code, CodeRange):
        return rule
    guard = primaries.get(rule.code)
    return rule if guard is None else with_conditions(rule, (guard,))


def _edit(document: Document, table: Found, row: PrintedRow) -> AddOnEdit:
    cells = table.cells_of(row)
    kind = _TYPES.get(cells["type"].upper().removeprefix("TYPE").strip().removesuffix(".0"))
    if kind is None:
        refuse(document, row.line, f"AOC_Edit_Type: read {cells['type']!r}, expected 1, 2 or 3")
    add_on = parse_code(cells["add_on"])
    if not is_code(add_on):
        refuse(document, row.line, f"Add-On_Code: {add_on}")
    days = {
        field: read_day(document, row.line, field, cells.get(field, ""))
        for field in ("begins", "ends", "add_on_ends", "primary_ends")
    }
    begins = days.pop("begins")
    ends = min((day for day in days.values() if day is not None), default=None)
    return AddOnEdit(add_on, kind, _primary(document, row.line, cells["primary"]), begins, ends)


def _primary(document: Document, line: int, text: str) -> Code | CodeRange | None:
    if text.upper() in {"", _CONTRACTOR_DEFINES}:
        return None
    primary = parse_code_or_range(text)
    if isinstance(primary, InvalidCode):
        refuse(document, line, f"Primary_Code: {primary}")
    return primary
