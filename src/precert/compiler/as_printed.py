"""A document as a rulebook without anything being told: to be compared, not to answer orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from precert.compiler.compile import compile_readings
from precert.compiler.edition import ToldEdition, edition_beginning, first_days
from precert.compiler.reading import read_documents, refuse_without_rules
from precert.model import Basis

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook import Rulebook


class AsPrinted(NamedTuple):
    """The rulebook of a document, and whether the document prints the day from which it holds.

    Where it does not, the edition has no bounds at all: it holds on any day, and is never to be
    reviewed.
    """

    rulebook: Rulebook
    dated: bool


def compile_as_printed(
    path: Path, *, layout: str | Path | None = None, line_of_business: str | None = None
) -> AsPrinted:
    """Return what the document says, whatever day it begins.

    Raises `UnreadableDocument` or `UnreadableLayout` for a file that cannot be read or holds no
    list.
    """
    readings = read_documents([path], layout, line_of_business)
    refuse_without_rules(readings)
    printed = {day for day, _ in first_days(readings)}
    dated = len(printed) == 1  # a list that prints two days is linted for it; neither is taken
    begins = min(printed) if dated else date.min
    told = ToldEdition() if dated else ToldEdition(review_by=date.max, name=path.name)
    basis = Basis.STATED if dated else Basis.DEFAULT
    edition = edition_beginning(begins, basis, readings[0].layout, told)
    return AsPrinted(compile_readings(readings, edition).rulebook, dated)
