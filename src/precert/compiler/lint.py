"""Everything wrong with documents: what reading met, what their rules say, and the lint checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from precert.compiler.compile import ToldEdition, compile_documents
from precert.lists.checks import run_checks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from precert.compiler.accounting import Accounting
    from precert.diagnostics import Diagnostic

_ANY_EDITION = ToldEdition(date(2000, 1, 1))  # no diagnostic depends on when the edition begins


@dataclass(frozen=True, slots=True)
class Lint:
    """The diagnostics of documents, in the order of their places, and where every line went."""

    diagnostics: tuple[Diagnostic, ...]
    accounting: Accounting


def lint_documents(paths: Sequence[Path], *, layout: str | Path | None = None) -> Lint:
    """Return everything wrong with the documents, together one edition of one list.

    Raises what `compile_documents` raises.
    """
    compilation = compile_documents(paths, _ANY_EDITION, layout=layout)
    found = list(compilation.diagnostics)
    for reading in compilation.readings:
        found += run_checks(reading.list, reading.layout)
    return Lint(
        tuple(sorted(found, key=lambda one: (one.ref.document, one.ref.line, one.code))),
        compilation.accounting,
    )
