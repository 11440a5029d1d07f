"""Invented layouts and lists for what real lists do, and a reading put into lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.documents import document_of
from precert.lists import LineKind, load_layout, read_list
from precert.model import Row, SourceRef, Table, TextLine
from precert.notation import format_conditions
from precert.tables.blocks import blocks_of
from precert.tables.header_words import HeaderWords

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from precert.lists import Layout, ListReading
    from precert.model import Rule

NAMES = 'payer = "Acme Health"\nvendor = "Acme Review"\n'
LINE = 'line_of_business = "Commercial"\n'
DECISIONS = """
[[decision]]
requirement = "required"
printed = ["yes"]

[[decision]]
requirement = "not-required"
printed = ["no"]
"""
COLUMNS = """
[columns]
code = ["Code"]
description = ["Item"]
decision = ["PA?"]
note = ["Remarks"]
"""
PLAIN = f'program = "Seating"\n{COLUMNS}{DECISIONS}'
"""The list of one program, without titles."""

_SHEET = re.compile(r"\[sheet (.+)\]")


def layout_of(folder: Path, text: str, line_of_business: str | None = None) -> Layout:
    """Return the layout of that text, which need not say whose list it is."""
    path = folder / "acme.toml"
    names = NAMES if "[lines_of_business]" in text else NAMES + LINE
    path.write_text(names + text, encoding="utf-8")
    return load_layout(path, line_of_business=line_of_business)


def blocks(text: str, header_words: frozenset[str]) -> tuple[Table | TextLine, ...]:
    """Return the tables and lines of a text; `[sheet Name]` begins a sheet, with line 1."""
    return tuple(blocks_of(_printed(text), HeaderWords(header_words)))


def _printed(text: str) -> Iterator[Row | TextLine]:
    sheet, number = None, 0
    for line in text.strip("\n").split("\n"):
        if begins := _SHEET.fullmatch(line):
            sheet, number = begins[1], 0
            continue
        number += 1
        ref = SourceRef("list.txt", number, sheet=sheet)
        yield Row(ref, tuple(line.split("\t"))) if "\t" in line else TextLine(ref, line)


def read(text: str, layout: Layout) -> ListReading:
    """Return what a document of that text says."""
    document = document_of("list.txt", text.encode())
    return read_list(document, blocks(text, layout.header_words), layout)


def rules_of(reading: ListReading) -> list[str]:
    """Return each rule in one line: `seating/E0992 required; purchase; from 2026-01-01`."""
    return [told(entry.rule) for entry in reading.entries]


def told(rule: Rule) -> str:
    """Return what a rule says, without its place; what was not read by its column alone."""
    conditions = re.sub(r", [0-9a-f]{12}\)", ")", format_conditions(rule.conditions))
    parts = [f"{rule.rule_id} {rule.requirement}", conditions]
    parts.append(f"from {rule.effective_from}" if rule.effective_from else "")
    parts.append(f"to {rule.effective_to}" if rule.effective_to else "")
    return "; ".join(filter(None, parts))


def codes_of(reading: ListReading) -> list[str]:
    """Return the codes of the diagnostics, in their order."""
    return [each.code for each in reading.diagnostics]


def kinds_of(reading: ListReading) -> list[str]:
    """Return the kinds of the lines, in their order; each line has one."""
    assert len(set(reading.refs)) == len(reading.refs)
    for ref, kind in zip(reading.refs, reading.kinds, strict=True):
        if kind is LineKind.DIAGNOSTIC:
            assert any(each.ref == ref for each in reading.diagnostics)
    return [kind.value for kind in reading.kinds]
