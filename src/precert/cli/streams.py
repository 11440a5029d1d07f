"""The streams of this process: what one cannot show, and what becomes of an answer that is lost."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from typing import TextIO

_OF_OUTPUT = (errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF)
_LOST = 1  # the exit code of an answer that nobody got


def prepare_streams() -> None:
    """Let a character that a stream cannot encode be written as its escape.

    Exits with 1 where there is no standard output at all: an answer would be lost in silence.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        _lost("standard output is closed")


def raise_unless_lost(error: OSError) -> NoReturn:
    """Exit with 1 and a message if the error is that of a stream; raise any other again.

    What failed at once, unbuffered, leaves no trace in the stream: its error names no file.
    """
    taken = [_takes_words(stream) for stream in (sys.stdout, sys.stderr)]
    if not all(taken) or (error.filename is None and error.errno in _OF_OUTPUT):
        _lost(f"the output could not be written ({error.strerror})")
    raise error


def _takes_words(stream: TextIO | None) -> bool:
    try:
        if stream is not None:
            stream.flush()
    except OSError:
        _drop(stream)
        return False
    return True


def _drop(stream: TextIO | None) -> None:
    """Let what the stream still holds go nowhere: Python writes it once more when it exits."""
    if stream is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _lost(why: str) -> NoReturn:
    if sys.stderr is not None:
        sys.stderr.write(f"Error: {why}: nothing was answered\n")
    raise SystemExit(_LOST)
