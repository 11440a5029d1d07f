"""Sentences that speak of an order's lines by number in, the same by code out.

Whoever reads an answer in an EHR sees orders with codes; nobody there numbers them. A code that
stands on several lines is told with the reference of its resource. A name that is printed in the
list or given to its file, and reads like a line's number ("Nurse Line 24"), stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from precert.determine.words.phrases import and_list
from precert.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.davinci.answer.asked import LineOf
    from precert.rulebook import AnyRulebook

_RUN = r"\d+(?: to \d+)?"
_LINES = re.compile(rf"\b[Ll]ines? (?P<lines>{_RUN}(?:(?:, | and ){_RUN})*)")
"""As `lines_in_words` writes them, at the beginning of a sentence too."""
_EACH = re.compile(r"(\d+)(?: to (\d+))?")


class _Named(NamedTuple):
    """Lines that a text names, as it does, and their places."""

    text: str
    runs: tuple[slice, ...]


def names_of(lines: tuple[LineOf, ...]) -> tuple[str, ...]:
    """Return what each line is called: its code, with its reference where the code is on others."""
    codes: list[str] = [of.billing.code for of in lines]
    if len(set(codes)) == len(codes):
        return tuple(codes)
    counts = Counter(codes)
    return tuple(
        code if counts[code] == 1 else f"{code} ({of.focus.reference})"
        for code, of in zip(codes, lines, strict=True)
    )


@lru_cache(maxsize=64)
def names_like_lines(rulebook: AnyRulebook) -> tuple[str, ...]:
    """Return the names in a rulebook that read like the number of a line, the longest first."""
    books = (rulebook,) if isinstance(rulebook, Rulebook) else rulebook.editions
    alike = {name for book in books for name in _names_in(book) if _LINES.search(name)}
    return tuple(sorted(alike, key=lambda name: (-len(name), name)))


def _names_in(rulebook: Rulebook) -> Iterator[str]:
    """Yield the names that sentences may hold: of payer, programs, plans, platforms, documents."""
    yield from (rulebook.edition.payer, rulebook.edition.vendor)
    yield from rulebook.program_names
    yield from rulebook.plans
    for rule in rulebook.rules:
        yield from (rule.platform or "", rule.ref.document, rule.ref.sheet or "")
    if rulebook.exhaustive is not None:
        yield from (rulebook.exhaustive.document, rulebook.exhaustive.sheet or "")


def in_codes(text: str, names: tuple[str, ...], alike: tuple[str, ...] = ()) -> str:
    """Return a text with the names of the lines that it speaks of.

    `alike` are names that read like lines and are none; nor is a number that no line has.
    """
    return "".join(
        [part if isinstance(part, str) else _named(part, names) for part in _parts(text, alike)]
    )


def speaks_of_lines(text: str, alike: tuple[str, ...] = ()) -> bool:
    """Return whether a text speaks of lines by their numbers, or of the line itself."""
    return _parts(text, alike) != (text,)


@lru_cache(maxsize=4_096)  # the sentences are few, and nothing of a person is in them
def _parts(text: str, alike: tuple[str, ...]) -> tuple[str | _Named, ...]:
    """Return what of a text stays, in turn with the lines that it names between."""
    parts: list[str | _Named] = []
    read = 0
    text = text.replace("this line", "this order")
    for named in _pattern(alike).finditer(text):
        if named["lines"] is None:
            continue
        runs = [(int(first), int(last or first)) for first, last in _EACH.findall(named["lines"])]
        lines = tuple([slice(low - 1, high) for low, high in runs])
        parts += [text[read : named.start()], _Named(named[0], lines)]
        read = named.end()
    return (*parts, text[read:])


@lru_cache(maxsize=64)
def _pattern(alike: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of lines, and of names that read like some and are found before."""
    return re.compile("|".join([*map(re.escape, alike), _LINES.pattern])) if alike else _LINES


def _named(lines: _Named, names: tuple[str, ...]) -> str:
    named = [name for run in lines.runs for name in names[run]]
    if not named or lines.runs[-1].stop > len(names):
        return lines.text
    return and_list(named) if len(named) > 1 else named[0]
