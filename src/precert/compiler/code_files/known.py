"""What a code file says: which codes there are, until when, and how each is described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import code_set

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from precert.codes import CodeSet
    from precert.model import Code, CodeFile


class KnownCode(NamedTuple):
    """A code of a file: its longest description, and its last day where it has ended or will."""

    description: str
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """The codes of one file, and the modifiers that it lists (two characters)."""

    source: CodeFile
    codes: Mapping[Code, KnownCode]
    modifiers: frozenset[str] = frozenset()

    def sets(self) -> frozenset[CodeSet]:
        """Return the code sets of which the file has codes: those it is asked about."""
        return frozenset(map(code_set, self.codes))


class Collecting:
    """Collects the rows of a code file."""

    def __init__(self) -> None:
        self.codes: dict[Code, KnownCode] = {}
        self.modifiers: dict[str, KnownCode] = {}

    def add(self, code: Code, known: KnownCode) -> None:
        """Add a code; one that comes again ends with the row that ends last, if all end."""
        before = self.codes.get(code)
        if before is not None:
            open_ended = before.ends is None or known.ends is None
            ends = None if open_ended else max(filter(None, (before.ends, known.ends)))
            known = KnownCode(before.description or known.description, ends)
        self.codes[code] = known

    def go_on(self, code: Code, text: str) -> bool:
        """Add a further line of the description of a code; return whether the code is known."""
        if code not in self.codes:
            return False
        known = self.codes[code]
        self.codes[code] = known._replace(description=f"{known.description} {text}".strip())
        return True
