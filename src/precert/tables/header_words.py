"""Which row is a header: the words of a layout, compared with the cells of a row."""

from __future__ import annotations

import re

from precert.codes import is_code, parse_code

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_WORD = re.compile(r"\w+")
_MARKUP_ALLOWANCE = 4
"""A cell this many times longer than the longest header word is none, whatever markup it holds."""


class HeaderWords:
    """The header words of a layout, and which texts were already compared with them."""

    def __init__(self, header_words: frozenset[str]) -> None:
        self._words = frozenset(header_form(word) for word in header_words) - {""}
        self._longest = max(map(len, header_words), default=0) * _MARKUP_ALLOWANCE
        self._known: dict[str, bool] = {"": False}

    def are_in(self, cells: tuple[str, ...]) -> bool:
        """Return whether the cells are those of a header.

        They are when at least two of those that are not blank, and at least half of them, are
        header words (compared by their words, without case, markup and signs), and none is a code.
        """
        hits = sum(self.holds(cell) for cell in cells)
        if hits <= 1:
            return False
        printed = sum(bool(cell.strip()) for cell in cells)
        return hits * 2 >= printed and not any(is_code(parse_code(cell)) for cell in cells)

    def holds(self, cell: str) -> bool:
        """Return whether the cell is one of the header words."""
        if len(cell) > self._longest:
            return False
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = header_form(cell) in self._words
        return known


def header_form(text: str) -> str:
    """Return the words of a header cell, in the form in which header words are compared."""
    return " ".join(_WORD.findall(_TAG.sub(" ", text).casefold()))
