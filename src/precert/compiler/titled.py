"""Programs that conditions name, called as this edition prints them in its titles.

A layout names programs once; a list may spell one otherwise in its next edition ("JOINT Surgery").
`determine` compares names exactly, so a condition is given the name that the titles print.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.model import DefersTo, WithProgram
from precert.rulebook.as_compared import as_compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.model import Condition, Rule


def as_titled(rules: Iterable[Rule], programs: Iterable[str]) -> list[Rule]:
    """Return the rules, whose conditions name the programs as they are printed.

    A name that says what no program is called, or what several are, stays as it is.
    """
    titles: dict[str, list[str]] = {}
    for program in programs:
        titles.setdefault(as_compared(program), []).append(program)
    names = {said: alike[0] for said, alike in titles.items() if len(alike) == 1}
    return [_renamed(rule, names) for rule in rules]


def _renamed(rule: Rule, names: Mapping[str, str]) -> Rule:
    if not any(isinstance(c, WithProgram | DefersTo) for c in rule.guards):
        return rule
    conditions = tuple(_condition(c, names) for c in rule.conditions)
    return rule if conditions == rule.conditions else replace(rule, conditions=conditions)


def _condition(condition: Condition, names: Mapping[str, str]) -> Condition:
    match condition:
        case WithProgram(programs):
            return WithProgram(tuple(names.get(as_compared(name), name) for name in programs))
        case DefersTo(program):
            return DefersTo(names.get(as_compared(program), program))
        case _:
            return condition
