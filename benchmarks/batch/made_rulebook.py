"""A made rulebook of any size: codes that the grammar allows, invented programs, no payer's word.

Every size has the same shape, so that only the size grows. Ten rules lie on three codes: one code
with three rules in succession, one with two programs and two rules in succession in each, one with
three programs. One million rules need 300,000 codes; the grammar has 330,000.

    python -m benchmarks.batch.made_rulebook 10000 folder
"""

from __future__ import annotations

import argparse
import random
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from precert.model import (
    AtHome,
    Basis,
    Code,
    Edition,
    Program,
    PurchaseAbove,
    Requirement,
    Rule,
    SourceDocument,
    SourceRef,
    WithProgram,
)
from precert.rulebook import Rulebook, write_rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.model import Condition

DOCUMENT = "made.md"
PROGRAMS = tuple(f"Program {number:02}" for number in range(1, 21))
CATEGORIES = 50
SEED = 20260102

Span = tuple[date | None, date | None]

_THIRDS: tuple[Span, ...] = (
    (None, date(2026, 4, 30)),
    (date(2026, 5, 1), date(2026, 8, 31)),
    (date(2026, 9, 1), None),
)
_HALVES: tuple[Span, ...] = ((None, date(2026, 6, 30)), (date(2026, 7, 1), None))
_ALWAYS: tuple[Span, ...] = ((None, None),)
_SHAPES = ((1, _THIRDS), (2, _HALVES), (3, _ALWAYS))
"""For each of three codes: its number of programs, and the spans of its rules in each."""

# The bundled rulebook in round numbers. `With` stands for a companion code.
_REQUIREMENTS = {
    Requirement.REQUIRED: 62,
    Requirement.OUT_OF_SCOPE: 32,
    Requirement.ADD_ON: 3,
    Requirement.NOT_REQUIRED: 2,
    Requirement.INVESTIGATIONAL: 1,
}
_CONDITIONS: dict[tuple[Condition, ...], int] = {
    (): 88,
    (AtHome(),): 9,
    (WithProgram(PROGRAMS[:2]),): 2,
    (PurchaseAbove(4),): 1,
}


def main() -> None:
    """Write the rulebook that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", type=int)
    parser.add_argument("folder", type=Path)
    told = parser.parse_args()
    write_rulebook(made_rulebook(told.rules), told.folder)


def made_rulebook(rules: int) -> Rulebook:
    """Return a rulebook of so many rules, always the same. The grammar's codes bound its size."""
    edition = Edition(
        name="made",
        payer="Made Payer",
        line_of_business="Commercial",
        vendor="Made Vendor",
        effective_from=date(2026, 1, 1),
        effective_from_basis=Basis.TOLD,
        effective_to=None,
        review_by=date(2027, 1, 1),
        review_by_basis=Basis.DEFAULT,
    )
    programs = [Program(name, False, SourceRef(DOCUMENT, 1)) for name in PROGRAMS]  # noqa: FBT003
    document = SourceDocument(DOCUMENT, "0" * 64, rules + 1)
    made = tuple(islice(_rules(), rules))
    if len(made) < rules:
        message = f"asked for {rules} rules, but the codes of the grammar give {len(made)}"
        raise ValueError(message)
    return Rulebook.build(edition, programs, (), [document], made)


def _codes() -> Iterator[Code]:
    """Yield every code that the grammar allows, the five-digit ones first."""
    digits = (f"{number:05}" for number in range(100_000))
    before = (f"{one}{number:04}" for one in "ABCDEGHJKLMPQRSTUV" for number in range(10_000))
    behind = (f"{number:04}{one}" for one in "AFMTU" for number in range(10_000))
    return map(Code, chain(digits, before, behind))


def _rules() -> Iterator[Rule]:
    drawn = random.Random(SEED)  # noqa: S311 - not for cryptography
    requirements = drawn.choices(list(_REQUIREMENTS), [*_REQUIREMENTS.values()], k=1 << 16)
    conditions = drawn.choices(list(_CONDITIONS), [*_CONDITIONS.values()], k=(1 << 16) - 1)
    line = 1
    for nth, code in enumerate(_codes()):
        programs, spans = _SHAPES[nth % len(_SHAPES)]
        for which in range(programs):
            program = PROGRAMS[(nth + 7 * which) % len(PROGRAMS)]
            for begins, ends in spans:
                line += 1
                yield Rule(
                    rule_id=f"{program.lower().replace(' ', '-')}/{code}/{line}",
                    program=program,
                    product=program,
                    category=f"CATEGORY {nth % CATEGORIES}",
                    heading="",
                    code=code,
                    requirement=requirements[line % len(requirements)],
                    platform="Made Platform",
                    conditions=conditions[line % len(conditions)],
                    descriptor_add_on=False,
                    um_cs=None,
                    effective_from=begins,
                    effective_to=ends,
                    ref=SourceRef(DOCUMENT, line),
                )


if __name__ == "__main__":
    main()
