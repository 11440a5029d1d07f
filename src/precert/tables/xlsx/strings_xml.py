"""Which texts of a workbook hold letters that are struck out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.tables.xlsx.styles_xml import is_on
from precert.tables.xlsx.xml_parts import local, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.tables.xlsx.package import Package

_STRINGS = "xl/sharedStrings.xml"


class _Strings:
    """Counts the texts, and notes those in which a run of letters is struck out."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self._count = -1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            return
        element = local(name)
        if element == "si":
            self._count += 1
        elif element == "strike" and is_on(attributes):
            self.struck.add(str(self._count))

    def end(self, name: str) -> None:
        """Nothing begins that had to end."""


def struck_strings(package: Package) -> frozenset[str]:
    """Return the numbers, as cells write them, of the shared texts with letters struck out.

    Source: ECMA-376 part 1, 18.4 (the shared string table, rich text runs).
    """
    strings = _Strings()
    if package.holds(_STRINGS):
        parse_part(package, _STRINGS, strings, ends=False)
    return frozenset(strings.struck)
