"""Turns the errors of opening and decompressing a file into the one that callers know."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told(path: str) -> Iterator[None]:
    """Raise UnreadableLines, with the path and what to do, for a file that cannot be read."""
    try:
        yield
    except (EOFError, zlib.error) as error:
        reason = "its gzip data is cut off or damaged; get the file again"
        raise UnreadableLines(path, reason) from error
    except OSError as error:
        what = error.strerror or str(error)
        raise UnreadableLines(path, f"cannot be read ({what})") from error
