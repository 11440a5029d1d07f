"""Sentences that speak of an order's lines by number in, the same by code out.

Whoever reads an answer in an EHR sees orders with codes; nobody there numbers them. A code that
stands on several lines is told with the reference of its resource.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from precert.determine.words.phrases import and_list

if TYPE_CHECKING:
    from precert.davinci.answer.asked import LineOf

_RUN = r"\d+(?: to \d+)?"
_LINES = re.compile(rf"\b[Ll]ines? ({_RUN}(?:(?:, | and ){_RUN})*)")
"""As `lines_in_words` writes them, at the beginning of a sentence too."""
_EACH = re.compile(r"(\d+)(?: to (\d+))?")
_Lines = tuple[slice, ...]


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


def in_codes(text: str, names: tuple[str, ...]) -> str:
    """Return a text with the names of the lines that it speaks of; each has to be one of them."""
    return "".join(
        [part if isinstance(part, str) else _named(part, names) for part in _parts(text)]
    )


def speaks_of_lines(text: str) -> bool:
    """Return whether a text speaks of lines by their numbers, or of the line itself."""
    return _parts(text) != (text,)


@lru_cache(maxsize=4_096)  # the sentences are few, and nothing of a person is in them
def _parts(text: str) -> tuple[str | _Lines, ...]:
    """Return what of a text stays, in turn with the lines that it names between."""
    parts: list[str | _Lines] = []
    read = 0
    text = text.replace("this line", "this order")
    for named in _LINES.finditer(text):
        runs = [(int(first), int(last or first)) for first, last in _EACH.findall(named[1])]
        parts += [text[read : named.start()], tuple([slice(low - 1, high) for low, high in runs])]
        read = named.end()
    return (*parts, text[read:])


def _named(lines: _Lines, names: tuple[str, ...]) -> str:
    named = [name for run in lines for name in names[run]]
    return and_list(named) if len(named) > 1 else named[0]
