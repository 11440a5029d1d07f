"""The little of TOML that a rulebook needs beyond `tomllib`: writing values, naming a wrong line.

The standard library reads TOML but writes none. The writer here knows four types (TOML 1.0: string,
integer, boolean, local date); the reader is `tomllib` and a view on its tables that checks types.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from precert.errors import UnreadableRulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_T = TypeVar("_T", str, int, bool, date)

Value = str | int | bool | date

_ESCAPES = {'"': '\\"', "\\": "\\\\"} | {
    chr(control): f"\\u{control:04X}" for control in (*range(0x20), 0x7F)
}
_AT_LINE = re.compile(r"at line (\d+)")
_KINDS = {str: "a text", int: "a whole number", bool: "true or false", date: "a date (2026-01-31)"}


def format_value(value: Value) -> str:
    """Return the TOML text of a value; a control character in a string is escaped."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'
        case date():
            return value.isoformat()
        case int():
            return str(value)


def format_pairs(pairs: Iterable[tuple[str, Value | None]]) -> str:
    """Return one line `key = value` for each pair; a value of None has no line."""
    return "".join(f"{key} = {format_value(v)}\n" for key, v in pairs if v is not None)


def parse_toml(text: str, path: str) -> dict[str, object]:
    """Return what TOML text says. Raises UnreadableRulebook, at the line of `path`."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise UnreadableRulebook(path, "nested too deeply; import the list again") from error
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise UnreadableRulebook(path, f"not TOML: {error}; import the list again", line) from error


class Section:
    """One table of a TOML file, which takes typed values out of it and knows its place."""

    def __init__(self, path: str, text: str, entries: Mapping[str, object], name: str) -> None:
        """Take the file's path and text, the table's entries and its name: `edition`, `programs#2`.

        The name of the top level is empty; `#2` is the second table of an array.
        """
        self._path, self._text, self._name = path, text, name
        self._entries = entries
        self._taken: set[str] = set()

    def take(self, key: str, kind: type[_T]) -> _T:
        """Return the value of a key that must be there. Its type is that very type.

        Raises UnreadableRulebook, as every method here does, at the line of the key or its table.
        """
        value = self.take_optional(key, kind)
        if value is None:
            raise self.error(key, f"the key is missing, expected {_KINDS[kind]}")
        return value

    def take_optional(self, key: str, kind: type[_T]) -> _T | None:
        """Return the value of a key that may be absent."""
        value = self._take(key)
        if value is None or type(value) is kind:
            return value
        raise self.error(key, f"read {value!r}, expected {_KINDS[kind]}")

    def take_texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of an array."""
        value = self._take(key)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        read = "the key is missing" if value is None else f"read {value!r}"
        raise self.error(key, f"{read}, expected an array of texts")

    def table(self, key: str) -> Section:
        """Return a table below the top level."""
        value = self._take(key)
        if isinstance(value, dict):
            return Section(self._path, self._text, value, key)
        read = "the table is missing" if value is None else f"read {value!r}"
        raise self.error(key, f"{read}, expected [{key}]")

    def optional_table(self, key: str) -> Section | None:
        """Return a table below the top level; None where it is absent."""
        return None if self._take(key) is None else self.table(key)

    def tables(self, key: str) -> tuple[Section, ...]:
        """Return the tables of an array; none at all is an error."""
        value = self._take(key)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value) and value:
            return tuple(
                Section(self._path, self._text, item, f"{key}#{number}")
                for number, item in enumerate(value, 1)
            )
        read = f"read {value!r}" if value else "the tables are missing"
        raise self.error(key, f"{read}, expected at least one [[{key}]]")

    def optional_tables(self, key: str) -> tuple[Section, ...]:
        """Return the tables of an array that may be absent."""
        return self.tables(key) if key in self._entries else ()

    def done(self) -> None:
        """Refuse a key that nobody took: it would be something said that has no effect."""
        known = ", ".join(sorted(self._taken))
        for key in self._entries:
            if key not in self._taken:
                raise self.error(key, f"the key is not known, expected one of {known}")

    def error(
        self, key: str, reason: str, remedy: str = "import the list again"
    ) -> UnreadableRulebook:
        """Return the error at the line of a key, or of the table that lacks it."""
        place = f"{self._name.partition('#')[0]}.{key}" if self._name else key
        line = _line(self._text, self._name, key)
        return UnreadableRulebook(self._path, f"{place}: {reason}; {remedy}", line)

    def _take(self, key: str) -> object:
        self._taken.add(key)
        return self._entries.get(key)


def _line(text: str, table: str, key: str) -> int:
    """Return the line of the key in the table, or of the table's header where the key is not found.

    It finds headers and keys at the beginning of a line, which is how a rulebook is written; for
    anything else it returns 1. At the top level a key may be a table: its header is found.
    """
    name, _, number = table.partition("#")
    lines = text.split("\n")
    headers = {at: line.strip("[] \r") for at, line in enumerate(lines) if line.startswith("[")}
    own = [at for at, header in headers.items() if header == name] if name else [0]
    if len(own) < int(number or 1):
        return 1
    start = own[int(number or 1) - 1]
    end = next((at for at in headers if at > start), len(lines))
    found = [at for at in range(start, end) if lines[at].partition("=")[0].strip() == key]
    if not name:
        found += [at for at, header in headers.items() if header == key]
    return found[0] + 1 if found else start + 1
