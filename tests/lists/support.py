"""Invented lists of the eviCore form, and a reading put into text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from precert.documents import document_of
from precert.lists import LineKind, ListReading, load_layout, read_list
from precert.notation import format_conditions
from precert.tables.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.lists import Entry, Layout

EVICORE = load_layout("evicore-cigna")

OF_A_FRAGMENT = ("PC108", "PC109")

TITLE = "## Cigna Commercial Prior Authorization Procedure List: Chairs"
HEADER = (
    "Product\tCategory\tCPT® Code\tCPT® Code Description\t"
    "Commercial Prior Authorization Required?\tCommercial Case Build Platform\tExternal Notation"
)


def read(text: str | bytes, layout: Layout = EVICORE) -> ListReading:
    """Return what a document of that text says."""
    content = text if isinstance(text, bytes) else text.encode()
    document = document_of("list.md", content)
    return read_list(document, read_text(document, layout.header_words).blocks, layout)


def row(
    code: str = "E0992",
    description: str = "Seat insert",
    decision: str = "Yes",
    platform: str = "CareCore National",
    note: str = "",
) -> str:
    """Return a row under `HEADER`."""
    return f"Mobility\tSEATS\t{code}\t{description}\t{decision}\t{platform}\t{note}"


def listed(*rows: str) -> str:
    """Return a list with one program that holds these rows, the first of them on line 4."""
    return "\n".join([TITLE, "", HEADER, *rows, ""])


def only_entry(text: str) -> Entry:
    """Return the one rule that the document holds."""
    (entry,) = read(text).entries
    return entry


def codes_of(reading: ListReading) -> list[str]:
    """Return the codes of the diagnostics, in their order.

    Without those that every fragment of a list has: it lacks programs and closing notices.
    """
    return [each.code for each in reading.diagnostics if each.code not in OF_A_FRAGMENT]


def conditions_of_note(note: str, description: str = "Seat insert") -> str:
    """Return what a note says, in the notation."""
    return format_conditions(
        only_entry(listed(row(note=note, description=description))).rule.conditions
    )


def stretches(kinds: tuple[LineKind, ...]) -> Iterator[str]:
    """Yield the lines of one kind that follow each other: `4-9 rule`."""
    for kind, group in groupby(enumerate(kinds, 1), key=lambda numbered: numbered[1]):
        numbers = [number for number, _ in group]
        place = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
        yield f"{place} {kind}"


def told(reading: ListReading) -> str:
    """Return all that a reading holds, as text for a golden file."""
    return "\n".join(
        [
            "# lines",
            *stretches(reading.kinds),
            "# programs",
            *(f"{p.ref.line} {p.name}{' (only a link)' * p.link_only}" for p in reading.programs),
            "# headings",
            *(
                f"{h.ref.line} {h.program} | {h.text} | {h.decision} | {h.platform}"
                for h in reading.headings
            ),
            "# rules",
            *map(_told_rule, reading.entries),
            "# diagnostics",
            *map(str, reading.diagnostics),
            "",
        ]
    )


def _told_rule(entry: Entry) -> str:
    rule = entry.rule
    facts = {
        "product": rule.product,
        "category": rule.category,
        "heading": rule.heading,
        "platform": rule.platform,
        "conditions": format_conditions(rule.conditions),
        "add-on": "by its description" if rule.descriptor_add_on else "",
        "um_cs": "" if rule.um_cs is None else str(rule.um_cs),
        "from": rule.effective_from or "",
        "to": rule.effective_to or "",
    }
    told_facts = " | ".join(f"{name}: {fact}" for name, fact in facts.items() if fact)
    return f"{rule.ref.line} {rule.rule_id} {rule.requirement} | {told_facts}"
