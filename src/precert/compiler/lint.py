"""Everything wrong with documents: what reading met, what their rules say, and the lint checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from precert.compiler.accounting import account
from precert.compiler.compile import compile_readings, wrong_with
from precert.compiler.edition import ToldEdition, edition_beginning
from precert.compiler.reading import read_documents
from precert.lists.checks import run_checks
from precert.model import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from precert.compiler.accounting import Accounting
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
) -> Lint:
    """Return everything wrong with the documents, together one edition of one list.

    `layout` and `line_of_business` are those of `compile_documents`.
    Raises `UnreadableDocument` or `UnreadableLayout` for a file that cannot be read.
    """
    readings = read_documents(paths, layout, line_of_business)
    found = list(_wrong_with(readings))
    for reading in readings:
        found += run_checks(reading.list, reading.layout)
    return Lint(
        tuple(sorted(found, key=lambda one: (one.ref.order, one.code))),
        account([reading.list for reading in readings]),
    )


def _wrong_with(readings: tuple[Reading, ...]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the documents and their rules; no program is no rulebook."""
    if not any(reading.list.programs for reading in readings):
        return wrong_with(readings)
    edition = edition_beginning(_ANY_DAY, Basis.DEFAULT, readings[0].layout, ToldEdition())
    return compile_readings(readings, edition).diagnostics
