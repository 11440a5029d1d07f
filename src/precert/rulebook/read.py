"""A folder in, the rulebook of one edition or of several out.

A folder with `editions.toml` holds several; what reads it is imported only then. `pathlib` and
`importlib.resources` stay out of it, since their import alone would cost as much as reading the
bundled rulebook; so that must lie in a real folder, which every installed wheel has.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, overload

from precert.errors import UnreadableRulebook
from precert.rulebook.one_edition import read_edition
from precert.rulebook.rulebook_toml import EDITIONS_FILE, MANIFEST_FILE
from precert.rulebook.rules_csv import RULES_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook.book import Rulebook
    from precert.rulebook.editions import AnyRulebook

_BUNDLED = f"{os.path.dirname(__file__)}/bundled/cigna-commercial"  # noqa: PTH120  (no pathlib: see above)


@overload
def load_rulebook(path: None = None) -> Rulebook: ...
@overload
def load_rulebook(path: str | Path | None) -> AnyRulebook: ...
def load_rulebook(path: str | Path | None = None) -> AnyRulebook:
    """Return the rulebook in the folder `path`; the bundled one, Cigna Commercial, for None.

    Raises UnreadableRulebook as `read_rulebook` does.
    """
    return read_edition(_BUNDLED) if path is None else read_rulebook(path)


def read_rulebook(folder: str | Path) -> AnyRulebook:
    """Return the rulebook in a folder, proven to be as it was written.

    That is a `Rulebook` of one edition, or the `Editions` of a folder that holds several. Raises
    UnreadableRulebook, which names the file and the line, what was read and what was expected, for
    a file that is missing, changed, made by a newer precert or not what `write_rulebook` or
    `add_edition` writes. What an import replaces while it is read is read again.
    """
    while True:
        before = _stamps(folder)
        try:
            return _read(folder)
        except UnreadableRulebook:
            if _stamps(folder) == before:
                raise


def _stamps(folder: str | Path) -> list[tuple[int, int] | None]:
    """Return what tells that an import has renamed another file into its place meanwhile."""
    stamps: list[tuple[int, int] | None] = []
    for name in (EDITIONS_FILE, MANIFEST_FILE, RULES_FILE):
        try:
            found = os.stat(f"{folder}/{name}")  # noqa: PTH116  (no pathlib: see above)
        except OSError:
            stamps.append(None)
        else:
            stamps.append((found.st_ino, found.st_mtime_ns))
    return stamps


def _read(folder: str | Path) -> AnyRulebook:
    if os.path.lexists(f"{folder}/{EDITIONS_FILE}"):
        from precert.rulebook.read_editions import read_editions  # noqa: PLC0415  (see above)

        return read_editions(folder)
    return read_edition(folder)
