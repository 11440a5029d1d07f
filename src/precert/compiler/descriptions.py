"""The payer's descriptions, kept beside a rulebook on the user's own machine if the user asks so.

They are the AMA's and the payer's words: they come from the user's own copies of the document and
of code files, never with precert, take no part in the digest, and must not be published.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from precert.errors import UnreadableRulebook, Unwritable
from precert.model import CodeRange
from precert.rulebook.rulebook_toml import MANIFEST_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from precert.compiler.compile import Compilation
    from precert.model import Rule

DESCRIPTIONS_FILE = "descriptions.csv"
_HEADER = ["rule_id", "description"]


def write_descriptions(compilation: Compilation, folder: Path) -> Path:
    """Write the description of each rule beside the rulebook; return the file's path.

    It is the printed one, or that of a code file where the list prints none. Raises `Unwritable`
    where it cannot be written.
    """
    path = folder / DESCRIPTIONS_FILE
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_HEADER)
            for reading in compilation.readings:
                for entry in reading.list.entries:
                    printed = entry.printed.get("description", "")
                    described = printed if printed.strip() else _known(compilation, entry.rule)
                    writer.writerow([entry.rule.rule_id, described])
    except OSError as error:
        raise Unwritable(str(path), f"cannot be written ({error.strerror})") from error
    return path


def _known(compilation: Compilation, rule: Rule) -> str:
    """Return the description that the first code file with the code has; a range has none."""
    if isinstance(rule.code, CodeRange):
        return ""
    for known in compilation.known:
        if rule.code in known.codes:
            return known.codes[rule.code].description
    return ""


def foreign_descriptions(folder: Path) -> Path | None:
    """Return the folder's `descriptions.csv` if it is not one of ours, or None.

    Ours stands beside a rulebook and has our columns; any other is a file of the user's.
    """
    path = folder / DESCRIPTIONS_FILE
    if not path.exists():
        return None
    return None if (folder / MANIFEST_FILE).exists() and _has_our_columns(path) else path


def remove_descriptions(folder: Path) -> None:
    """Remove the descriptions of an earlier import. Raises `Unwritable` where that fails."""
    path = folder / DESCRIPTIONS_FILE
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(str(path), f"cannot be removed ({error.strerror})") from error


def read_descriptions(folder: Path) -> dict[str, str]:
    """Return the descriptions by rule_id; none where the file was never written.

    Raises `UnreadableRulebook` for a file that is not what `write_descriptions` writes.
    """
    path = folder / DESCRIPTIONS_FILE
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file)) or [[]]
    except (OSError, ValueError, csv.Error) as error:
        reason = "cannot be read as UTF-8 text of two columns; remove it, or import the list again"
        raise UnreadableRulebook(str(path), reason=f"{reason} ({error})") from error
    if header != _HEADER:
        raise UnreadableRulebook(str(path), reason=f"expected the columns {_HEADER}", line=1)
    return {row[0]: row[1] for row in rows if len(row) == len(_HEADER)}


def _has_our_columns(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.readline().rstrip(b"\r\n") == ",".join(_HEADER).encode()
    except OSError:
        return False
