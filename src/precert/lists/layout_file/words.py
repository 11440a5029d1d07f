"""The parts of a layout file that hold names and words: payers, platforms, parties, programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.alerts import alerts_of_every_list
from precert.lists.layout import SEARCHED
from precert.lists.layout_file.conditions import conditions_of
from precert.lists.layout_file.patterns import read_phrases
from precert.lists.markup import spoken, words
from precert.model import PAYER, Condition, ContactParty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.layout_file.section import Section
    from precert.lists.phrases import Phrase
    from precert.lists.placeholder import Placeholder


def read_name(section: Section, key: str) -> str:
    """Return the name under `key`; one without a word is refused."""
    name = section.text(key)
    _refuse_wordless(section, key, (name,))
    return name


def read_names(section: Section, key: str) -> tuple[str, ...]:
    """Return the names under `key`, none where it is absent."""
    names = section.texts(key, ())
    _refuse_wordless(section, key, names)
    return names


def read_groups(section: Section) -> dict[str, tuple[str, ...]]:
    """Return the programs that each printed name stands for."""
    groups: dict[str, tuple[str, ...]] = {}
    for group in section.names():
        _refuse_wordless(section, group, (group,))
        groups[group] = read_names(section, group)
        if not groups[group]:
            section.refuse(group, "nothing was read, expected the names of programs")
    return groups


def read_parties(section: Section) -> dict[str, ContactParty]:
    """Return who each printed name is."""
    parties = {
        printed: party for party in ContactParty for printed in read_names(section, party.value)
    }
    section.done()
    return parties


def read_platforms(section: Section) -> dict[str, str | None]:
    """Return the platform that each printed form names."""
    platforms: dict[str, str | None] = {}
    for key, platform in (("built_on", ""), ("payer", PAYER), ("none", None)):
        for printed in read_names(section, key):
            named = printed if key == "built_on" else platform
            if platforms.setdefault(spoken(printed), named) != named:
                section.refuse(key, f"read {printed!r}, which stands for another platform too")
    section.done()
    return platforms


def read_included(section: Section) -> dict[str, bool]:
    """Return what each printed form of the column `um_cs` says."""
    included: dict[str, bool] = {}
    for key, value in (("yes", True), ("no", False)):
        for printed in section.texts(key, ()):
            if included.setdefault(spoken(printed), value) is not value:
                section.refuse(key, f"read {printed!r}, which stands for the opposite too")
    section.done()
    return included


def read_programs(section: Section) -> dict[str, tuple[Condition, ...]]:
    """Return the conditions of each program that has any, by the words of its name."""
    programs: dict[str, tuple[Condition, ...]] = {}
    for name in section.names():
        _refuse_wordless(section, name, (name,))
        programs[words(name)] = conditions_of(section, name, section.text(name))
    return programs


def read_alerts(
    section: Section, known: Mapping[str, Placeholder], names: tuple[str, ...], line: str
) -> dict[str, tuple[Phrase, ...]]:
    """Return the alerts of each searched column: the layout's, and those of every list.

    `names` and `line` are the names and the line of business of the list.
    """
    common = alerts_of_every_list(names, line)
    alerts = {
        column: (*common, *read_phrases(section, column, known, default=())) for column in SEARCHED
    }
    section.done()
    return alerts


def _refuse_wordless(section: Section, key: str, names: tuple[str, ...]) -> None:
    for name in names:
        if not words(name):
            section.refuse(key, f"read {name!r}, expected a name, which has a word in it")
