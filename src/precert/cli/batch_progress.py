"""How far a long run is: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID


class Bar:
    """A bar that is told of from another thread, and that makes way for what is printed."""

    def __init__(self, progress: Progress | None) -> None:
        """Take where it is drawn, if at all; it is not drawn before something is told."""
        self._progress, self._lock = progress, Lock()
        self._task: TaskID | None = None

    def watch(self, stage: str, percent: float | None) -> None:
        """Show the stage, and how much of it is done where that is known."""
        if self._progress is None:
            return
        with self._lock:
            if self._task is None:
                self._task = self._progress.add_task(stage, total=None)
                self._progress.start()
            total = None if percent is None else 100
            self._progress.update(
                self._task, description=stage, total=total, completed=percent or 0
            )

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the bar away while something else is printed."""
        with self._lock:
            self._stop()
            yield
            if self._progress is not None and self._task is not None:
                self._progress.start()

    def close(self) -> None:
        """Take the bar away for good."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """Yield the bar, one that is never drawn where nobody would see it; it is gone at the end."""
    bar = Bar(_progress() if sys.stderr is not None and sys.stderr.isatty() else None)
    try:
        yield bar
    finally:
        bar.close()


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # the page may go into a pipe while the bar is seen
    )
