"""The record for disputes: an answer in, one line of JSON at the end of a file out.

CRD asks a payer to keep what was asked and answered, since an assertion counts when the claim
comes. A line keeps the hashes of both bodies and the receipts, from which `precert verify` gives
the answer again; not the bodies themselves.

Each line is written by one call of the system at the end of the file, so that several processes may
share it; where a file is moved away to rotate it, the next line begins a new one. A line that
cannot be written does not hold up the answer, which the client may need now; but it is logged and
counted each time, and the next line that is written says how many are missing before it.
"""

from __future__ import annotations

import os
from hashlib import sha256
from stat import S_ISREG
from typing import TYPE_CHECKING

import msgspec

from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
_OWNER_ONLY = 0o600


class Record:
    """A file to which answers are appended, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises Unwritable."""
        self._path = path
        self._missing = 0
        self._cut = False
        try:
            self._open()
        except OSError as error:
            reason = f"cannot be written ({error.strerror}): make its folder, or name another file"
            raise Unwritable(str(path), reason) from error

    def append(self, entry: Mapping[str, object]) -> None:
        """Write an entry. Raises OSError where it was not written, or not wholly."""
        try:
            self._follow()
        except OSError:
            self._missing += 1
            raise
        line = msgspec.json.encode({**entry, "missing_before": self._missing}) + b"\n"
        if self._cut:
            line = b"\n" + line  # ends the line that was cut off, which stays as no JSON
        try:
            written = os.write(self._file, line)
        except OSError:
            self._missing += 1
            raise
        if written < len(line):
            self._missing += 1
            self._cut = True
            message = f"{written} of {len(line)} bytes were written"
            raise OSError(message)
        self._missing, self._cut = 0, False

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _open(self) -> None:
        self._file = os.open(self._path, _FLAGS, _OWNER_ONLY)
        self._opened = _name_of(os.fstat(self._file))
        self._cut = _is_cut(self._file)

    def _follow(self) -> None:
        """Open the file again where another stands under its name, or none any more."""
        try:
            if _name_of(self._path.stat()) == self._opened:
                return
        except FileNotFoundError:
            pass
        before = self._file
        self._open()
        os.close(before)


def _name_of(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_dev, stat.st_ino


def _is_cut(file: int) -> bool:
    """Return whether the file ends within a line: whoever wrote it was ended there."""
    if not S_ISREG(os.fstat(file).st_mode) or os.lseek(file, 0, os.SEEK_END) == 0:
        return False
    os.lseek(file, -1, os.SEEK_END)
    return os.read(file, 1) != b"\n"


def hashed(body: bytes) -> str:
    """Return the sha256 of a body, in hexadecimal."""
    return sha256(body).hexdigest()
