"""The codes in a cell of a document that nobody knows yet, and in what form they stand there."""

from __future__ import annotations

import re
from typing import NamedTuple

from precert.codes import is_code, parse_code
from precert.lists.markup import plain

_APART = re.compile(r"(?:[\s,;/&|]|\band\b)+")
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bthrough\b)\s*")  # noqa: RUF001 - dashes, as printed
_MARK = re.compile(r"(?:<sup>[^<]*</sup>|[¹²³*†‡§^]+)$")


class CodeTokens(NamedTuple):
    """What stands in a cell of codes: how many codes, whether ranges, whether with a mark."""

    codes: int
    ranges: int
    marks: tuple[str, ...]


def code_tokens(cell: str) -> CodeTokens | None:
    """Return the form of a cell that holds codes alone; None for any other."""
    text = plain(cell)
    if not text:
        return None
    codes = ranges = 0
    marks: list[str] = []
    for token in _APART.split(_RANGE.sub("-", text)):
        if found := _MARK.search(token):
            marks.append(found[0])
        ends = _MARK.sub("", token).split("-")
        if not all(is_code(parse_code(end)) for end in ends) or len(ends) > 2:  # noqa: PLR2004 - first and last
            return None
        codes += 1
        ranges += len(ends) == 2  # noqa: PLR2004 - first and last
    return CodeTokens(codes, ranges, tuple(marks))
