"""From documents to a rulebook: opens, reads and checks them, and gives the edition its dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from precert.compiler.accounting import Accounting, account
from precert.compiler.reading import Reading, read_documents
from precert.diagnostics import Diagnostic, diagnostic
from precert.errors import BadEdition
from precert.model import Basis, Edition, Program, Rule, SourceDocument
from precert.rulebook import Rulebook, check_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from precert.lists import Layout


@dataclass(frozen=True, slots=True)
class ToldEdition:
    """What the importer tells of the edition that the documents make; dates are inclusive.

    Without a `name` it is the year and month in which it begins; without `review_by` it is to be
    reviewed twelve months after that.
    """

    effective_from: date | None = None
    effective_to: date | None = None
    review_by: date | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Compilation:
    """A compiled rulebook, what was wrong with its documents, and where every line went."""

    rulebook: Rulebook
    diagnostics: tuple[Diagnostic, ...]
    accounting: Accounting
    readings: tuple[Reading, ...]


def compile_documents(
    paths: Sequence[Path], told: ToldEdition, *, layout: str | Path | None = None
) -> Compilation:
    """Return the rulebook that the documents, together one edition of one list, make.

    `layout` is a bundled layout's name or a TOML file; without it the bundled layout that reads
    most rows is taken. Raises `BadEdition` where no first day is told or the dates contradict each
    other, and `UnreadableDocument` or `UnreadableLayout` for a file that cannot be read.
    """
    readings = read_documents(paths, layout)
    rulebook = Rulebook.build(
        _edition(readings[0].layout, told),
        _programs(readings),
        readings[0].layout.plans,
        [_source(reading) for reading in readings],
        _with_distinct_ids(entry.rule for reading in readings for entry in reading.list.entries),
    )
    found = [found for reading in readings for found in reading.list.diagnostics]
    found += [no_date_printed(reading) for reading in readings]
    return Compilation(
        rulebook,
        (*found, *check_rules(rulebook)),
        account([reading.list for reading in readings]),
        readings,
    )


def no_date_printed(reading: Reading) -> Diagnostic:
    """Return that the document prints no date from which it is in force."""
    return diagnostic("PC101", reading.first_line)


def _edition(layout: Layout, told: ToldEdition) -> Edition:
    begins = told.effective_from
    if begins is None:
        raise BadEdition(
            read="no effective date",
            expected="the date from which this edition is in force: --effective-from YYYY-MM-DD",
        )
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
        effective_from_basis=Basis.TOLD,
        effective_to=told.effective_to,
        review_by=reviewed,
        review_by_basis=Basis.TOLD if told.review_by else Basis.DEFAULT,
    )


def _a_year_after(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


def _programs(readings: Iterable[Reading]) -> tuple[Program, ...]:
    """Return the programs of all documents in their order; one that has rules is not link-only."""
    programs: dict[str, Program] = {}
    for reading in readings:
        for program in reading.list.programs:
            known = programs.get(program.name)
            if known is None or (known.link_only and not program.link_only):
                programs[program.name] = program
    return tuple(programs.values())


def _source(reading: Reading) -> SourceDocument:
    document = reading.document
    return SourceDocument(document.name, document.sha256, len(document.lines))


def _with_distinct_ids(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules with a number added to a rule_id that another document used before."""
    seen: Counter[str] = Counter()
    distinct: list[Rule] = []
    for rule in rules:
        seen[rule.rule_id] += 1
        number = seen[rule.rule_id]
        unique = rule if number == 1 else replace(rule, rule_id=f"{rule.rule_id}/{number}")
        distinct.append(unique)
    return tuple(distinct)
