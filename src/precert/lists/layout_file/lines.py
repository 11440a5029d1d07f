"""The parts of a layout file that read the lines outside the tables: titles and furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import EFFECTIVE_FROM, LINE, Furniture, Pattern, Titles
from precert.lists.layout_file.conditions import read_condition, refuse_any_text
from precert.lists.layout_file.patterns import (
    SETTERS,
    read_fillers,
    read_phrases,
    read_setter,
    telling_phrases,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.layout_file.section import Section
    from precert.lists.placeholder import Placeholder

_FURNITURE = ("copyright", "pointer", "effective", "legend", "exhaustive", "page")
_TELLING = ("legend", "exhaustive")
"""Kinds of lines in which nothing may stand whatever it says."""
_IN_FURNITURE = frozenset(("date", "fax", "name", "phone", "year"))
_ON_A_PAGE = _IN_FURNITURE | {"count", "pages"}
_CODES = ("code", "codes")


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
    if dated is not (kind == "effective") and kind != "page":
        section.refuse("phrases", "expected {date} in an effective line, and in no other")
    allowed = _ON_A_PAGE if kind == "page" else _IN_FURNITURE
    if not names <= allowed:
        expected = f"none but {', '.join(sorted(allowed))} in a line that says nothing"
        section.refuse("phrases", f"read {', '.join(sorted(names))}, expected {expected}")
    if kind in _TELLING:
        refuse_any_text(section, "phrases", phrases)
    sets = EFFECTIVE_FROM if kind == "effective" else ""
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
        continued=read_phrases(section, "continued", known, default=()),
        repeats=section.flag("repeats"),
    )
    if any(phrase.placeholders for phrase in titles.continued):
        section.refuse("continued", "expected words, and no placeholder, as (cont.)")
    for key, phrases in (("program", titles.program), ("link", titles.link)):
        if any(phrase.placeholders != ("program",) for phrase in phrases):
            section.refuse(key, "expected the placeholder {program}, and no other, in each form")
    section.done()
    return titles


def read_notice_form(
    section: Section, known: Mapping[str, Placeholder], fillers: frozenset[str]
) -> Pattern:
    """Return one `[[notice]]`: phrases with codes, and what they mean for the rules of these."""
    fillers |= read_fillers(section)
    phrases = telling_phrases(section, known, fillers)
    refuse_any_text(section, "phrases", phrases)
    names = tuple(name for phrase in phrases for name in phrase.placeholders)
    if len({*names} & {*_CODES}) != 1:
        section.refuse("phrases", "expected {code} or {codes}, of which the notice speaks")
    sets = read_setter(section, names)
    condition = read_condition(section, names, known, used=f"{sets}{{code}}{{codes}}")
    if not condition and not sets:
        section.refuse("condition", "nothing was read, expected what the notice says of the codes")
    section.done()
    return Pattern(phrases, fillers, frozenset({LINE}), condition, SETTERS.get(sets, ""))
