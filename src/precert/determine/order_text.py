"""Reads codes as people paste them: `27447-RT`, `63650 x2`, `e0601 nu`, commas and blanks.

A code begins a line; what follows it until the next code are its modifiers and its units. A code
without modifiers tells nothing of them. A word that is none of these is refused with what was read
and what was expected, never skipped.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code, parse_modifier
from precert.determine.order_line import OrderLine
from precert.errors import BadCode, BadOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.model import Code

_WORD = re.compile(r"[^\s,;+/]+")
_UNITS = re.compile(r"(?:[xX*\u00d7](?P<after>\d{1,4})|(?P<before>\d{1,4})[xX\u00d7])")
# At most four digits: five may be a code, and "27447 x 29880" must not lose it.
_LONE_TIMES = re.compile(r"(?<![^\s])[xX*\u00d7]\s+(?=\d)")  # "x 2" is "x2"
_REVENUE = re.compile(r"(?i)\b(rev)\.?\s+(?=\d{3,4}\b)")  # "REV 0240" is one code
_MODIFIED = re.compile(r"(?P<code>[^-]+)-(?P<modifiers>.+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,6}")
_MAX_MODIFIERS = 4  # a claim line holds four
_CODE_LENGTH = 5


def read_lines(texts: Iterable[str], *, on: date | str) -> tuple[OrderLine, ...]:
    """Return the order lines that the texts write, in their order, each with `on` as its date.

    Raises `BadCode` for a text where a code was expected, `BadOrder` for any other word, for units
    below 1, for a date that is none, and for an order without a line.
    """
    day = read_date(on)
    lines: list[OrderLine] = []
    for text in texts:
        lines.extend(_read_text(text, day))
    if not lines:
        raise BadOrder(read="nothing", expected="at least one code")
    return tuple(lines)


def read_date(text: date | str) -> date:
    """Return the date; a text must be an ISO date (`2026-03-02`). Raises `BadOrder`."""
    if isinstance(text, date):
        return text
    stripped = text.strip()
    try:  # Python reads more forms of ISO 8601
        day = date.fromisoformat(stripped) if _DAY.fullmatch(stripped) else None
    except ValueError:
        day = None
    if day is None:
        raise BadOrder(read=repr(text), expected="a date as YYYY-MM-DD")
    return day


def read_units(text: str) -> int:
    """Return the units, a whole number from 1. Raises `BadOrder`."""
    if _COUNT.fullmatch(text) and int(text) > 0:
        return int(text)
    raise BadOrder(read=repr(text[:20]), expected="units as a whole number from 1 to 999999")


def read_modifier(text: str) -> str:
    """Return the modifier in canonical form. Raises `BadOrder`."""
    modifier = parse_modifier(text)
    if modifier is None:
        raise BadOrder(read=repr(text), expected="a modifier of two letters or digits (RT, 26, NU)")
    return modifier


def read_place_of_service(text: str) -> str:
    """Return CMS's two-digit place of service code; one digit gets its zero. Raises `BadOrder`."""
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit() and len(stripped) in {1, 2}:
        return stripped.zfill(2)
    raise BadOrder(
        read=repr(text), expected="a place of service code of two digits (11 office, 12 home)"
    )


def _read_text(text: str, day: date) -> Iterator[OrderLine]:
    code: Code | None = None
    modifiers: list[str] = []
    units: int | None = None
    for word in _words(text):
        told_units = _UNITS.fullmatch(word)
        if code is not None and told_units:
            if units is not None:
                raise BadOrder(read=f"units again {word!r} on {code}", expected="units once")
            units = read_units(told_units["after"] or told_units["before"])
        elif code is not None and len(word) < _CODE_LENGTH and parse_modifier(word):
            modifiers.append(_next_modifier(word, code, modifiers))
        else:
            if code is not None:
                yield OrderLine(code, day, tuple(modifiers) or None, units)
            code, modifiers, units = _code(word), [], None
    if code is not None:
        yield OrderLine(code, day, tuple(modifiers) or None, units)


def _words(text: str) -> Iterator[str]:
    """Return the words of the text; `27447-RT-50` gives the code and each modifier.

    A range of codes is refused: which codes lie in it is not told by counting.
    """
    for word in _WORD.findall(_REVENUE.sub(r"\1", _LONE_TIMES.sub("x", text))):
        joined = _MODIFIED.fullmatch(word)
        if joined is None:
            parts = [word.strip("-.:()[]\"'")]
        else:
            parts = [joined["code"], *joined["modifiers"].split("-")]
            if any(len(part) >= _CODE_LENGTH for part in parts[1:]):
                raise BadOrder(read=repr(word), expected="each code by itself, not a range")
        yield from filter(None, parts)  # a dash that stands alone only parts two words


def _code(word: str) -> Code:
    parsed = parse_code(word)
    if is_code(parsed):
        return parsed
    raise BadCode(str(parsed))


def _next_modifier(word: str, code: Code, so_far: list[str]) -> str:
    if len(so_far) == _MAX_MODIFIERS:
        raise BadOrder(
            read=f"a fifth modifier {word!r} on {code}", expected="at most four modifiers"
        )
    return read_modifier(word)
