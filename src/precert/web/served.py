"""What the app answers from, loaded once: the rulebook, its folder, the user's own copies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from precert.errors import UnknownEdition
from precert.rulebook import Editions, load_rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date

    from precert.compiler import Copies
    from precert.rulebook import AnyRulebook, Rulebook
    from precert.web.settings import ServeSettings

T = TypeVar("T")


class Kept:
    """What is made when it is first asked for, once, and kept: indexes, parsed documents."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under the key, made now if it is not; nobody makes it twice."""
        if key not in self._made:
            with self._lock:
                own = self._locks.setdefault(key, Lock())
            with own:
                if key not in self._made:
                    self._made[key] = make()
        made: T = self._made[key]
        return made


@dataclass(frozen=True, slots=True)
class Served:
    """The rulebook that is served, and what the server was told. Every route reads it."""

    settings: ServeSettings
    rulebook: AnyRulebook
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    def edition(self, name: str | None = None, on: date | None = None) -> Rulebook:
        """Return the edition of that name (in any case), that of a day, or the newest.

        Raises `UnknownEdition`.
        """
        editions = self.rulebook.editions
        if name is not None:
            for book in editions:
                if book.edition.name.casefold() == name.strip().casefold():
                    return book
            raise UnknownEdition(name, [book.edition.name for book in editions])
        return editions[-1] if on is None else self.rulebook.on(on)

    def picked(self, name: str | None = None, on: date | None = None) -> Sequence[Rulebook]:
        """Return the edition that is named or answers for the day; else all, the newest first."""
        if name is not None or on is not None:
            return [self.edition(name, on)]
        return self.rulebook.editions[::-1]

    def folder(self, edition: Rulebook) -> Path | None:
        """Return where an edition stands; None for the bundled one."""
        told = self.settings.rulebook
        if told is None:
            return None
        if isinstance(self.rulebook, Editions):
            folders = self.rulebook.folders()
            return next(Path(told) / name for name, book in folders if book == edition)
        return Path(told)

    def descriptions(self, edition: Rulebook) -> dict[str, str]:
        """Return the descriptions that were imported with an edition, by rule_id."""
        return self.kept.get(("descriptions", edition.digest), lambda: self._descriptions(edition))

    def copies(self, edition: Rulebook) -> Copies:
        """Return the user's own copies of the documents of an edition, read once."""
        return self.kept.get(("copies", edition.digest), lambda: self._copies(edition))

    def _descriptions(self, edition: Rulebook) -> dict[str, str]:
        folder = self.folder(edition)
        if folder is None:
            return {}
        from precert.compiler import read_descriptions  # noqa: PLC0415 - a server starts without it

        return read_descriptions(folder)

    def _copies(self, edition: Rulebook) -> Copies:
        from precert.compiler import read_copies  # noqa: PLC0415 - a server starts without it

        settings = self.settings
        return read_copies(edition, settings.documents, layout=settings.layout)


def load_served(settings: ServeSettings) -> Served:
    """Return what the app answers from. Raises `UnreadableRulebook`."""
    return Served(settings, load_rulebook(settings.rulebook))
