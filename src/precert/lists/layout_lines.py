"""The parts of a layout file that read the lines outside the tables: titles and furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import EFFECTIVE_FROM, LINE, Furniture, Pattern, Titles
from precert.lists.layout_conditions import refuse_any_text
from precert.lists.layout_patterns import read_fillers, read_phrases, telling_phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.placeholder import Placeholder
    from precert.lists.toml_section import Section

_FURNITURE = ("copyright", "pointer", "effective", "legend", "exhaustive")
_TELLING = ("legend", "exhaustive")
"""Kinds of lines in which nothing may stand whatever it says."""
_IN_FURNITURE = frozenset(("date", "fax", "name", "phone", "year"))


def read_furniture(
    section: Section, known: Mapping[str, Placeholder], fillers: frozenset[str]
) -> Furniture:
    """Return one `[[furniture]]`."""
    kind = section.text("kind")
    if kind not in _FURNITURE:
        section.refuse("kind", f"read {kind!r}, expected one of {', '.join(_FURNITURE)}")
    fillers |= read_fillers(section)
    phrases = telling_phrases(section, known, fillers)
    names = {name for phrase in phrases for name in phrase.placeholders}
    dated = "date" in names
    if dated is not (kind == "effective"):
        section.refuse("phrases", "expected {date} in an effective line, and in no other")
    if not names <= _IN_FURNITURE:
        expected = f"none but {', '.join(sorted(_IN_FURNITURE))} in a line that says nothing"
        section.refuse("phrases", f"read {', '.join(sorted(names))}, expected {expected}")
    if kind in _TELLING:
        refuse_any_text(section, "phrases", phrases)
    sets = EFFECTIVE_FROM if dated else ""
    pattern = Pattern(phrases, fillers, frozenset({LINE}), sets=sets)
    ends_program = section.flag("ends_program")
    explains = section.texts("marks", ())
    if explains and kind != "legend":
        section.refuse("marks", "expected the marks that a line explains only in a legend")
    section.done()
    return Furniture(kind, pattern, ends_program, explains)


def read_titles(section: Section, known: Mapping[str, Placeholder], *, optional: bool) -> Titles:
    """Return `[titles]`; `optional` where something else names the programs."""
    titles = Titles(
        opening=read_phrases(section, "opening", known, default=()),
        program=read_phrases(
            section, "program", known, default=() if optional else None, whole=True
        ),
        link=read_phrases(section, "link", known, default=(), whole=True),
    )
    for key, phrases in (("program", titles.program), ("link", titles.link)):
        if any(phrase.placeholders != ("program",) for phrase in phrases):
            section.refuse(key, "expected the placeholder {program}, and no other, in each form")
    section.done()
    return titles
