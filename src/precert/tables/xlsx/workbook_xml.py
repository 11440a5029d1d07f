"""Where the sheets of a workbook lie: the part of its package that holds each."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from precert.tables.xlsx.xml_parts import local, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.tables.xlsx.package import Package

_WORKBOOK = "xl/workbook.xml"
_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"


class _Sheets:
    """The relationship of each sheet by the sheet's name."""

    def __init__(self) -> None:
        self.relationships: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "sheet":
            of_sheet = (value for key, value in attributes.items() if local(key) == "id")
            self.relationships[attributes.get("name", "")] = next(of_sheet, "")

    def end(self, name: str) -> None:
        """Nothing begins that had to end."""


class _Targets:
    """The part of each relationship by its id."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "Relationship":
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self.parts[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    def end(self, name: str) -> None:
        """Nothing begins that had to end."""


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet by its name, as `{"PA": "xl/worksheets/sheet1.xml"}`.

    A sheet whose part the package does not hold is not in it. Source: ECMA-376 part 1, 18.2.20.
    """
    sheets, targets = _Sheets(), _Targets()
    parse_part(package, _WORKBOOK, sheets, ends=False)
    parse_part(package, _RELATIONSHIPS, targets, ends=False)
    found = ((name, targets.parts.get(of)) for name, of in sheets.relationships.items())
    return {name: part for name, part in found if part and package.holds(part)}
