"""A folder with `rulebook.toml` and `rules.csv` in, a `Rulebook` or the file and line at fault out.

Every row is read at once: 1,602 rules cost 7 to 9 ms, and a row that cannot be read is found when
the rulebook is opened, not in the middle of an answer. `pathlib` stays out of it, since its import
alone would cost as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.errors import UnreadableRulebook
from precert.rulebook.book import Rulebook, assemble
from precert.rulebook.digest import changed, sha256_of
from precert.rulebook.rulebook_toml import MANIFEST_FILE, parse_manifest
from precert.rulebook.rules_csv import RULES_FILE, parse_rules

if TYPE_CHECKING:
    from pathlib import Path


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
