"""A folder with `rulebook.toml` and `rules.csv` in, a `Rulebook` or the file and line at fault out.

A folder with `editions.toml` holds several such folders; what reads it is imported only then.

Every row is read at once: 1,602 rules cost 7 to 9 ms, and a row that cannot be read is found when
the rulebook is opened, not in the middle of an answer. `pathlib` and `importlib.resources` stay out
of it, since their import alone would cost as much; so the bundled rulebook must lie in a real
folder, which every installed wheel has.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, overload

from precert.errors import UnreadableRulebook
from precert.rulebook.book import Rulebook, assemble
from precert.rulebook.rulebook_toml import (
    EDITIONS_FILE,
    MANIFEST_FILE,
    changed,
    parse_manifest,
    sha256_of,
)
from precert.rulebook.rules_csv import RULES_FILE, parse_rules

if TYPE_CHECKING:
    from pathlib import Path

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


def read_edition(folder: str | Path) -> Rulebook:
    """Return the rulebook of the one edition in a folder. Raises UnreadableRulebook."""
    manifest_path = f"{folder}/{MANIFEST_FILE}"
    manifest, digest = parse_manifest(read_text(manifest_path), manifest_path)
    rules_path = f"{folder}/{RULES_FILE}"
    text = read_text(rules_path)
    if (computed := sha256_of(text)) != manifest.rules_sha256:
        reason = changed(text, computed, manifest.rules_sha256)
        raise UnreadableRulebook(rules_path, f"{reason}; import the list again, or restore it")
    rules = parse_rules(
        text,
        rules_path,
        [program.name for program in manifest.programs],
        [document.name for document in manifest.documents],
    )
    if len(rules) != manifest.rules_count:
        reason = f"read {len(rules)} rules, expected {manifest.rules_count} (rules.count)"
        raise UnreadableRulebook(rules_path, f"{reason}; import the list again")
    return assemble(manifest, rules, digest)


def read_text(path: str) -> str:
    """Return the text of a file in UTF-8. Raises UnreadableRulebook."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (no pathlib: see above)
            content = file.read()
    except OSError as error:
        expected = f"expected a folder with {MANIFEST_FILE} and {RULES_FILE}"
        reason = f"cannot be opened ({error.strerror}); {expected}, as `precert import` writes it"
        raise UnreadableRulebook(path, reason) from error
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = (
            f"read the byte 0x{content[error.start]:02x}, expected UTF-8; import the list again"
        )
        raise UnreadableRulebook(path, reason, line) from error
