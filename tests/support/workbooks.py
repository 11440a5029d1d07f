"""Workbooks for the tests: made cell by cell, of a sheet's XML, or from a list of text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from precert.model import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from precert.model import Row, TextLine

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = "xl/worksheets/sheet1.xml"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_LONGEST_NAME = 31


def workbook_of(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """Return the workbook that `fill` writes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        fill(book)
    return file.getvalue()


def sheet_of(rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook of one sheet, "List", with these rows."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("List")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook_of(fill)


def with_parts(workbook: bytes, parts: dict[str, bytes | None]) -> bytes:
    """Return the archive with these parts written over its own, or left out where None."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(file, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            content = parts[name] if name in parts else old.read(name)
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED, 1)
    return file.getvalue()


def with_sheet_xml(inside: str, prefix: str = "") -> bytes:
    """Return a workbook whose one sheet is this XML; its elements have the prefix, such as `x:`."""
    name = f"xmlns:{prefix.rstrip(':')}" if prefix else "xmlns"
    root = f'<{prefix}worksheet {name}="{_NAMESPACE}">{inside}</{prefix}worksheet>'
    return with_parts(sheet_of([["a"]]), {_SHEET: f'<?xml version="1.0"?>{root}'.encode()})


def ods_of(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet of one sheet, "List", whose rows are this XML."""
    spaces = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<table:table table:name="List">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{_ODS_TYPE}"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr(
            "content.xml", f"<office:document-content {spaces}>{body}</office:document-content>"
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{_ODS}:manifest:1.0">{entry}</m:manifest>',
        )
    return file.getvalue()


def as_workbook(
    blocks: Iterable[Table | TextLine], is_title: Callable[[str], bool] | None = None
) -> bytes:
    """Return the tables and lines of a list as a workbook, as somebody would who retypes it.

    The marks `**` are left out. A line stands in the first cell, a title merged across. With
    `is_title` every title begins a sheet of its own, and codes of digits are numbers, formatted to
    five digits.
    """

    def fill(book: xlsxwriter.Workbook) -> None:
        code_format = book.add_format({"num_format": "00000"})
        sheet, number = None, 0
        for cells in _lines(blocks):
            title = is_title is not None and is_title(cells[0])
            if sheet is None or title:
                name = re.sub(r"[^\w ]", " ", cells[0])[-_LONGEST_NAME:] if title else "Notice"
                sheet, number = book.add_worksheet(name), 0
            if title:
                sheet.merge_range(number, 0, number, 6, cells[0])
            for column, cell in enumerate([] if title else cells):
                if is_title is not None and re.fullmatch("[0-9]{5}", cell):
                    sheet.write_number(number, column, int(cell), code_format)
                else:
                    sheet.write_string(number, column, cell)
            number += 1

    return workbook_of(fill)


def _lines(blocks: Iterable[Table | TextLine]) -> Iterable[tuple[str, ...]]:
    for block in blocks:
        if not isinstance(block, Table):
            yield (block.text.replace("**", ""),)
            continue
        rows: tuple[Row, ...] = (*([block.header] if block.header else []), *block.rows)
        for row in rows:
            yield tuple(cell.replace("**", "") for cell in row.cells)
