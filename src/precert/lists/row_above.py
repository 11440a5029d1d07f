"""The row of rules directly above, while the lines beneath it may still belong to its row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.findings import with_unread
from precert.lists.markup import shown

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry
    from precert.model import SourceRef


@dataclass(slots=True)
class RowAbove:
    """Stands from a rule to the first line that is not its rest.

    A cell that was printed on several lines is torn apart where the document became text: what the
    first line says is then no more than half of the rule. `broken`: the row shows it by itself.
    """

    entries: tuple[Entry, ...] = ()
    broken: bool = False
    _rest: list[tuple[SourceRef, str]] = field(default_factory=list)

    def goes_on(self, ref: SourceRef, printed: str) -> None:
        """Take a line directly beneath as the rest of the row; beneath no rule it is none."""
        if self.entries:
            self._rest.append((ref, printed))

    def end(self) -> tuple[list[Entry], Diagnostic] | None:
        """Return the rules with what was not read of them, and what is wrong; None for nothing."""
        if not self.entries or not self._rest:
            return None
        rule = self.entries[0].rule
        text = "\n".join(printed for _, printed in self._rest)
        places = (ref for ref, _ in self._rest)
        codes = ", ".join(str(entry.rule.code) for entry in self.entries)
        wrong = diagnostic("PC208", rule.ref, *places, procedure=codes, text=shown(text))
        return [
            replace(entry, rule=with_unread(entry.rule, "row", text)) for entry in self.entries
        ], wrong
