"""The dates of an edition: printed by the list, told by the importer, or following by default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR
from typing import TYPE_CHECKING

from precert.diagnostics import Diagnostic, diagnostic
from precert.errors import BadEdition
from precert.model import Basis, Edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from precert.compiler.reading import Reading
    from precert.lists import Layout
    from precert.model import SourceRef


@dataclass(frozen=True, slots=True)
class ToldEdition:
    """What the importer tells of the edition that the documents make; dates are inclusive.

    Without a `name` it is the year and month in which it begins; without `review_by` it is to be
    reviewed twelve months after that. `effective_from` need not be told where the list prints it.
    """

    effective_from: date | None = None
    effective_to: date | None = None
    review_by: date | None = None
    name: str | None = None


def edition_of(readings: Sequence[Reading], told: ToldEdition) -> Edition:
    """Return the edition that the documents make.

    Raises `BadEdition` where no first day is printed or told, where the list prints two, and where
    dates contradict each other.
    """
    begins, basis = _first_day(readings, told.effective_from)
    return edition_beginning(begins, basis, readings[0].layout, told)


def edition_beginning(begins: date, basis: Basis, layout: Layout, told: ToldEdition) -> Edition:
    """Return the edition of the layout's list that begins on that day.

    Raises `BadEdition` where a told date lies before it.
    """
    if begins.year == MAXYEAR:
        raise BadEdition(read=f"the first day {begins}", expected=f"a year before {MAXYEAR}")
    reviewed = told.review_by or _a_year_after(begins)
    for label, day in (("effective_to", told.effective_to), ("review_by", reviewed)):
        if day is not None and day < begins:
            raise BadEdition(read=f"{label} {day}", expected=f"a day from {begins} on")
    return Edition(
        name=told.name or f"{begins:%Y-%m}",
        payer=layout.payer,
        line_of_business=layout.line_of_business,
        vendor=layout.vendor,
        effective_from=begins,
        effective_from_basis=basis,
        effective_to=told.effective_to,
        review_by=reviewed,
        review_by_basis=Basis.TOLD if told.review_by else Basis.DEFAULT,
    )


def first_days(readings: Sequence[Reading]) -> tuple[tuple[date, SourceRef], ...]:
    """Return each day from which the documents say that they are in force, with its place."""
    return tuple(stated for reading in readings for stated in reading.list.effective_from)


def check_first_days(readings: Sequence[Reading]) -> Iterator[Diagnostic]:
    """Yield that no first day is printed anywhere, or that another one is printed as well."""
    printed = first_days(readings)
    if not printed:
        for reading in readings:
            yield diagnostic("PC101", reading.first_line)
        return
    (first, there), *others = printed
    for day, place in others:
        if day != first:
            yield diagnostic("PC107", place, there, day=day, other=first, place=there)


def _first_day(readings: Sequence[Reading], told: date | None) -> tuple[date, Basis]:
    printed = sorted({day for day, _ in first_days(readings)})
    if len(printed) > 1:
        days = " and ".join(map(str, printed))
        raise BadEdition(read=f"{days} in the list", expected="one first day: one edition")
    if printed:
        if told not in {None, printed[0]}:
            raise BadEdition(read=f"{told}", expected=f"{printed[0]}, the day that the list prints")
        return printed[0], Basis.STATED
    if told is None:
        raise BadEdition(
            read="no effective date",
            expected="the date from which this edition is in force: --effective-from YYYY-MM-DD",
        )
    return told, Basis.TOLD


def _a_year_after(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)
