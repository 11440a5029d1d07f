"""What a reader of a format returns: the tables and lines of a document, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.model import Table, TextLine


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a document prints, in its order; each line or row stands in one block.

    `diagnostics` are those of reading the format (a hidden sheet, an unusual encoding), never of
    what the list says.
    """

    blocks: tuple[Table | TextLine, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
