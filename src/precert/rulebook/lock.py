"""One import at a time: who writes into a rulebook's folder waits for who writes there already.

The lock is the operating system's, on a file in the folder, and so ends with the process that holds
it, however that ends. Readers need none: what they read is renamed into its place.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = ".import.lock"

_PAUSE = 0.05
_PATIENCE = 1200
"""How often another import is waited for, a pause each time: a minute."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Give the block the folder to itself, which is made where it is missing.

    Raises Unwritable where the folder is a file or cannot be made, and where another import does
    not end. A file system that knows no locks gives none: `add_edition` then still looks, before
    it writes, whether the rulebook is the one that it read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        reason = "is a file, expected a folder to write the rulebook into"
        raise Unwritable(str(folder), reason) from error
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    file = _taken(folder)
    try:
        yield
    finally:
        if file is not None:
            _give_back(file, folder / LOCK_FILE)


def cannot_be_written(folder: Path, error: OSError) -> Unwritable:
    """Return the error that says why a folder cannot be written, and what to do."""
    reason = f"cannot be written ({error.strerror}); name a folder that can be"
    return Unwritable(str(folder), reason)


def _taken(folder: Path) -> int | None:
    """Return the open lock file once it is ours, None where there can be none."""
    place = folder / LOCK_FILE
    for _ in range(_PATIENCE):
        try:
            file = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:  # what is written next says why, if anything has to be written
            return None
        try:
            _lock(file)
        except BlockingIOError:
            os.close(file)
            time.sleep(_PAUSE)
        except OSError:  # the file system knows no locks
            os.close(file)
            return None
        else:
            if _is_there(file, place):
                return file
            os.close(file)  # who held it before has removed it: what we hold has no name any more
    reason = f"is held by another import ({LOCK_FILE}): wait for it to end, then import again"
    raise Unwritable(str(folder), reason)


def _is_there(file: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.stat(place))  # noqa: PTH116 - as fstat
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error

    def _give_back(file: int, place: Path) -> None:
        os.close(file)  # an open file cannot be removed there
        with suppress(OSError):
            place.unlink()

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(file: int, place: Path) -> None:
        """Remove the file while it is still ours, so that the folder holds the rulebook alone."""
        try:
            with suppress(OSError):
                place.unlink()
        finally:
            os.close(file)
