"""Open a file, hash it, number its lines; refuse what cannot be a list.

Lines are counted as an editor shows them: they end with LF, CR LF or CR and with nothing else (a
form feed or U+2028 stays inside its line), the last one needs no end, and an end at the end of the
file begins no further line.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from hashlib import sha256
from typing import TYPE_CHECKING

from precert.documents.decoding import Decoded, decode, wide_encoding
from precert.documents.formats import BYTES, format_of
from precert.errors import UnreadableDocument
from precert.model import Document, Format

if TYPE_CHECKING:
    from pathlib import Path

_OPENING = 4096
_EMPTY = "the file is empty; save the list again"
_BINARY = "the file is no text, it holds NUL bytes; save the list as UTF-8 text"


def open_document(path: Path) -> Document:
    """Return the document at `path`; its name is the file's name.

    Raises UnreadableDocument, saying what to do, for a file that is missing, a folder, closed to
    the reader, empty or not text. Bytes that are not UTF-8 do not stop it: see `document_of`.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        reason = "there is no such file; give the path of the published list"
        raise UnreadableDocument(str(path), reason) from None
    except IsADirectoryError:
        reason = "this is a folder; give the path of a file in it"
        raise UnreadableDocument(str(path), reason) from None
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror}); check the path and who may read it"
        raise UnreadableDocument(str(path), reason) from error
    return document_of(path.name, content, shown_as=str(path))


def document_of(name: str, content: bytes, *, shown_as: str | None = None) -> Document:
    """Return the document that `content` is: sha256 of all its bytes, lines without a leading BOM.

    A byte that is not of its encoding (`decoding` says how that is told) becomes U+FFFD, and
    `undecodable` holds the numbers of such lines; so does NUL in a format that names itself.
    Raises UnreadableDocument (naming `shown_as`, or else `name`) for empty or binary content.
    """
    if not content.removeprefix(BOM_UTF8):
        raise UnreadableDocument(shown_as or name, _EMPTY)
    kind = _format_of(name, content)
    digest = sha256(content).hexdigest()
    if kind in BYTES:
        return Document(name, digest, (), format=kind, content=content)
    decoded = decode(kind, content)
    if not decoded.lines:
        raise UnreadableDocument(shown_as or name, _EMPTY)
    if any("\0" in line for line in decoded.lines):
        if kind is Format.TEXT or decoded.undecodable:
            raise UnreadableDocument(shown_as or name, _BINARY)
        decoded = _without_nuls(decoded)
    return Document(name, digest, decoded.lines, decoded.undecodable, kind, decoded.encoding)


def _format_of(name: str, content: bytes) -> Format:
    kind = format_of(name, content.removeprefix(BOM_UTF8))
    wide = None if kind in BYTES else wide_encoding(content)
    if wide is None:
        return kind
    opening = content[:_OPENING].decode(wide, "ignore").lstrip("\ufeff")
    return format_of(name, opening.encode())


def _without_nuls(decoded: Decoded) -> Decoded:
    damaged = tuple(number for number, line in enumerate(decoded.lines, 1) if "\0" in line)
    lines = tuple(line.replace("\0", "\ufffd") for line in decoded.lines)
    return Decoded(lines, damaged, decoded.encoding)
