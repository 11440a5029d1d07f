"""What a reader of text says of the encoding that its document was read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import SourceRef

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.model import Document

_USUAL = "utf-8"


def encoding_diagnostics(document: Document) -> tuple[Diagnostic, ...]:
    """Return PC110 where the document is not UTF-8, at the first line on which that shows."""
    if document.encoding == _USUAL:
        return ()
    shows = (number for number, line in enumerate(document.lines, 1) if not line.isascii())
    ref = SourceRef(document.name, next(shows, 1))
    return (diagnostic("PC110", ref, encoding=document.encoding),)
