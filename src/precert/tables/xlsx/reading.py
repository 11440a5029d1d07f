"""The reading of a workbook, sheet by sheet, in the order of the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.tables.blocks import blocks_of
from precert.tables.contents import Contents
from precert.tables.header_words import HeaderWords
from precert.tables.xlsx.calamine import open_workbook, read_sheet, refusals
from precert.tables.xlsx.filled import with_signs
from precert.tables.xlsx.lost_zeros import lost_zeros
from precert.tables.xlsx.package import Kind, Package, open_package
from precert.tables.xlsx.remarks import hidden_sheet, looks_not_told, remarks_of
from precert.tables.xlsx.sheet_rows import SheetRows
from precert.tables.xlsx.sheet_xml import Marks, read_marks
from precert.tables.xlsx.strings_xml import struck_strings
from precert.tables.xlsx.styles_xml import read_looks
from precert.tables.xlsx.workbook_xml import sheet_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from python_calamine import CalamineWorkbook

    from precert.diagnostics import Diagnostic
    from precert.model import Document, Table, TextLine
    from precert.tables.xlsx.styles_xml import Look

_NO_ROWS = {"ChartSheet", "DialogSheet", "Vba"}


def read_workbook(document: Document, header_words: frozenset[str]) -> Contents:
    """Return the rows of all sheets of a workbook, the hidden ones too; blank rows are blank lines.

    A row is as wide as the columns of its sheet that hold something. Struck text stands in `<s>`;
    an empty cell whose fill may be a sign holds `<sign>` (PC221). Raises UnreadableDocument for a
    file that is no workbook or a damaged one, and MissingExtra without the extra `xlsx`. It unpacks
    what strangers packed: call it through `read_apart`.
    """
    package = open_package(document)
    workbook = open_workbook(package)
    looks = _Looks.of(package)
    words = HeaderWords(header_words)
    blocks: list[Table | TextLine] = []
    found: list[Diagnostic] = []
    if package.kind is not Kind.XLSX:
        found.append(looks_not_told(document.name, package.kind.value))
    for name, is_hidden in _sheets(workbook):
        marks = looks.marks(name)  # before the values: it refuses what would not fit into memory
        sheet = SheetRows(document.name, read_sheet(package, workbook, name), marks)
        with refusals(package):
            printed, signs = with_signs(sheet, tuple(sheet))
        of_sheet = tuple(blocks_of(printed, words))
        if is_hidden and printed:
            found.append(hidden_sheet(document.name, name))
        found += signs
        found += lost_zeros(sheet, printed)
        found += remarks_of(sheet, of_sheet)
        blocks += of_sheet
    return Contents(tuple(blocks), tuple(found))


def _sheets(workbook: CalamineWorkbook) -> Iterator[tuple[str, bool]]:
    """Yield the sheets that may hold rows, and whether each is hidden."""
    for sheet in workbook.sheets_metadata:
        if str(sheet.typ).rpartition(".")[2] not in _NO_ROWS:
            yield sheet.name, not str(sheet.visible).endswith(".Visible")


class _Looks(NamedTuple):
    """What the parts of a package show beside values; nothing where they cannot be parsed."""

    package: Package
    parts: Mapping[str, str]
    styles: Mapping[str, Look]
    struck: frozenset[str]

    @classmethod
    def of(cls, package: Package) -> _Looks:
        if package.kind is not Kind.XLSX:
            return cls(package, {}, {}, frozenset())
        return cls(package, sheet_parts(package), read_looks(package), struck_strings(package))

    def marks(self, sheet: str) -> Marks:
        if self.package.kind is not Kind.XLSX:
            return Marks()
        if (part := self.parts.get(sheet)) is None:
            reason = f"the sheet {sheet!r} is not in it; open it and save it again as .xlsx"
            raise self.package.unreadable(reason)
        return read_marks(self.package, part, self.styles, self.struck)
