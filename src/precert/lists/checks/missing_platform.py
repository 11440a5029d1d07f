"""PC326: a row that requires authorization and does not say where to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import plain
from precert.model import Contact, ContactParty, Requirement, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import Condition

_ASKED = (Requirement.REQUIRED, Requirement.UNLISTED)


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row; a contact with the payer tells, and so may a cell unread."""
    for entry in reading.entries:
        rule = entry.rule
        if (
            rule.platform is None
            and rule.requirement in _ASKED
            and "platform" in entry.printed
            and not any(map(_may_tell, rule.conditions))
        ):
            yield diagnostic(
                "PC326",
                rule.ref,
                procedure=rule.code,
                decision=repr(plain(entry.printed.get("decision", ""))),
                platform=repr(plain(entry.printed["platform"])),
            )


def _may_tell(condition: Condition) -> bool:
    match condition:
        case Contact(ContactParty.PAYER) | Unread("platform"):
            return True
        case _:
            return False
