"""The arguments of a condition in the notation: values, their encoding, and texts of each kind."""

from __future__ import annotations

import re
from datetime import date

_RESERVED = "%;,()="

Arguments = tuple[list[str], dict[str, str]]
"""What stands between the parentheses: the bare values, and those with a name."""


def encode(value: str) -> str:
    """Return a value as an argument of the notation: its reserved characters are encoded."""
    return "".join(f"%{ord(c):02X}" if c in _RESERVED else c for c in value)


def named(*arguments: tuple[str, str | int | date | None]) -> list[str]:
    """Return the named arguments as they are written, without those that are None."""
    return [f"{key}={encode(str(value))}" for key, value in arguments if value is not None]


def read_arguments(text: str) -> Arguments:
    """Return the arguments that the text between the parentheses writes."""
    bare: list[str] = []
    by_name: dict[str, str] = {}
    for argument in text.split(","):
        key, equals, value = argument.strip().partition("=")
        if equals:
            by_name[key] = _decode(value)
        elif key:
            bare.append(_decode(key))
    return bare, by_name


def some(arguments: Arguments) -> tuple[str, ...]:
    """Return the bare arguments, at least one. Raises ValueError, as all that follow."""
    if not arguments[0]:
        message = "expected at least one name"
        raise ValueError(message)
    return tuple(arguments[0])


def only(arguments: Arguments) -> str:
    """Return the one bare argument."""
    (text,), _ = arguments
    return text


def count(text: str) -> int:
    """Return the number, from 0, that the text writes."""
    if not (text.isascii() and text.isdigit()):
        message = f"read {text!r}, expected a number from 0"
        raise ValueError(message)
    return int(text)


def day(arguments: Arguments) -> date | None:
    """Return the day from which something holds, None where none is written."""
    _, by_name = arguments
    return date.fromisoformat(by_name["from"]) if "from" in by_name else None


def _decode(value: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), value.strip())
