"""The payer's descriptions, kept beside a rulebook on the user's own machine if the user asks so.

They are the AMA's and the payer's words: they come from the user's own copy of the document, never
with precert, take no part in the digest, and must not be published.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from precert.errors import UnreadableRulebook

if TYPE_CHECKING:
    from pathlib import Path

    from precert.compiler.compile import Compilation

DESCRIPTIONS_FILE = "descriptions.csv"
_HEADER = ["rule_id", "description"]


def write_descriptions(compilation: Compilation, folder: Path) -> Path:
    """Write the printed description of each rule beside the rulebook; return the file's path."""
    path = folder / DESCRIPTIONS_FILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        for reading in compilation.readings:
            for entry in reading.list.entries:
                writer.writerow([entry.rule.rule_id, entry.printed.get("description", "")])
    return path


def read_descriptions(folder: Path) -> dict[str, str]:
    """Return the descriptions by rule_id; none where the file was never written.

    Raises `UnreadableRulebook` for a file that is not what `write_descriptions` writes.
    """
    path = folder / DESCRIPTIONS_FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != _HEADER:
            raise UnreadableRulebook(str(path), reason=f"expected the columns {_HEADER}", line=1)
        return {row[0]: row[1] for row in rows if len(row) == len(_HEADER)}
