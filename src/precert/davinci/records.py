"""The record for disputes: an answer in, one line of JSON at the end of a file out.

CRD asks a payer to keep what was asked and answered, since an assertion counts when the claim
comes. A line keeps the hashes of both bodies and the receipts, from which `precert verify` gives
the answer again; not the bodies themselves.

Each line is written by one call of the system at the end of the file, so that several processes may
share it. A line that cannot be written does not hold up the answer, which the client may need now;
but it is logged and counted each time, and the next line that is written says how many are missing
before it.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
_OWNER_ONLY = 0o600


class Record:
    """A file to which answers are appended, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises Unwritable."""
        self._missing = 0
        self._cut = False
        try:
            self._file = os.open(path, _FLAGS, _OWNER_ONLY)
        except OSError as error:
            reason = f"cannot be written ({error.strerror}): make its folder, or name another file"
            raise Unwritable(str(path), reason) from error

    def append(self, entry: Mapping[str, object]) -> None:
        """Write an entry. Raises OSError where it was not written, or not wholly."""
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


def hashed(body: bytes) -> str:
    """Return the sha256 of a body, in hexadecimal."""
    return sha256(body).hexdigest()
