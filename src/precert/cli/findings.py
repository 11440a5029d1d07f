"""Diagnostics counted and summed up by code, and their manual entries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from precert.cli.blocks import Heading, Item, Table
from precert.diagnostics import Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.cli.blocks import Block
    from precert.diagnostics import Diagnostic, Kind

_TONES = {Severity.ERROR: "stop", Severity.WARNING: "act", Severity.INFO: ""}


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """Return `2 errors, 1 warning, 0 notes`."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return ", ".join(
        f"{counts[severity]:,} {name}{'' if counts[severity] == 1 else 's'}"
        for severity, name in names.items()
    )


def summary_table(diagnostics: Sequence[Diagnostic]) -> Table:
    """Return how many there are of each code, in the order of the codes."""
    counts = Counter((one.code, one.severity) for one in diagnostics)
    kinds = catalogue()
    rows = [
        (code, severity.value, f"{count:,}", kinds[code].name.replace("-", " "))
        for (code, severity), count in sorted(counts.items())
    ]
    tones = [_TONES[severity] for _, severity in sorted(counts)]
    return Table(("Code", "Severity", "Count", "What"), rows, right=(2,), tones=tones, toned=1)


def manual_page(kind: Kind) -> Iterator[Block]:
    """Yield the manual entry of a kind of diagnostic."""
    yield Heading(f"{kind.code} {kind.name} ({kind.severity})")
    for label, text in (
        ("What:", kind.what),
        ("Why it matters:", kind.why),
        ("Example:", kind.example),
        ("What to do:", kind.remedy),
    ):
        yield Item(text, label.ljust(len("Why it matters:")))
