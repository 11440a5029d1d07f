"""Parts of a package as they are parsed: element by element, never a whole tree in memory."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Protocol

    from precert.errors import UnreadableDocument
    from precert.tables.xlsx.package import Package

    class Listener(Protocol):
        """What is told of each element of a part, in their order."""

        def start(self, name: str, attributes: Mapping[str, str]) -> None:
            """Take the start of an element; its name may have a prefix: see `local`."""

        def end(self, name: str) -> None:
            """Take the end of an element."""


_CHUNK = 1 << 20


class DamagedError(Exception):
    """A part says what it cannot say; the text goes on from "the part ..."."""


def local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


def parse_part(package: Package, part: str, listener: Listener, *, ends: bool = True) -> None:
    """Tell the listener of every element of a part, of their ends too if `ends`.

    A listener with an attribute `parser` is given the parser: it may set a handler for text there.
    Raises UnreadableDocument for a part that is missing, damaged or no plain XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = listener.start
    if ends:
        parser.EndElementHandler = listener.end
    if hasattr(listener, "parser"):
        listener.parser = parser
    try:
        _feed(package, part, parser)
    except KeyError:
        raise _unreadable(package, part, "is missing") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise _unreadable(package, part, f"cannot be unpacked ({error})") from error
    except expat.ExpatError as error:
        raise _unreadable(package, part, f"is no XML ({error})") from error
    except DamagedError as error:
        raise _unreadable(package, part, str(error)) from None


def _feed(package: Package, part: str, parser: Any) -> None:  # noqa: ANN401 - expat's has no name
    if package.archive is None:
        raise KeyError(part)
    with package.archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no keywords
    parser.Parse(b"", True)  # noqa: FBT003


def _refuse_doctype(*_: object) -> None:
    reason = "declares a document type, which no workbook does: it may be hostile"
    raise DamagedError(reason)


def _unreadable(package: Package, part: str, reason: str) -> UnreadableDocument:
    return package.unreadable(
        f"the part {part} of the workbook {reason}; open it and save it again as .xlsx"
    )
