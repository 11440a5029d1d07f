"""Files that appear whole or not at all: written under another name, renamed when all are done."""

from __future__ import annotations

import os
import re
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

_HOST = re.sub(r"[^A-Za-z0-9_]", "_", socket.gethostname()) or "host"


class Pending:
    """The files that a run writes; leaving the block without `commit` leaves nothing behind.

    >>> with Pending([rejects, answers], inputs=source.files) as pending:  # doctest: +SKIP
    ...     write(con, query, pending.draft(answers), kind)
    ...     pending.commit()
    """

    def __init__(
        self, targets: Sequence[Path], *, inputs: Sequence[str] = (), force: bool = False
    ) -> None:
        """Take the files in the order in which they appear, and what may not be written over.

        Raises Unwritable for a file that exists unless `force`, for one that is read, for two that
        are one, and for a folder that is not there.
        """
        self._targets, self._force = tuple(targets), force
        read = {os.path.realpath(path) for path in inputs}
        seen: set[str] = set()
        for target in self._targets:
            place = os.path.realpath(target)
            if place in read:
                raise Unwritable(str(target), "is one of the files that are read; name another")
            if place in seen:
                raise Unwritable(str(target), "is named for two outputs; name two files")
            seen.add(place)
            self._check(target)

    def __enter__(self) -> Self:
        """Remove what a run that died has left beside the targets. Raises Unwritable."""
        for target in self._targets:
            with _told(target):
                _remove_leftovers(target)
                self.draft(target).touch(mode=0o666)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove every draft that was not committed."""
        for target in self._targets:
            self.draft(target).unlink(missing_ok=True)

    def draft(self, target: Path) -> Path:
        """Return the name to write the target under; an empty file stands there."""
        return target.with_name(f".{target.name}.{_HOST}-{os.getpid()}.partial")

    def commit(self) -> None:
        """Rename every draft, in the order of the targets, once all of them are on the disk.

        Raises Unwritable, also where a target has appeared in the meantime.
        """
        for target in self._targets:
            with _told(target):
                _sync(self.draft(target))
            self._check(target)
        for target in self._targets:
            with _told(target):
                self.draft(target).replace(target)
                if os.name == "posix":  # the name itself reaches the disk with its folder
                    _sync(target.parent)

    def _check(self, target: Path) -> None:
        if not target.parent.is_dir():
            reason = f"cannot be written: there is no folder {target.parent}; make it first"
            raise Unwritable(str(target), reason)
        if target.is_dir():
            raise Unwritable(str(target), "is a folder, expected a file to write")
        if os.path.lexists(target) and not self._force:
            raise Unwritable(str(target), "exists; name another file, or replace it with --force")


def _remove_leftovers(target: Path) -> None:
    """Remove the drafts of this target whose process, on this host, is gone."""
    form = re.compile(rf"{re.escape(f'.{target.name}.{_HOST}-')}([0-9]+)\.partial")
    for entry in os.scandir(target.parent):
        left = form.fullmatch(entry.name)
        if left and not _runs(int(left[1])):
            os.unlink(entry.path)  # noqa: PTH108  (scandir gives the path as a text)


def _runs(process: int) -> bool:
    """Whether the process runs; where that cannot be asked without harm, it does."""
    if os.name != "posix":  # there, os.kill ends the process that it asks for
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # another user's
        return True
    return not _is_ended(process)


def _is_ended(process: int) -> bool:
    """Whether only the entry of a process is left, for a parent that has not asked how it ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # a system without /proc cannot be asked
        return False
    return stat.rpartition(")")[2].split()[:1] == ["Z"]


def _sync(place: Path) -> None:
    # Windows syncs only what is open for writing; a folder opens for reading alone.
    handle = os.open(place, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = f"cannot be written ({error.strerror}); name a place that can be"
        raise Unwritable(str(target), reason) from error
