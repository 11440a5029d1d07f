"""Texts and conditions as two editions of a list are compared: by what they say, not how they look.

Case, blanks, the form of dashes and quotation marks, `&` for "and", trademark signs and characters
that nobody sees add nothing to a name. Every other sign may mean something and stays.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from precert.model import Contact, DefersTo, WithProgram
from precert.notation import format_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.model import Condition

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys("\u00ae\u2122\u00a9\u2120"),
        "\u2212": "-",
        "&": "and",
    }
)
_DASH, _UNSEEN = "Pd", "Cf"

Renames = dict[str, str]
"""Programs of the edition before, as compared, and what they are called after."""


@lru_cache(maxsize=4096)
def as_compared(text: str) -> str:
    """Return what a name or a word says, whatever its spelling: equal for two that say the same."""
    same = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    if not same.isascii():
        same = "".join("-" if _is(letter, _DASH) else letter for letter in same)
        same = "".join(letter for letter in same if not _is(letter, _UNSEEN))
    return "".join(same.split()).casefold()


def conditions_as_compared(
    conditions: Iterable[Condition], renames: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what the conditions say, whatever their order; `renames` are applied to programs."""
    return tuple(sorted(_said(condition, renames) for condition in conditions))


def _said(condition: Condition, renames: Mapping[str, str]) -> str:
    match condition:
        case WithProgram(programs):
            return _noted("with-program", [_renamed(name, renames) for name in programs])
        case DefersTo(program):
            return _noted("defers-to", [_renamed(program, renames)])
        case Contact(party, phone, fax, effective_from):
            return _noted("contact", [party, _dialled(phone), _dialled(fax), str(effective_from)])
        case _:
            name, _, arguments = format_condition(condition).removesuffix(")").partition("(")
            return _noted(name, sorted(map(as_compared, arguments.split(", "))))


def _noted(name: str, arguments: list[str]) -> str:
    return f"{name}({', '.join(arguments if name == 'contact' else sorted(arguments))})"


def _renamed(program: str, renames: Mapping[str, str]) -> str:
    name = as_compared(program)
    return renames.get(name, name)


def _dialled(number: str | None) -> str:
    """Return a telephone number without what only groups its digits."""
    return "".join(sign for sign in as_compared(number or "") if sign.isalnum())


def _is(letter: str, category: str) -> bool:
    return unicodedata.category(letter) == category
