"""What `precert diff` compares, as a rulebook: a document, a rulebook folder, an edition in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from precert.rulebook import Rulebook

BUNDLED = "bundled"


class Side(NamedTuple):
    """One of the two: as it was told, what it says, and whether its edition has dates."""

    told: str
    rulebook: Rulebook
    dated: bool

    @property
    def named(self) -> Side:
        """The side without the folders before its name, which are the reader's own."""
        return self._replace(told=Path(self.told).name or self.told)

    @property
    def files(self) -> list[str]:
        """The files that it was read from, all editions: a report is not written over them."""
        folder, path = Path(_folder_of(self.told)[0]), Path(self.told)
        if not folder.is_dir():
            return [str(path)]
        return [str(file) for pattern in ("*", "*/*") for file in folder.glob(pattern)]


def side_of(told: str, layout: str | None, line_of_business: str | None) -> Side:
    """Return what was told: `bundled`, `FOLDER`, `FOLDER@EDITION` or a document.

    Raises `UsageError` for an empty name, `UnreadableRulebook`, `UnreadableDocument` and
    `UnreadableLayout`.
    """
    from precert.rulebook import load_rulebook

    if not told.strip():
        message = f"read {told!r}, expected a document, a folder or {BUNDLED}"
        raise click.UsageError(message)
    if is_document(told):
        from precert.compiler import compile_as_printed

        printed = compile_as_printed(Path(told), layout=layout, line_of_business=line_of_business)
        return Side(told, printed.rulebook, printed.dated)
    folder, edition = _folder_of(told)
    if Path(folder).is_dir():
        return Side(told, _edition_in(folder, edition), dated=True)
    return Side(told, load_rulebook(), dated=True)


def is_document(told: str) -> bool:
    """Return whether a side names a document, and neither a rulebook nor an edition in one."""
    if told == BUNDLED and not Path(told).exists():
        return False
    return not Path(_folder_of(told)[0]).is_dir()


def _folder_of(told: str) -> tuple[str, str]:
    """Return the folder that was told and the edition in it, which may be empty."""
    folder, at, edition = told.rpartition("@")
    return (folder, edition) if at and folder and not Path(told).exists() else (told, "")


def _edition_in(folder: str, edition: str) -> Rulebook:
    """Return the edition of that name in a folder; the only one where none is named."""
    from precert.cli.options import edition_named
    from precert.rulebook import read_rulebook

    rulebook = read_rulebook(folder)
    if edition:
        return edition_named(rulebook, edition)
    if len(rulebook.editions) > 1:
        names = ", ".join(f"{folder}@{book.edition.name}" for book in rulebook.editions)
        message = f"{folder} holds several editions, expected one of {names}"
        raise click.UsageError(message)
    return rulebook.editions[0]
