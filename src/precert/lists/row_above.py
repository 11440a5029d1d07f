"""The rule directly above, while the lines beneath it may still belong to its row."""

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

    entry: Entry | None = None
    broken: bool = False
    _rest: list[tuple[SourceRef, str]] = field(default_factory=list)

    def goes_on(self, ref: SourceRef, printed: str) -> None:
        """Take a line directly beneath as the rest of the row; beneath no rule it is none."""
        if self.entry is not None:
            self._rest.append((ref, printed))

    def end(self) -> tuple[Entry, Diagnostic] | None:
        """Return the rule with what was not read of it, and what is wrong; None if nothing is."""
        if self.entry is None or not self._rest:
            return None
        rule = self.entry.rule
        text = "\n".join(printed for _, printed in self._rest)
        places = (ref for ref, _ in self._rest)
        wrong = diagnostic("PC208", rule.ref, *places, procedure=rule.code, text=shown(text))
        return replace(self.entry, rule=with_unread(rule, "row", text)), wrong
