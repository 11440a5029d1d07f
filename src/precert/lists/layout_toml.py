"""A layout file (TOML) in, a `Layout` out; the layouts that come with precert lie in `layouts/`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from precert.errors import UnreadableLayout
from precert.lists.layout import FIELDS, REQUIRED_FIELDS, SEARCHED, Layout
from precert.lists.layout_patterns import (
    read_decision,
    read_fillers,
    read_furniture,
    read_pattern,
    read_phrases,
    read_titles,
)
from precert.lists.markup import spoken, words
from precert.lists.phrases import placeholders
from precert.lists.toml_section import Section
from precert.model import PAYER, Condition, ContactParty
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.phrases import Phrase, Placeholder

_LAYOUTS = Path(__file__).parent / "layouts"


def layout_names() -> tuple[str, ...]:
    """Return the names of the layouts that come with precert."""
    return tuple(sorted(path.stem for path in _LAYOUTS.glob("*.toml")))


def load_layout(name_or_path: str | Path) -> Layout:
    """Return the layout of that name, or the one in the file at that path.

    Raises UnreadableLayout naming the file, the key in it, what was read and what was expected.
    """
    path = Path(name_or_path)
    if str(name_or_path) in layout_names():
        path = _LAYOUTS / f"{name_or_path}.toml"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror}); give the path of a layout or one of: "
        reason += ", ".join(layout_names())
        raise UnreadableLayout(str(path), "the file", reason) from error
    except ValueError as error:
        raise UnreadableLayout(str(path), "the file", f"it is no TOML: {error}") from error
    return _layout(path.stem, Section(str(path), "", content))


def _layout(name: str, section: Section) -> Layout:
    plans = section.texts("plans", ())
    known = placeholders(
        _groups(section.section("groups")), _parties(section.section("parties")), plans
    )
    fillers = read_fillers(section)
    printed_columns = _columns(section.section("columns"))
    layout = Layout(
        name=name,
        payer=section.text("payer"),
        line_of_business=section.text("line_of_business"),
        vendor=section.text("vendor"),
        plans=plans,
        header_words=frozenset(printed_columns),
        columns={words(printed): field for printed, field in printed_columns.items()},
        decisions=tuple(read_decision(entry, known) for entry in section.sections("decision")),
        platforms=_platforms(section.section("platforms")),
        included=_included(section.section("included")),
        blanks=frozenset(map(spoken, section.texts("blanks", ()))),
        programs=_programs(section.section("programs")),
        patterns=tuple(read_pattern(e, known, fillers) for e in section.sections("pattern")),
        alerts=_alerts(section.section("alerts"), known),
        add_on=read_phrases(section, "add_on", known, default=(), cut_off=True),
        unlisted=_unlisted(section.section("checks"), known),
        titles=read_titles(section.section("titles"), known),
        furniture=tuple(read_furniture(e, known, fillers) for e in section.sections("furniture")),
        placeholders=known,
    )
    if not layout.decisions:
        section.refuse("decision", "nothing was read, expected at least one [[decision]]")
    section.done()
    return layout


def _unlisted(section: Section, known: Mapping[str, Placeholder]) -> tuple[Phrase, ...]:
    """Return the phrases of `[checks]`; a check whose phrases are absent finds nothing."""
    phrases = read_phrases(section, "unlisted", known, default=())
    section.done()
    return phrases


def _groups(section: Section) -> dict[str, tuple[str, ...]]:
    return {group: section.texts(group) for group in section.names()}


def _parties(section: Section) -> dict[str, ContactParty]:
    """Return who each printed name is."""
    parties = {
        printed: party for party in ContactParty for printed in section.texts(party.value, ())
    }
    section.done()
    return parties


def _columns(section: Section) -> dict[str, str]:
    """Return the field of each printed header word."""
    columns: dict[str, str] = {}
    for field in FIELDS:
        for printed in section.texts(field, None if field in REQUIRED_FIELDS else ()):
            if words(printed) in map(words, columns):
                section.refuse(field, f"read {printed!r}, which another column has too")
            columns[printed] = field
    section.done()
    return columns


def _platforms(section: Section) -> dict[str, str | None]:
    """Return the platform that each printed form names."""
    platforms: dict[str, str | None] = {
        spoken(printed): printed for printed in section.texts("built_on", ())
    }
    platforms |= dict.fromkeys(map(spoken, section.texts("payer", ())), PAYER)
    platforms |= dict.fromkeys(map(spoken, section.texts("none", ())))
    section.done()
    return platforms


def _included(section: Section) -> dict[str, bool]:
    included = dict.fromkeys(map(spoken, section.texts("yes", ())), True)
    included |= dict.fromkeys(map(spoken, section.texts("no", ())), False)
    section.done()
    return included


def _programs(section: Section) -> dict[str, tuple[Condition, ...]]:
    """Return the conditions of each program that has any, by the words of its name."""
    programs: dict[str, tuple[Condition, ...]] = {}
    for name in section.names():
        try:
            programs[words(name)] = parse_conditions(section.text(name))
        except ValueError as error:
            section.refuse(name, str(error))
    return programs


def _alerts(section: Section, known: Mapping[str, Placeholder]) -> dict[str, tuple[Phrase, ...]]:
    alerts = {column: read_phrases(section, column, known, default=()) for column in SEARCHED}
    section.done()
    return alerts
