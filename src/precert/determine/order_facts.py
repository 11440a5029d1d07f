"""Reads what is told about the member and the order as a whole: age, state, diagnoses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.errors import BadOrder
from precert.facts import OLDEST, parse_diagnosis, parse_state

if TYPE_CHECKING:
    from collections.abc import Iterable

_AGE = re.compile(r"[0-9]{1,3}")
_LONGEST = 40
_EXPECTED_AGE = f"an age in whole years, from 0 to {OLDEST}"


def read_age(text: str) -> int:
    """Return the age that the text writes, in whole years. Raises `BadOrder`."""
    stripped = text.strip()
    if _AGE.fullmatch(stripped) and stripped.isascii() and int(stripped) <= OLDEST:
        return int(stripped)
    raise BadOrder(read=repr(text[:_LONGEST]), expected=_EXPECTED_AGE)


def check_age(age: object) -> None:
    """Refuse what is no age of a member. Raises `BadOrder`."""
    if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= OLDEST:
        raise BadOrder(read=repr(age)[:_LONGEST], expected=_EXPECTED_AGE)


def read_state(text: str) -> str:
    """Return the USPS abbreviation of the state that the text is or names. Raises `BadOrder`."""
    state = parse_state(text) if isinstance(text, str) else None
    if state is None:
        expected = "a state of two letters (FL, PR)"
        raise BadOrder(read=repr(text)[:_LONGEST], expected=expected)
    return state


def read_diagnosis(text: str) -> str:
    """Return the ICD-10-CM category or code in canonical form. Raises `BadOrder`."""
    diagnosis = parse_diagnosis(text) if isinstance(text, str) else None
    if diagnosis is None:
        expected = "a diagnosis of ICD-10-CM (C50, C50.911, with its dot or without)"
        raise BadOrder(read=repr(text)[:_LONGEST], expected=expected)
    return diagnosis


def read_diagnoses(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the diagnoses in canonical form, each once. Raises `BadOrder`, for a text too."""
    if isinstance(texts, str):
        raise BadOrder(read=repr(texts)[:_LONGEST], expected='diagnoses, as ("C50.911", "Z17.0")')
    return tuple(dict.fromkeys(map(read_diagnosis, texts)))
