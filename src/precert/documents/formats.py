"""What kind of file a document is: told by its first bytes, and where they say nothing by its name.

A name may be wrong: what is saved as `.xls` is often an HTML page, so the bytes decide first.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from precert.model import Format

_MAGIC = (
    (b"%PDF-", Format.PDF),
    (b"PK\x03\x04", Format.XLSX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.XLSX),  # OLE2, the container of .xls
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html|head|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_BY_SUFFIX = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".tab": Format.CSV,
    ".htm": Format.HTML,
    ".html": Format.HTML,
}
_OF_OFFICE = {".xls", ".xlsx", ".doc"}
_HEAD = 1024

BYTES = (Format.PDF, Format.XLSX)
"""Formats that are no lines of text: their reader takes the bytes of the file."""


def format_of(name: str, content: bytes) -> Format:
    """Return the format of a file by its bytes, else by its name's suffix; text for any other."""
    head = content[:_HEAD].lstrip()
    for magic, of_bytes in _MAGIC:
        if head.startswith(magic):
            return of_bytes
    suffix = PurePath(name).suffix.lower()
    if _HTML.match(head) or (suffix in _OF_OFFICE and head.startswith(b"<")):
        return Format.HTML
    return _BY_SUFFIX.get(suffix, Format.TEXT)
