"""A process that is given bytes and gives bytes, and is ended when it takes too long or too much.

The limits of its memory and of its processor time it sets itself (`limit_this_process`), where the
operating system has them; the clock and the size of its answer are looked after from outside.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from threading import Thread, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

_CHUNK = 1 << 16
_ERRORS = 1 << 20
"""Bytes of its messages that are kept."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its answer, its messages, and by which limit it was ended, if by one."""

    answer: bytes
    messages: str
    code: int
    """Its exit code; negative, the number of the signal that ended it."""
    too_slow: bool = False
    too_long: bool = False


def run_bounded(command: Sequence[str], given: bytes, seconds: float, longest: int) -> Ended:
    """Run the command with `given` on its standard input, and return how it ended.

    It is killed after so many `seconds`, and when its answer has more than `longest` bytes.
    """
    with subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        answer, messages = _Kept(process, longest), _Kept(process, _ERRORS, kills=False)
        clock = Timer(seconds, process.kill)
        clock.daemon = True
        try:
            answer.begin(process.stdout)
            messages.begin(process.stderr)
            clock.start()
            _give(process.stdin, given)
            answer.join()
            messages.join()
            code = process.wait()
        finally:
            too_slow = clock.finished.is_set()
            clock.cancel()
            process.kill()
    return Ended(
        answer.content,
        messages.content.decode(errors="replace"),
        code,
        too_slow=too_slow and code != 0,
        too_long=answer.overflowed,
    )


def limit_this_process(seconds: int, memory: int) -> None:
    """Limit the processor time and the memory (bytes of address space) of the process we are in.

    Where the operating system has no such limits, or forbids them, only the caller's clock is left.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (least, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


def _give(pipe: IO[bytes] | None, given: bytes) -> None:
    """Write all bytes and close the pipe; a process may end before it has read them."""
    if pipe is None:
        return
    try:
        with pipe:
            pipe.write(given)
    except OSError:  # a broken pipe: how the process ended says why
        return


class _Kept(Thread):
    """Reads a pipe to its end and keeps its first bytes; may kill the process at the limit."""

    def __init__(self, process: subprocess.Popen[bytes], most: int, *, kills: bool = True) -> None:
        super().__init__(daemon=True)
        self.overflowed = False
        self._process, self._most, self._kills = process, most, kills
        self._pipe: IO[bytes] | None = None
        self._chunks: list[bytes] = []
        self._kept = 0

    @property
    def content(self) -> bytes:
        """What was kept."""
        return b"".join(self._chunks)

    def begin(self, pipe: IO[bytes] | None) -> None:
        """Begin to read the pipe."""
        self._pipe = pipe
        self.start()

    def run(self) -> None:
        """Read until the pipe ends."""
        while self._pipe and (chunk := self._pipe.read(_CHUNK)):
            if self._kept + len(chunk) <= self._most:
                self._chunks.append(chunk)
                self._kept += len(chunk)
                continue
            self.overflowed = True
            if self._kills:
                self._process.kill()
