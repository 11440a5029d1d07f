"""Worklists while the server holds them: uploaded, mapped, answered in the background, removed.

A worklist lies in a folder of its own that only the server may read. The uploaded file is removed
as soon as it is answered, the answers when they are deleted, an hour after they were last looked
at, and when the server ends.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from precert.batch import determine_files
from precert.batch.answered_file import AnsweredFile
from precert.batch.preview import preview
from precert.errors import PrecertError, UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.batch import Run
    from precert.batch.preview import Preview
    from precert.rulebook import AnyRulebook

KEPT_SECONDS = 3600.0
MOST = 50
"""How many worklists a server holds at once; the one looked at longest ago goes first."""

_AT_ONCE = 1  # DuckDB uses every core for one


class State(StrEnum):
    """Where a worklist is on its way."""

    UPLOADED = "uploaded"
    RUNNING = "running"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(slots=True)
class Worklist:
    """One uploaded file. `name` is the user's; `token` is known only to who uploaded it.

    `notes` say what was left out of a workbook. `stage` and `percent` tell how far a run is,
    `problem` why it failed. `run` is there once it is answered.
    """

    token: str
    name: str
    folder: Path
    orders: Path
    preview: Preview
    notes: tuple[str, ...] = ()
    state: State = State.UPLOADED
    stage: str = ""
    percent: float | None = None
    problem: str = ""
    run: Run | None = None
    seen: float = field(default_factory=time.monotonic)

    @property
    def answers(self) -> AnsweredFile:
        """The lines with their answers."""
        return AnsweredFile(self.folder / "answers.parquet")

    @property
    def rejects(self) -> AnsweredFile:
        """The lines without an answer, each with its line and reason."""
        return AnsweredFile(self.folder / "rejects.csv")


class Worklists:
    """The worklists of one server."""

    def __init__(self, rulebook: AnyRulebook) -> None:
        self._rulebook = rulebook
        self._root = Path(tempfile.mkdtemp(prefix="precert-worklists-"))  # only its owner may read
        self._held: dict[str, Worklist] = {}
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="worklist")

    def folder(self) -> Path:
        """Return a new folder into which an upload is written before it is a worklist."""
        return Path(tempfile.mkdtemp(dir=self._root))

    def add(self, name: str, upload: Path) -> Worklist:
        """Return the worklist of an uploaded file, which lies in a folder of `folder`.

        Raises `PrecertError` for a file that holds no order lines, and removes it.
        """
        self._make_room()
        try:
            orders, notes = _as_text(name, upload)
            seen = preview(str(orders), self._rulebook)
            if not seen.lines:
                raise UnreadableLines(name, "read no order line, expected some beneath a header")
        except PrecertError:
            shutil.rmtree(upload.parent)
            raise
        worklist = Worklist(secrets.token_urlsafe(16), name, upload.parent, orders, seen, notes)
        self._held[worklist.token] = worklist
        return worklist

    def get(self, token: str) -> Worklist | None:
        """Return the worklist, None where it is not held or no longer."""
        self._forget_old()
        worklist = self._held.get(token)
        if worklist is not None:
            worklist.seen = time.monotonic()
        return worklist

    def start(
        self,
        worklist: Worklist,
        columns: Mapping[str, str],
        date_format: str | None,
        *,
        whole: bool,
    ) -> None:
        """Answer the worklist in the background; one that was answered already stays as it is."""
        if worklist.state in {State.UPLOADED, State.FAILED}:
            worklist.state, worklist.problem, worklist.stage = State.RUNNING, "", "waiting"
            self._pool.submit(self._answer, worklist, columns, date_format, whole)

    def remove(self, token: str) -> None:
        """Forget a worklist and remove its files."""
        worklist = self._held.pop(token, None)
        if worklist is not None:
            shutil.rmtree(worklist.folder, ignore_errors=True)

    def close(self) -> None:
        """Forget all worklists and remove their files."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._held.clear()
        shutil.rmtree(self._root, ignore_errors=True)

    def _answer(
        self,
        worklist: Worklist,
        columns: Mapping[str, str],
        date_format: str | None,
        whole: bool,  # noqa: FBT001 - handed on by the pool
    ) -> None:
        def watch(stage: str, percent: float | None) -> None:
            worklist.stage, worklist.percent = stage, percent

        try:
            worklist.run = determine_files(
                [str(worklist.orders)],
                str(worklist.answers.path),
                self._rulebook,
                columns=columns,
                date_format=date_format,
                whole=whole,
                rejects=str(worklist.rejects.path),
                force=True,
                summary=True,
                watch=watch,
            )
        except PrecertError as error:
            worklist.problem = _without_paths(str(error), worklist)
            worklist.state = State.FAILED
        except Exception:
            worklist.problem = "the server failed; the file was not answered"
            worklist.state = State.FAILED
            raise
        else:
            worklist.orders.unlink()
            worklist.state = State.ANSWERED

    def _make_room(self) -> None:
        self._forget_old()
        while len(self._held) >= MOST:
            idle = [each for each in self._held.values() if each.state is not State.RUNNING]
            self.remove(min(idle or self._held.values(), key=lambda each: each.seen).token)

    def _forget_old(self) -> None:
        long_ago = time.monotonic() - KEPT_SECONDS
        for worklist in list(self._held.values()):
            if worklist.seen < long_ago and worklist.state is not State.RUNNING:
                self.remove(worklist.token)


def _as_text(name: str, upload: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the file that batch reads, and what was left out of a workbook."""
    from precert.compiler import (  # noqa: PLC0415 - a server starts without it
        is_workbook,
        write_order_sheet,
    )

    if upload.suffix == ".parquet" or not is_workbook(upload):
        return upload, ()
    target = upload.with_name("orders.csv")
    told = write_order_sheet(upload, target)
    upload.unlink()
    above = tuple(f"left out above the header: {text}" for text in told.above)
    return target, (f"read from the sheet {told.sheet} of {name}", *above, *told.warnings)


def _without_paths(message: str, worklist: Worklist) -> str:
    """Return the message with the user's name of the file for where it lies on the server."""
    return message.replace(str(worklist.orders), worklist.name).replace(str(worklist.folder), "")
