"""Folders for what users upload: readable by the server alone, removed whatever becomes of it.

They lie in one root folder, which is made when it is first needed and locked while its server
lives. A server that was killed could not remove its root: the next one finds it without a lock,
and removes it when it starts.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PREFIX = "precert-worklists-"
_YOUNG_SECONDS = 5.0
"""A root so young may be one that another server is about to lock."""

try:
    import fcntl
except ImportError:  # Windows: a root is removed at the end, but none that was left
    fcntl = None  # type: ignore[assignment]


class Folders:
    """The folders of one server."""

    def __init__(self) -> None:
        """Begin without any; an app that nobody uploads to makes none."""
        self._root: Path | None = None
        self._removal: Callable[[], object] | None = None
        self._making = Lock()

    def new(self) -> Path:
        """Return a new folder."""
        return Path(tempfile.mkdtemp(dir=self._made()))

    def close(self) -> None:
        """Remove all of them."""
        with self._making:
            if self._removal is not None:
                self._removal()
                self._root = self._removal = None

    def _made(self) -> Path:
        with self._making:
            if self._root is None:
                self._root = Path(tempfile.mkdtemp(prefix=PREFIX))  # only its owner may read
                locked = _lock(self._root)
                # Also when an app is forgotten or Python ends without having closed it.
                self._removal = weakref.finalize(self, _remove, self._root, locked)
            return self._root


def remove_left() -> None:
    """Remove the roots of servers that were killed."""
    for root in _left():
        with suppress(OSError):
            locked = _lock(root)
            if locked is not None:
                _remove(root, locked)


def _left() -> Iterator[Path]:
    """Yield the roots that may be nobody's; none where folders cannot be locked."""
    if fcntl is None:
        return
    for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            found = root.lstat()
            old = time.time() - found.st_mtime > _YOUNG_SECONDS
            if old and stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
                yield root


def _lock(root: Path) -> int | None:
    """Return the lock that is held on a folder, None where another has it or none is to be had."""
    if fcntl is None:
        return None
    opened = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _remove(root: Path, locked: int | None) -> None:
    shutil.rmtree(root, ignore_errors=True)
    if locked is not None:
        os.close(locked)
