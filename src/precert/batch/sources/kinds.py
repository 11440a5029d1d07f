"""The kinds of file that lines are read from and written into, told by the name."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from io import BufferedReader
    from os import PathLike

_FORMATS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
KNOWN_SUFFIXES = ".parquet, .csv, .tsv, .jsonl, .ndjson; the text ones also with .gz"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(NamedTuple):
    """A format (parquet, csv, tsv or jsonl) and whether the file is compressed with gzip."""

    format: str
    gzipped: bool

    @property
    def is_delimited(self) -> bool:
        """Whether a header names the columns and a delimiter parts them."""
        return self.format in {"csv", "tsv"}


def kind_of(path: str | PathLike[str]) -> Kind | None:
    """Return the kind that the name of a file tells, None for a name that tells none."""
    name = str(path).lower()
    gzipped = name.endswith(".gz")
    stem = name.removesuffix(".gz")
    for suffix, told in _FORMATS.items():
        if stem.endswith(suffix):
            return None if gzipped and told == "parquet" else Kind(told, gzipped)
    return None


def open_bytes(path: str) -> BufferedReader | gzip.GzipFile:
    """Open a text file for its bytes, decompressed where its name ends in .gz.

    Raises UnreadableLines for UTF-16, which begins with a mark of its own. The caller turns an
    error while reading into one of ours with `told`.
    """
    if path.lower().endswith(".gz"):
        file: BufferedReader | gzip.GzipFile = gzip.open(path, "rb")  # noqa: SIM115  (as below)
    else:
        file = Path(path).open("rb")  # noqa: SIM115  (the caller closes it)
    mark = file.read(2)
    if mark in _UTF16:
        file.close()
        raise UnreadableLines(path, "read UTF-16, expected UTF-8; save it as CSV UTF-8")
    file.seek(0)
    return file
