"""How far a run is: the stages with their times, and a word a few times a second meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

Watch = Callable[[str, float | None], None]
"""Is told the name of a stage and its percent, None where that is not known."""

_SECONDS = 0.2


class StopRun(Exception):  # noqa: N818 - named for what it does
    """Raised by a watcher that wants the run to end: what the engine works at is broken off."""


class Stage(NamedTuple):
    """A stage of a run, and the seconds it took."""

    name: str
    seconds: float


class Watching:
    """Times the stages of a run over a connection, and tells a watcher from another thread."""

    def __init__(self, con: DuckDBPyConnection, watch: Watch | None = None) -> None:
        """Take the connection, whose queries are watched, and the watcher if there is one."""
        self.stages: list[Stage] = []
        self._con, self._watch, self._now = con, watch, ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __enter__(self) -> Self:
        """Begin to tell."""
        self._con.execute("SET enable_progress_bar_print = false")  # DuckDB has one of its own
        if self._watch is not None:
            self._con.execute("SET enable_progress_bar = true")
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Tell no more, before the connection is closed."""
        self._over.set()
        if self._watch is not None:
            self._thread.join()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Return a block that is one stage."""
        self._now, start = name, time.perf_counter()
        yield
        self.stages.append(Stage(name, time.perf_counter() - start))

    def _tell(self) -> None:
        while self._watch is not None and not self._over.wait(_SECONDS):
            percent = self._con.query_progress()
            try:
                self._watch(self._now, percent if percent >= 0 else None)
            except StopRun:
                self._con.interrupt()
