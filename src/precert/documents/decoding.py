"""In which encoding a file of text is written, and its lines as text.

A byte order mark tells it; UTF-16 without one shows by its NUL bytes; all that reads as UTF-8 is
UTF-8. What does not is UTF-8 that was damaged (such bytes become U+FFFD), or, in the formats that
spreadsheets and word processors save, the encoding that the page declares or Windows-1252, which
Excel writes as "CSV". A file of plain lines says too little of where it comes from: it is UTF-8.
"""

from __future__ import annotations

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import NamedTuple

from precert.model import Format

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES = re.compile(_LINE_END.pattern.encode())
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([a-z0-9._:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_OF_A_PAGE = re.compile(
    r"windows-125\d|cp125\d|iso-?8859-\d+|latin-?1|us-ascii|koi8-[ru]|macintosh"
    r"|big5|euc-(?:jp|kr)|gb2312|gb18030|gbk|shift_jis"
)
"""Encodings that pages declare; Python knows others that are none (`rot13`, `utf-7`)."""
_READ_AS = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii"), "cp1252")
"""What says that it is ISO-8859-1 is Windows-1252 (WHATWG Encoding, names and labels)."""
_NAMES = {"cp1252": "windows-1252"}
_WIDE = {"utf-16-le": BOM_UTF16_LE, "utf-16-be": BOM_UTF16_BE}


class Decoded(NamedTuple):
    """The lines, the numbers of those in which a byte had to be replaced, and the encoding."""

    lines: tuple[str, ...]
    undecodable: tuple[int, ...]
    encoding: str


def decode(kind: Format, content: bytes) -> Decoded:
    """Return the text of a file of that format, cut into lines as an editor shows them."""
    if encoding := wide_encoding(content):
        return _decode_wide(content.removeprefix(_WIDE[encoding]), encoding)
    body = content.removeprefix(BOM_UTF8)
    decoded = _decode_utf8(body)
    is_told = len(body) < len(content) or kind is Format.TEXT
    if not decoded.undecodable or is_told or b"\0" in body or _is_damaged_utf8(decoded.lines):
        return decoded
    for codec in filter(None, (_declared(kind, body), "cp1252")):
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        return Decoded(_lines(text), (), _NAMES.get(codec, codec))
    return decoded


def wide_encoding(content: bytes) -> str | None:
    """Return the form of UTF-16 that the bytes are in; None for any other text.

    Without a byte order mark it is evident where every second byte is NUL more often than not, and
    none of the others is: Latin letters and digits look so.
    """
    for encoding, mark in _WIDE.items():
        if content.startswith(mark):
            return encoding
    if b"\0" not in content or len(content) % 2:
        return None
    nuls = {"utf-16-be": content[0::2].count(0), "utf-16-le": content[1::2].count(0)}
    encoding = max(nuls, key=lambda name: nuls[name])
    evident = nuls[encoding] * 4 > len(content) and min(nuls.values()) == 0
    return encoding if evident else None


def _decode_wide(body: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(_lines(body.decode(encoding)), (), encoding)
    except UnicodeDecodeError:
        lines = _lines(body.decode(encoding, errors="replace"))
        damaged = tuple(number for number, line in enumerate(lines, 1) if "\ufffd" in line)
        return Decoded(lines, damaged, encoding)


def _decode_utf8(body: bytes) -> Decoded:
    lines: list[str] = []
    undecodable: list[int] = []
    for number, line in enumerate(_LINE_END_BYTES.split(body), 1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode(errors="replace"))
            undecodable.append(number)
    if not lines[-1]:
        lines.pop()
    return Decoded(tuple(lines), tuple(undecodable), "utf-8")


def _is_damaged_utf8(lines: tuple[str, ...]) -> bool:
    """Return whether more signs read as UTF-8 than do not: another encoding has next to none."""
    text = "".join(lines)
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good > bad


def _declared(kind: Format, body: bytes) -> str | None:
    """Return Python's name of the encoding that a page declares, if it can be that of a page."""
    declared = _DECLARED.search(body[:_DECLARED_WITHIN]) if kind is Format.HTML else None
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    if not _OF_A_PAGE.fullmatch(name):
        return None
    try:
        return codecs.lookup(_READ_AS.get(name, name)).name
    except LookupError:
        return None


def _lines(text: str) -> tuple[str, ...]:
    lines = _LINE_END.split(text)
    if not lines[-1]:
        lines.pop()
    return tuple(lines)
