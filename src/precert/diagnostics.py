"""The catalogue of things wrong with a document: facts and a place in, a `Diagnostic` out.

Each kind has a code (PC1xx document, 2xx table, 3xx row, 4xx rulebook), a severity, a sentence with
gaps for facts, and a manual entry. They stand in `diagnostics.toml`, beside this file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.model import SourceRef


class Severity(StrEnum):
    """How much harm it does: `error` makes or may make an answer wrong or unusable."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: its code and name, severity, sentence, and manual entry."""

    code: str
    name: str
    severity: Severity
    sentence: str
    what: str
    why: str
    example: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong at one place; `related` are the other places that the sentence names."""

    code: str
    severity: Severity
    ref: SourceRef
    sentence: str
    related: tuple[SourceRef, ...] = ()

    def __str__(self) -> str:
        """Return `document:line: code severity: sentence`."""
        return f"{self.ref}: {self.code} {self.severity}: {self.sentence}"


@cache
def catalogue() -> Mapping[str, Kind]:
    """Return the kinds of diagnostic by their code, in the order of the codes."""
    entries = tomllib.loads(files("precert").joinpath("diagnostics.toml").read_text("utf-8"))
    return {
        code: Kind(code=code, severity=Severity(entry.pop("severity")), **entry)
        for code, entry in sorted(entries.items())
    }


def diagnostic(code: str, ref: SourceRef, *related: SourceRef, **facts: object) -> Diagnostic:
    """Return the diagnostic of that code at that place, its sentence filled with the facts.

    Raises KeyError for a code or a fact that the catalogue does not know: that is a bug.
    """
    kind = catalogue()[code]
    return Diagnostic(code, kind.severity, ref, kind.sentence.format(**facts), related)
