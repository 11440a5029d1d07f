"""One table of a TOML file that a person wrote, read key by key; a wrong one is named.

Layouts and settings are such files. Each says in a subclass which error names the file and the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NoReturn, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.errors import UnreadableLayout, UnreadableSettings

_Value = TypeVar("_Value")


class TomlSection:
    """A table of the file `path`, at `place` in it. `done` refuses the keys that nobody took.

    A subclass tells `unreadable`, the error made of file, place and reason, and `unknown`, the
    reason for a key that nobody took.
    """

    unreadable: ClassVar[type[UnreadableLayout | UnreadableSettings]]
    unknown: ClassVar[str]

    def __init__(self, path: str, place: str, content: Mapping[str, object]) -> None:
        self._path = path
        self._place = place
        self._content = dict(content)

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text under `key`."""
        return self._take(key, str, "a text in quotes", default)

    def has(self, key: str) -> bool:
        """Return whether something stands under `key` that was not taken yet."""
        return key in self._content

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return the flag under `key`; the default, false if not told, where it is absent."""
        return self._take(key, bool, "true or false", default)

    def number(self, key: str, default: float | None = None) -> float:
        """Return the number under `key`, whole or not."""
        value = self._take(key, object, "a number", default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, f"read {value!r}, expected a number")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return the texts of the array under `key`."""
        absent = None if default is None else list(default)
        texts = self._take(key, list, "an array of texts", absent)
        if not all(isinstance(text, str) for text in texts):
            self.refuse(key, f"read {texts!r}, expected an array of texts")
        return tuple(texts)

    def section(self, key: str) -> Self:
        """Return the table under `key`; an empty one where it is absent."""
        return type(self)(self._path, self._at(key), self._take(key, dict, "a table", {}))

    def sections(self, key: str) -> tuple[Self, ...]:
        """Return the tables of the array of tables under `key`."""
        tables = self._take(key, list, "an array of tables", [])
        if not all(isinstance(table, dict) for table in tables):
            self.refuse(key, f"read {tables!r}, expected an array of tables")
        return tuple(
            type(self)(self._path, f"{self._at(key)}[{number}]", table)
            for number, table in enumerate(tables, 1)
        )

    def names(self) -> tuple[str, ...]:
        """Return the keys that were not taken yet."""
        return tuple(self._content)

    def done(self) -> None:
        """Refuse a key that nobody took: it is misspelled, or means nothing here."""
        for key in self._content:
            self.refuse(key, self.unknown)

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise the error for what stands under `key`."""
        raise type(self).unreadable(self._path, self._at(key), reason)

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _take(self, key: str, kind: type[_Value], expected: str, default: _Value | None) -> _Value:
        value = self._content.pop(key, default)
        if value is None:
            self.refuse(key, f"nothing was read, expected {expected}")
        if not isinstance(value, kind):
            self.refuse(key, f"read {value!r}, expected {expected}")
        return value
