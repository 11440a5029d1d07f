"""Everything wrong with documents: what reading met, what their rules say, and the lint checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from precert.compiler.accounting import account
from precert.compiler.code_files import read_code_file
from precert.compiler.compile import compile_readings, wrong_with
from precert.compiler.edition import ToldEdition, edition_beginning, first_days
from precert.compiler.reading import read_documents
from precert.errors import BadEdition
from precert.lists.checks import run_checks
from precert.model import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from precert.compiler.accounting import Accounting
    from precert.compiler.code_files import KnownCodes
    from precert.compiler.reading import Reading
    from precert.diagnostics import Diagnostic

_ANY_DAY = date(2000, 1, 1)  # what is wrong with a list does not depend on when it begins


@dataclass(frozen=True, slots=True)
class Lint:
    """The diagnostics of documents, in the order of their places, and where every line went."""

    diagnostics: tuple[Diagnostic, ...]
    accounting: Accounting


def lint_documents(
    paths: Sequence[Path],
    *,
    layout: str | Path | None = None,
    line_of_business: str | None = None,
    codes: Sequence[Path] = (),
    effective_from: date | None = None,
) -> Lint:
    """Return everything wrong with the documents, together one edition of one list.

    `layout` and `line_of_business` are those of `compile_documents`. By the code files `codes`,
    retired and unknown codes are among it: whether a code is retired depends on the day
    `effective_from`, or else the one that the list prints. Raises `UnreadableDocument` or
    `UnreadableLayout` for a file that cannot be read, and `BadEdition` for code files without a
    day.
    """
    known = tuple(map(read_code_file, codes))
    readings = read_documents(paths, layout, line_of_business)
    begins = _first_day(readings, effective_from) if known else _ANY_DAY
    found = list(_wrong_with(readings, begins, known))
    for reading in readings:
        found += run_checks(reading.list, reading.layout)
    return Lint(
        tuple(sorted(found, key=lambda one: (one.ref.order, one.code))),
        account([reading.list for reading in readings]),
    )


def _first_day(readings: Sequence[Reading], told: date | None) -> date:
    """Return the day from which the list is in force, the first one if it prints several."""
    days = [day for day, _ in first_days(readings)] if told is None else [told]
    if not days:
        raise BadEdition(
            read="code files, and no effective date in the list",
            expected="the date from which this edition is in force: --effective-from YYYY-MM-DD",
        )
    return min(days)


def _wrong_with(
    readings: tuple[Reading, ...], begins: date, known: tuple[KnownCodes, ...]
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the documents and their rules; no program is no rulebook."""
    if not any(reading.list.programs for reading in readings):
        return wrong_with(readings)
    edition = edition_beginning(begins, Basis.DEFAULT, readings[0].layout, ToldEdition())
    return compile_readings(readings, edition, known).diagnostics
