"""Open a file, hash it, number its lines; refuse what cannot be a list.

Lines are counted as an editor shows them: they end with LF, CR LF or CR and with nothing else (a
form feed or U+2028 stays inside its line), the last one needs no end, and an end at the end of the
file begins no further line.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from hashlib import sha256
from typing import TYPE_CHECKING

from precert.documents.formats import BYTES, format_of
from precert.errors import UnreadableDocument
from precert.model import Document

if TYPE_CHECKING:
    from pathlib import Path

_LINE_END = re.compile(rb"\r\n|\r|\n")


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

    A byte that is not UTF-8 becomes U+FFFD, and `undecodable` holds the numbers of such lines.
    Raises UnreadableDocument (naming `shown_as`, or else `name`) for empty or binary content.
    """
    body = content.removeprefix(BOM_UTF8)
    if not body:
        reason = "the file is empty; save the list again"
        raise UnreadableDocument(shown_as or name, reason)
    kind = format_of(name, body)
    if kind in BYTES:
        return Document(name, sha256(content).hexdigest(), (), format=kind, content=content)
    if b"\0" in body:
        reason = (
            "the file is no UTF-8 text, it holds NUL bytes (UTF-16 text?); "
            "save the list as UTF-8 text"
        )
        raise UnreadableDocument(shown_as or name, reason)
    printed = _LINE_END.split(body)
    if not printed[-1]:
        printed.pop()
    lines, undecodable = _decode(printed)
    return Document(name, sha256(content).hexdigest(), lines, undecodable, kind)


def _decode(printed: list[bytes]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the lines as text, and the numbers of those in which a byte had to be replaced."""
    lines: list[str] = []
    undecodable: list[int] = []
    for number, line in enumerate(printed, 1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode(errors="replace"))
            undecodable.append(number)
    return tuple(lines), tuple(undecodable)
