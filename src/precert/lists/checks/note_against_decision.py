"""PC304: a row's note contradicts its decision. Read from the conditions, not from words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.markup import plain
from precert.model import (
    PAYER,
    Contact,
    ContactParty,
    DeniedIfRequested,
    NoAuthStated,
    Requirement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import Condition, Rule


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row and statement that cannot hold beside its decision."""
    for entry in reading.entries:
        rule = entry.rule
        if not rule.conditions or rule.requirement is Requirement.UNREAD:
            continue
        for condition in rule.conditions:
            note = _contradiction(rule, condition)
            if note:
                yield diagnostic(
                    "PC304",
                    rule.ref,
                    procedure=rule.code,
                    decision=repr(plain(entry.printed.get("decision", ""))),
                    note=note,
                )


def _contradiction(rule: Rule, condition: Condition) -> str:
    """Return what the statement says in words, where the decision says otherwise."""
    match condition:
        case NoAuthStated() if rule.requirement is not Requirement.NOT_REQUIRED:
            return "no authorization is required"
        case DeniedIfRequested(codes) if (
            rule.code in codes and rule.requirement is not Requirement.INVESTIGATIONAL
        ):
            return "a request will be denied"
        case Contact(ContactParty.PAYER) if (
            rule.requirement is not Requirement.OUT_OF_SCOPE and rule.platform not in (None, PAYER)
        ):
            return f"the payer is to be reached, not {rule.platform}"
        case _:
            return ""
