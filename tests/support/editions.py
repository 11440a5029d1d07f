"""An invented rulebook of three editions: two overlap, a gap, other programs and plans in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from precert.model import Program, SourceDocument, SourceRef
from precert.rulebook import Editions, Rulebook
from tests.support.rulebooks import EDITION, Row, row, rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def edition(  # noqa: PLR0913 - what an edition is told by
    begins: str,
    ends: str | None,
    rows: Sequence[Row],
    *,
    programs: Sequence[str] = ("Wheels", "Air", "Knees"),
    plans: Sequence[str] = ("Silver",),
    first_line: int = 1,
    **facts: Any,  # noqa: ANN401 - any field of Edition
) -> Rulebook:
    """Return an edition called by its month, whose rules stand on the lines from the first on."""
    first = date.fromisoformat(begins)
    told: dict[str, Any] = {
        "name": begins[:7],
        "effective_from": first,
        "effective_to": None if ends is None else date.fromisoformat(ends),
        "review_by": first.replace(year=first.year + 1),
        **facts,
    }
    name = f"acme-{begins[:7]}.md"
    rules = [
        replace(rule, ref=SourceRef(name, rule.ref.line + first_line - 1))
        for rule in rules_of(*rows)
    ]
    document = SourceDocument(name, sha256(name.encode()).hexdigest(), 99)
    printed = [Program(each, link_only=False, ref=SourceRef(name, first_line)) for each in programs]
    return Rulebook.build(replace(EDITION, **told), printed, plans, [document], rules)


WINTER = edition(
    "2026-01-01",
    "2026-06-30",
    [
        row("Wheels", "K0001"),
        row("Wheels", "K0002", "not-required"),
        row("Air", "E0601", "out-of-scope", platform=None),
        row("Knees", "L1832"),
        row("Wheels", "K0003", "required", "with-program(Knees)"),
        row("Air", "E0470", "required", "for-plan(Silver)"),
    ],
)
SPRING = edition(
    "2026-04-01",
    "2026-08-31",
    [
        row("Wheels", "K0001", "not-required"),
        row("Wheels", "K0002"),
        row("Boats", "E0601", platform="Southwind"),
        row("Knees", "L1832"),
        row("Knees", "K0003", "required", "with-program(Wheels)"),
        row("Boats", "E0470", "required", "for-plan(Bronze)"),
        row("Boats", "K0005", "not-required"),
    ],
    programs=("Wheels", "Boats", "Knees"),
    plans=("Bronze",),
    first_line=11,
)
AUTUMN = edition(
    "2026-10-01",
    None,
    [
        row("Wheels", "K0001", "out-of-scope", platform=None),
        row("Wheels", "K0002", platform="Southwind"),
        row("Air", "E0601", "required", "no-auth-stated(from=2026-11-01)"),
        row("Knees", "L1832", "required", "purchase"),
        row("Knees", "K0003", "add-on"),
    ],
    first_line=31,
)
ACME = Editions.build([WINTER, SPRING, AUTUMN])
"""The rulebook of `tests/cases/editions.json`, which stands in `tests/cases/rulebooks/acme`."""
