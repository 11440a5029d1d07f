"""Placeholders for what limits a rule: ages, places, states, modifiers, diagnoses, units.

Each value is noted as the notation of conditions writes it. Where a list of values may be read in
two ways, it is not read: in "FL OR GA" the word between may be a state.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.codes import parse_modifier
from precert.facts import STATES
from precert.lists.placeholder import Placeholder

if TYPE_CHECKING:
    from collections.abc import Callable

_OLDEST = 130
_KNOWN_STATES = frozenset(STATES)
_STATE = "(?-i:[A-Z]{2})"
_MODIFIER = "(?-i:[A-Z0-9]{2})"
_PLACE = "[0-9]{2}"
_DIAGNOSIS = r"[A-Z][0-9][0-9A-Z](?:\.(?![A-Z][0-9]{2})[0-9A-Z]{1,4})?(?!\.?\w)"
"""A category or a code; what has a second category behind the dot is a range that was torn."""
_TO = r"(?:\s?[-\u2013]\s?|\s(?:to|through|thru)\s)"
_SPAN = f"{_DIAGNOSIS}(?:{_TO}{_DIAGNOSIS})?"
_AND = r"(?:\s?(?:,|;|/|&|\band\b|\bor\b))+\s?"
_BETWEEN = re.compile(r"\s*(?:[,;/&]|\band\b|\bor\b)+\s*")
_BETWEEN_IN_ANY_CASE = re.compile(_BETWEEN.pattern, re.IGNORECASE)
_SPAN_ENDS = re.compile(_TO, re.IGNORECASE)


def scope_placeholders() -> dict[str, Placeholder]:
    """Return the placeholders by name; `under` is noted one lower and `over` one higher."""
    return {
        "age": Placeholder("[0-9]{1,3}", lambda printed: _age(printed, 0), "21"),
        "last_age": Placeholder("[0-9]{1,3}", lambda printed: _age(printed, 0), "64"),
        "under": Placeholder("[0-9]{1,3}", lambda printed: _age(printed, -1), "20"),
        "over": Placeholder("[0-9]{1,3}", lambda printed: _age(printed, 1), "65"),
        "places": Placeholder(_listed(_PLACE), _each(str.isdigit), "11"),
        "states": Placeholder(_listed(_STATE), _each(_KNOWN_STATES.__contains__), "FL"),
        "modifiers": Placeholder(_listed(_MODIFIER), _modifiers, "RT"),
        "diagnoses": Placeholder(_listed(_SPAN), _diagnoses, "C50"),
        "units": Placeholder("[1-9][0-9]{0,3}", str, "4"),
    }


def contradict(values: dict[str, str]) -> bool:
    """Return whether values of one pattern contradict each other: ages from 64 to 18."""
    last = values.get("last_age")
    return last is not None and int(values.get("age", values.get("over", "0"))) > int(last)


def _listed(one: str) -> str:
    return f"{one}(?:{_AND}{one})*"


def _age(printed: str, step: int) -> str | None:
    age = int(printed) + step
    return str(age) if 0 <= age <= _OLDEST else None


def _each(known: Callable[[str], bool]) -> Callable[[str], str | None]:
    """Return what notes a list of values; None where one of them is none."""

    def noted(printed: str) -> str | None:
        values = [value for value in _BETWEEN.split(printed) if value]
        return ", ".join(values) if all(map(known, values)) else None

    return noted


def _modifiers(printed: str) -> str | None:
    values = [parse_modifier(each) for each in _BETWEEN_IN_ANY_CASE.split(printed)]
    return ", ".join(value for value in values if value) if all(values) else None


def _diagnoses(printed: str) -> str | None:
    """Return the spans, upper case; None for one that ends before it begins."""
    spans = []
    for each in _BETWEEN_IN_ANY_CASE.split(printed.upper()):
        first, *rest = _SPAN_ENDS.split(each)
        if rest and rest[0].replace(".", "") <= first.replace(".", ""):
            return None
        spans.append("-".join((first, *rest)))
    return ", ".join(spans)
