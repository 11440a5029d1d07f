"""A folder with `editions.toml` in, the `Editions` it names out, each proven by its digest."""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING

from precert.errors import NoRulebook, UnreadableRulebook
from precert.rulebook.editions import Editions
from precert.rulebook.editions_toml import entry_of, parse_editions
from precert.rulebook.one_edition import read_edition, read_text
from precert.rulebook.rulebook_toml import EDITIONS_FILE, MANIFEST_FILE, parse_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook.book import Rulebook
    from precert.rulebook.editions_toml import Entry


def read_editions(folder: str | Path) -> Editions:
    """Return the editions in a folder. Raises UnreadableRulebook as `read_rulebook` does."""
    path = f"{folder}/{EDITIONS_FILE}"
    entries, replaced, digest = parse_editions(read_text(path), path)
    books = [_read_named(folder, entry) for entry in entries]
    try:
        editions = Editions.build(books, replaced)
    except NoRulebook as error:
        raise UnreadableRulebook(path, f"{error}; import them again") from error
    if editions.digest != digest:
        raise UnreadableRulebook(path, "expected the editions sorted by first day; restore it")
    _refuse_another(folder, editions)
    return editions


def _read_named(folder: str | Path, entry: Entry) -> Rulebook:
    """Return the edition that `editions.toml` names, from its own folder."""
    place = f"{folder}/{entry.folder}"
    book = read_edition(place)
    if entry_of(book) != entry:
        read = f"edition {book.edition.name}, digest {book.digest}"
        expected = f"edition {entry.name}, digest {entry.rulebook}, as {EDITIONS_FILE} names it"
        path, reason = f"{place}/{MANIFEST_FILE}", f"read {read}, expected {expected}; restore it"
        raise UnreadableRulebook(path, reason)
    return book


def _refuse_another(folder: str | Path, editions: Editions) -> None:
    """Refuse a rulebook of one edition beside `editions.toml`, unless an import left it there.

    Such remains hold an edition that `editions.toml` names. Anything else was put there by somebody
    who expects it to answer, and it would not.
    """
    path = f"{folder}/{MANIFEST_FILE}"
    if not os.path.lexists(path):
        return
    _, digest = parse_manifest(read_text(path), path)
    named = [book.digest for book in editions.editions]
    named += [replaced.rulebook for replaced in editions.replaced]
    if digest not in named:
        reason = f"another rulebook (digest {digest[:12]}) stands beside {EDITIONS_FILE}"
        raise UnreadableRulebook(path, f"{reason}; move one of the two into a folder of its own")
