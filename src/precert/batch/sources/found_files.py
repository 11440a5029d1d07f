"""The files that a caller names: files, folders with files beneath, and patterns."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

from precert.batch.sources.kinds import KNOWN_SUFFIXES, kind_of
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.batch.sources.kinds import Kind


def find_files(paths: Sequence[str]) -> tuple[tuple[str, ...], Kind]:
    """Return the files in the order named, those of a folder or a pattern sorted, and their kind.

    A file that is named twice is read once. Raises UnreadableLines where a path leads to no file of
    a known kind, and where the files are of several kinds.
    """
    found = tuple(dict.fromkeys(file for path in paths for file in _files(path)))
    if not found:
        where = "the input"
        raise UnreadableLines(where, f"names no file; expected {KNOWN_SUFFIXES}")
    kinds: dict[Kind, str] = {}
    for file in found:
        kind = kind_of(file)
        if kind is None:
            raise UnreadableLines(file, f"is of no known kind, expected {KNOWN_SUFFIXES}")
        kinds.setdefault(kind._replace(gzipped=False), file)
    if len(kinds) > 1:
        shown = ", ".join(f"{kind.format} ({file})" for kind, file in kinds.items())
        reason = f"the files are of several kinds: {shown}; name files of one kind"
        raise UnreadableLines(paths[0], reason)
    return found, next(iter(kinds))


def _files(path: str) -> list[str]:
    place = Path(path)
    if place.is_dir():
        found = [str(file) for file in sorted(place.rglob("*")) if _counts(file, place)]
        where = "holds no file of a known kind"
    elif place.exists():
        return [path]
    else:
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  (the pattern may be absolute)
        found = [file for match in matches for file in _files(match)]
        where = "is no file, and no file has a name like it"
    if not found:
        raise UnreadableLines(path, f"{where}; looked for {KNOWN_SUFFIXES}")
    return found


def _counts(file: Path, folder: Path) -> bool:
    """Whether a file beneath a folder is one of lines: hidden ones are half-written or others'."""
    hidden = any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)
    return not hidden and kind_of(file) is not None and file.is_file()
