"""One table of a layout file, read key by key; what is wrong names the file and the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from precert.errors import UnreadableLayout

if TYPE_CHECKING:
    from collections.abc import Mapping

_Value = TypeVar("_Value")


class Section:
    """A table of the file `path`, at `place` in it. `done` refuses the keys that nobody took."""

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

    def flag(self, key: str) -> bool:
        """Return the flag under `key`; false where it is absent."""
        return self._take(key, bool, "true or false", default=False)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return the texts of the array under `key`."""
        absent = None if default is None else list(default)
        texts = self._take(key, list, "an array of texts", absent)
        if not all(isinstance(text, str) for text in texts):
            self.refuse(key, f"read {texts!r}, expected an array of texts")
        return tuple(texts)

    def section(self, key: str) -> Section:
        """Return the table under `key`; an empty one where it is absent."""
        return Section(self._path, self._at(key), self._take(key, dict, "a table", {}))

    def sections(self, key: str) -> tuple[Section, ...]:
        """Return the tables of the array of tables under `key`."""
        tables = self._take(key, list, "an array of tables", [])
        if not all(isinstance(table, dict) for table in tables):
            self.refuse(key, f"read {tables!r}, expected an array of tables")
        return tuple(
            Section(self._path, f"{self._at(key)}[{number}]", table)
            for number, table in enumerate(tables, 1)
        )

    def names(self) -> tuple[str, ...]:
        """Return the keys that were not taken yet."""
        return tuple(self._content)

    def done(self) -> None:
        """Refuse a key that nobody took: it is misspelled, or means nothing here."""
        for key in self._content:
            self.refuse(key, "read a key that a layout does not have here; remove or correct it")

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise UnreadableLayout for what stands under `key`."""
        raise UnreadableLayout(self._path, self._at(key), reason)

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _take(self, key: str, kind: type[_Value], expected: str, default: _Value | None) -> _Value:
        value = self._content.pop(key, default)
        if value is None:
            self.refuse(key, f"nothing was read, expected {expected}")
        if not isinstance(value, kind):
            self.refuse(key, f"read {value!r}, expected {expected}")
        return value
