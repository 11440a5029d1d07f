"""A `Rulebook` in, a folder with `rulebook.toml` and `rules.csv` out: whole, or not at all.

Both files are first written beside their places under other names and reach the disk; only then are
they renamed. A reader meets an old file or a new one, never half of one, and an old file beside a
new one is refused by `read_rulebook`, since `rulebook.toml` holds the sha256 of `rules.csv`.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from precert.errors import Unwritable
from precert.rulebook.book import texts_of
from precert.rulebook.lock import cannot_be_written, locked
from precert.rulebook.rulebook_toml import EDITIONS_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from precert.rulebook.book import Rulebook


def write_rulebook(rulebook: Rulebook, folder: Path) -> None:
    """Write the rulebook into the folder, which is made where it is missing.

    The same rulebook gives the same bytes: UTF-8, lines end with LF. Raises Unwritable where the
    folder is a file, cannot be written, or holds several editions, which would hide this one.
    """
    with locked(folder):
        write_alone(rulebook, folder)


def write_alone(rulebook: Rulebook, folder: Path) -> None:
    """Write the rulebook into a folder that is locked already. Raises Unwritable."""
    if (folder / EDITIONS_FILE).exists():
        reason = "holds several editions: add this one with --into, or name another folder"
        raise Unwritable(str(folder), reason)
    try:
        write_files(folder, {name: text.encode() for name, text in texts_of(rulebook).items()})
    except OSError as error:
        raise cannot_be_written(folder, error) from error


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files, by their names, into the folder: all drafts first, then all renames."""
    with ExitStack() as leftovers:
        whole = []
        for name, content in contents.items():
            draft = folder / f".{name}.{os.getpid()}.draft"
            leftovers.callback(draft.unlink, missing_ok=True)
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            whole.append((draft, folder / name))
        for draft, place in whole:
            draft.replace(place)
