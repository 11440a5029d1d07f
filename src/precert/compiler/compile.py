"""From documents to a rulebook: reads them, builds the rules of all, and checks them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from precert.compiler.accounting import Accounting, account
from precert.compiler.code_files import (
    AddOnEdits,
    KnownCodes,
    add_on_primaries,
    check_codes,
    read_add_on_edits,
    read_code_file,
    with_primaries,
)
from precert.compiler.edition import ToldEdition, check_first_days, edition_of
from precert.compiler.exhaustive import check_exhaustive, exhaustive_of, unread_lines
from precert.compiler.reading import Reading, read_documents, refuse_without_rules
from precert.compiler.titled import as_titled
from precert.model import Program, SourceDocument
from precert.rulebook import Rulebook, check_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from precert.diagnostics import Diagnostic
    from precert.lists import Entry
    from precert.model import Code, CodeRange, Edition

    Rows = Counter[tuple[str, Code | CodeRange]]


@dataclass(frozen=True, slots=True)
class Compilation:
    """A compiled rulebook, what was wrong with its documents, and where every line went."""

    rulebook: Rulebook
    diagnostics: tuple[Diagnostic, ...]
    accounting: Accounting
    readings: tuple[Reading, ...]
    known: tuple[KnownCodes, ...] = ()
    """What the user's code files say."""


def compile_documents(  # noqa: PLR0913 - each file and choice that an import may name
    paths: Sequence[Path],
    told: ToldEdition,
    *,
    layout: str | Path | None = None,
    codes: Sequence[Path] = (),
    add_on_codes: Path | None = None,
    line_of_business: str | None = None,
) -> Compilation:
    """Return the rulebook that the documents, together one edition of one list, make.

    `layout` is a bundled layout's name or a TOML file; without it the bundled layout that reads
    most rows is taken. `line_of_business` names the one to read of a list of several. By the files
    `codes`, retired and unknown codes are diagnostics; the file `add_on_codes` names the primaries
    that add-ons may follow on the first day of the edition. Raises `BadEdition` where the dates of
    the edition are missing or contradict each other, and `UnreadableDocument` or `UnreadableLayout`
    for a file that cannot be read.
    """
    known = tuple(map(read_code_file, codes))
    edits = None if add_on_codes is None else read_add_on_edits(add_on_codes)
    readings = read_documents(paths, layout, line_of_business)
    refuse_without_rules(readings)
    return compile_readings(readings, edition_of(readings, told), known, edits)


def compile_readings(
    readings: tuple[Reading, ...],
    edition: Edition,
    known: tuple[KnownCodes, ...] = (),
    edits: AddOnEdits | None = None,
) -> Compilation:
    """Return the rulebook that read documents make as this edition; see `compile_documents`."""
    if len(readings) > 1:
        readings = _with_distinct_ids(readings)
    primaries = {} if edits is None else add_on_primaries(edits, edition.effective_from)
    programs = _programs(readings)
    printed = as_titled(
        (entry.rule for reading in readings for entry in reading.list.entries),
        (program.name for program in programs),
    )
    rules = [with_primaries(rule, primaries) for rule in printed]
    rulebook = Rulebook.build(
        edition,
        programs,
        readings[0].layout.plans,
        [_source(reading) for reading in readings],
        rules,
        code_files=() if edits is None or rules == printed else (edits.source,),
        exhaustive=exhaustive_of(readings),
    )
    return Compilation(
        rulebook,
        (
            *wrong_with(readings),
            *check_rules(rulebook),
            *check_codes(rulebook.rules, edition.effective_from, known),
        ),
        account([reading.list for reading in readings]),
        readings,
        known,
    )


def wrong_with(readings: Sequence[Reading]) -> tuple[Diagnostic, ...]:
    """Return what reading the documents met, before anything is made of them."""
    found = [
        found
        for reading in readings
        for found in (*reading.format_diagnostics, *reading.list.diagnostics)
    ]
    return (*found, *check_first_days(readings), *check_exhaustive(readings))


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
    lines, unread = len(reading.list.kinds), unread_lines(reading)
    return SourceDocument(document.name, document.sha256, lines, unread)


def _with_distinct_ids(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings with the rows of a code in a program numbered over all documents."""
    rows: Rows = Counter()
    return tuple(_numbered(reading, rows) for reading in readings)


def _numbered(reading: Reading, rows: Rows) -> Reading:
    entries: list[Entry] = []
    for entry in reading.list.entries:
        rule = entry.rule
        rows[rule.program, rule.code] += 1
        row = rows[rule.program, rule.code]
        first = "/".join(rule.rule_id.split("/")[:2])
        rule_id = first if row == 1 else f"{first}/{row}"
        same = rule_id == rule.rule_id
        entries.append(entry if same else replace(entry, rule=replace(rule, rule_id=rule_id)))
    return replace(reading, list=replace(reading.list, entries=tuple(entries)))
