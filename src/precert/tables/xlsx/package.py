"""What the file is, told before anything is unpacked: a workbook, its kind, and how large it is."""

from __future__ import annotations

import struct
import zipfile
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING

from precert.errors import UnreadableDocument

if TYPE_CHECKING:
    from precert.model import Document

LARGEST_UNPACKED = 512 * 2**20
"""Bytes of XML that a workbook may hold: 100,000 rows of seven columns have 26 million."""

_ZIP = b"PK\x03\x04"
_ENCRYPTED_FLAG = 0x1
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # an encrypted .xlsx is an OLE2 file
_UNPACKED = (".xml", ".rels", ".bin")
_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error)
_OTHERS = {
    "word/document.xml": "it is a Word document; save it as PDF and import that",
    "ppt/presentation.xml": "it is a presentation; save it as PDF and import that",
}


class Kind(Enum):
    """The kinds of workbooks."""

    XLSX = "xlsx"
    """A package of XML parts, with or without macros."""
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook's file; `archive` is None for the one kind that is no zip archive."""

    document: Document
    kind: Kind
    archive: zipfile.ZipFile | None

    def holds(self, part: str) -> bool:
        """Return whether the archive has a part of that name."""
        return self.archive is not None and part in self.archive.NameToInfo

    def unreadable(self, reason: str) -> UnreadableDocument:
        """Return the error that says what is wrong with this file."""
        return UnreadableDocument(self.document.name, reason)


def open_package(document: Document) -> Package:
    """Return the package of a workbook.

    Raises UnreadableDocument for an archive that is cut off, encrypted, no workbook, or too large
    by its own directory. What the directory says may be a lie: whoever unpacks must have limits.
    """
    if document.content.lstrip().startswith(_ZIP):
        return _zipped(document)
    if _ENCRYPTED_STREAM in document.content:
        raise UnreadableDocument(document.name, _ENCRYPTED)
    return Package(document, Kind.XLS, None)


_ENCRYPTED = "it is encrypted; open it with its password and save it without one"


def _zipped(document: Document) -> Package:
    try:
        archive = zipfile.ZipFile(BytesIO(document.content))
    except _BROKEN as error:
        reason = (
            "it begins as a workbook (a zip archive), and the directory that must stand at its end "
            f"is missing or damaged ({error}); it may be cut off: fetch it again"
        )
        raise UnreadableDocument(document.name, reason) from error
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise UnreadableDocument(document.name, _ENCRYPTED)
    package = Package(document, _kind_of(document, archive), archive)
    name, times = Counter(part.filename for part in parts).most_common(1)[0]
    if times > 1:
        reason = f"it holds the part {name} {times} times; open it and save it again as .xlsx"
        raise package.unreadable(reason)
    unpacked = sum(part.file_size for part in parts if part.filename.endswith(_UNPACKED))
    if unpacked > LARGEST_UNPACKED:
        reason = (
            f"unpacked it has {unpacked / 2**20:,.0f} MB, more than the {LARGEST_UNPACKED >> 20} "
            "that a list may have; it may be hostile: delete what is no list, or give it as CSV"
        )
        raise package.unreadable(reason)
    return package


def _kind_of(document: Document, archive: zipfile.ZipFile) -> Kind:
    names = archive.NameToInfo
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "content.xml" in names and b"opendocument.spreadsheet" in document.content:
        return Kind.ODS
    reason = next(
        (reason for part, reason in _OTHERS.items() if part in names),
        "it is a zip archive, and no workbook (.xlsx, .xlsm, .xlsb, .ods) lies in it as one; "
        "unpack it and give the list that is in it",
    )
    raise UnreadableDocument(document.name, reason)
