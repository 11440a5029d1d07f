"""DuckDB's errors by name: it is an extra, and a module that only catches them needs it not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from precert.batch.extras import import_extra
from precert.errors import TooLittleMemory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Name = Literal["Error", "InvalidInputException", "IOException", "OutOfMemoryException"]


def engine_error(name: Name) -> type[Exception]:
    """Return the class of DuckDB's errors that has this name."""
    found: type[Exception] = getattr(import_extra("duckdb", "a batch", "batch"), name)
    return found


@contextmanager
def enough_memory(given: str) -> Iterator[None]:
    """Turn the engine's want of memory into ours. Raises `TooLittleMemory`."""
    try:
        yield
    except engine_error("OutOfMemoryException") as error:
        raise TooLittleMemory(given) from error
