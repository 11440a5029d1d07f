"""An edition added to the rulebook in a folder: wholly or not at all, and never silently changed.

Every edition is first written, or copied byte for byte, into a folder of its own, which nobody
reads yet. Then `editions.toml` takes its new text in one rename: before it the folder holds the old
rulebook, after it the new one. What that leaves over is removed last, and does no harm where it
stays. Of several imports at once each waits for the one before, and adds to what that one wrote.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from precert.errors import BadEdition, PublishedEdition, UnreadableRulebook, Unwritable
from precert.rulebook.book import Rulebook, texts_of
from precert.rulebook.editions import Editions, owner_of, same_edition
from precert.rulebook.editions_toml import entry_of, format_editions, replaced_of
from precert.rulebook.lock import cannot_be_written, locked
from precert.rulebook.one_edition import read_edition
from precert.rulebook.read import read_rulebook
from precert.rulebook.rulebook_toml import EDITIONS_FILE, MANIFEST_FILE
from precert.rulebook.rules_csv import RULES_FILE
from precert.rulebook.write import write_alone, write_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from precert.rulebook.editions import AnyRulebook

_FILES = (MANIFEST_FILE, RULES_FILE)


class Addition(StrEnum):
    """What became of an edition that was to be added."""

    ADDED = "added"
    REPLACED = "replaced"
    SAME = "same"


class Added(NamedTuple):
    """What the folder holds now, in which folder the edition's own files stand, and how come."""

    rulebook: AnyRulebook
    place: Path
    addition: Addition


def add_edition(
    rulebook: Rulebook, folder: Path, *, replace: bool = False, along: Sequence[str] = ()
) -> Added:
    """Add an edition to the rulebook in the folder; into an empty folder it is written alone.

    An edition that the folder holds already changes nothing. A published edition (one of the same
    name or the same first day) gives way only if `replace` says so: its digests are kept in
    `editions.toml`. `along` are names of further files that stand beside an edition and stay there.

    Raises PublishedEdition for another content of a published edition without `replace`, BadEdition
    where there is nothing, or more than one edition, to replace, Unwritable for the list of another
    payer, line of business or vendor and for what cannot be written, and UnreadableRulebook where
    the folder holds what is no rulebook.
    """
    with locked(folder):  # from reading to writing: two at once would each leave the other out
        return _add(rulebook, folder, replace=replace, along=along)


def _add(rulebook: Rulebook, folder: Path, *, replace: bool, along: Sequence[str]) -> Added:
    there = _held(folder)
    if there is None:
        write_alone(rulebook, folder)
        return Added(rulebook, folder, Addition.ADDED)
    if rulebook in there.editions:
        place = folder if there == rulebook else folder / entry_of(rulebook).folder
        return Added(there, place, Addition.SAME)
    taken = _taken(rulebook, there, folder, replace=replace)
    kept = there.replaced if isinstance(there, Editions) else ()
    editions = Editions.build(
        [rulebook, *(book for book in there.editions if book is not taken)],
        kept if taken is None else (*kept, replaced_of(taken)),
    )
    try:
        _write(editions, folder, there, along)
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    _remove_remains(folder, taken, along)
    addition = Addition.ADDED if taken is None else Addition.REPLACED
    return Added(editions, folder / entry_of(rulebook).folder, addition)


def _held(folder: Path) -> AnyRulebook | None:
    """Return the rulebook in the folder, None where there is nothing of one."""
    if any((folder / name).exists() for name in (EDITIONS_FILE, *_FILES)):
        return read_rulebook(folder)
    return None


def _taken(
    rulebook: Rulebook, there: AnyRulebook, folder: Path, *, replace: bool
) -> Rulebook | None:
    """Return the published edition whose place is taken, None where there is none."""
    held = there.editions[0]
    if owner_of(held) != owner_of(rulebook):
        read, expected = (", ".join(owner_of(book)) for book in (rulebook, held))
        reason = f"holds editions of {expected}, not of {read}: name another folder"
        raise Unwritable(str(folder), reason)
    taken = [book for book in there.editions if same_edition(book, rulebook)]
    named = " and ".join(_named(book) for book in taken)
    if len(taken) > 1:
        read = f"{_named(rulebook)}, beside {named}"
        raise BadEdition(
            read=read, expected="the name and the first day of one edition, or of none"
        )
    if taken and not replace:
        raise PublishedEdition(str(folder), _said(taken[0]), _said(rulebook))
    if replace and not taken:
        known = ", ".join(_named(book) for book in there.editions)
        expected = f"the name or the first day of a published edition: {known}"
        raise BadEdition(read=f"{_named(rulebook)} as one to replace", expected=expected)
    return taken[0] if taken else None


def _named(rulebook: Rulebook) -> str:
    return f"{rulebook.edition.name} (from {rulebook.edition.effective_from})"


def _said(rulebook: Rulebook) -> str:
    """Return an edition with its digest and those of its documents."""
    documents = ", ".join(f"{one.name} with sha256 {one.sha256}" for one in rulebook.documents)
    return f"{_named(rulebook)}, digest {rulebook.digest}, of {documents}"


def _write(editions: Editions, folder: Path, there: AnyRulebook, along: Sequence[str]) -> None:
    """Write what is new, then the text that names it."""
    for book in editions.editions:
        if book not in there.editions:
            contents = {name: text.encode() for name, text in texts_of(book).items()}
            _write_folder(folder, book, contents)
        elif there == book:  # it stands in the folder itself: its very bytes
            names = (*_FILES, *(name for name in along if (folder / name).exists()))
            _write_folder(folder, book, {name: (folder / name).read_bytes() for name in names})
    if _held(folder) != there:
        reason = "was changed by another import meanwhile: import this edition again"
        raise Unwritable(str(folder), reason)
    text, _ = format_editions(map(entry_of, editions.editions), editions.replaced)
    write_files(folder, {EDITIONS_FILE: text.encode()})


def _write_folder(folder: Path, book: Rulebook, contents: Mapping[str, bytes]) -> None:
    """Make the folder of an edition, unless an import that was cut short has made it."""
    place = folder / entry_of(book).folder
    if place.exists():
        _refuse_another(place, book)
        return
    draft = folder / f".{place.name}.draft"
    try:
        if draft.exists():  # of an import that was cut short
            shutil.rmtree(draft)
        draft.mkdir()
        write_files(draft, contents)
        draft.replace(place)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _refuse_another(place: Path, book: Rulebook) -> None:
    with suppress(UnreadableRulebook):
        if read_edition(place) == book:
            return
    reason = "stands where the edition is to be written, and is not that edition: move it away"
    raise Unwritable(str(place), reason)


def _remove_remains(folder: Path, taken: Rulebook | None, along: Sequence[str]) -> None:
    """Remove the files of one edition that stand beside `editions.toml`, and a replaced one."""
    places = [folder] if taken is None else [folder, folder / entry_of(taken).folder]
    for place in places:
        for name in (*_FILES, *along):
            with suppress(OSError):  # what stays is not read
                (place / name).unlink(missing_ok=True)
    for place in places[1:]:
        with suppress(OSError):  # something of the user's is in it
            place.rmdir()
