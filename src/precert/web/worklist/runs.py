"""Worklists while the server holds them: uploaded, mapped, answered in the background, removed.

A worklist lies in a folder of its own (`folders`). The uploaded file is removed as soon as it is
answered, all of a worklist when it is deleted, an hour after it was last looked at, and when the
server ends.
"""

from __future__ import annotations

import secrets
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Thread
from typing import TYPE_CHECKING

from precert.batch import determine_files
from precert.batch.answered_file import AnsweredFile
from precert.batch.watching import StopRun
from precert.errors import PrecertError
from precert.web.http.log import log_bug
from precert.web.worklist.folders import Folders
from precert.web.worklist.looking_in import in_users_words, look_into

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from precert.batch import Run
    from precert.batch.preview import Preview
    from precert.rulebook import AnyRulebook

KEPT_SECONDS = 3600.0
MOST = 50
"""How many worklists a server holds at once; the one looked at longest ago goes first."""

_AT_ONCE = 1  # DuckDB uses every core for one
_LOOKS_SECONDS = 30.0
_FORMULAS = ("=", "+", "-", "@", "\t")
_ROUTE = "/worklist/{token}/run"


class State(StrEnum):
    """Where a worklist is on its way."""

    UPLOADED = "uploaded"
    RUNNING = "running"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(slots=True)
class Worklist:
    """One uploaded file. `name` is the user's; `token` is known only to who uploaded it.

    `orders` to `prefix` are as in `LookedInto`. `stage` and `percent` tell how far a run is,
    `problem` why it failed. `run` is there once it is answered.
    """

    token: str
    name: str
    folder: Path
    orders: Path
    notes: tuple[str, ...]
    preview: Preview
    prefix: str
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
        self._folders = Folders()
        self._held: dict[str, Worklist] = {}
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="worklist")
        self._over = Event()
        self._forgets: Thread | None = None

    def folder(self) -> Path:
        """Return a new folder into which an upload is written before it is a worklist."""
        return self._folders.new()

    def add(self, name: str, upload: Path) -> Worklist:
        """Return the worklist of an uploaded file, which lies in a folder of `folder`.

        Raises `NoWorklist` for a file that holds no order lines, and removes it.
        """
        self._make_room()
        try:
            seen = look_into(name, upload, self._rulebook)
        except BaseException:
            shutil.rmtree(upload.parent)
            raise
        token = secrets.token_urlsafe(16)
        worklist = Worklist(token, name, upload.parent, *seen)
        self._held[token] = worklist
        self._forget_from_now_on()
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
        """Forget a worklist and remove its files; its run, if there is one, is ended."""
        worklist = self._held.pop(token, None)
        if worklist is not None:
            shutil.rmtree(worklist.folder, ignore_errors=True)

    def close(self) -> None:
        """Forget all worklists, end what runs, and remove their files."""
        self._over.set()
        self._held.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._folders.close()

    def _answer(
        self,
        worklist: Worklist,
        columns: Mapping[str, str],
        date_format: str | None,
        whole: bool,  # noqa: FBT001 - handed on by the pool
    ) -> None:
        def watch(stage: str, percent: float | None) -> None:
            if not self._holds(worklist):
                raise StopRun
            worklist.stage, worklist.percent = stage, percent

        if not self._holds(worklist):  # it was removed while it waited
            return
        try:
            worklist.run = determine_files(
                [str(worklist.orders)],
                str(worklist.answers.path),
                self._rulebook,
                columns=columns,
                date_format=date_format,
                whole=whole,
                prefix=worklist.prefix,
                rejects=str(worklist.rejects.path),
                force=True,
                summary=True,
                spill=str(worklist.folder),
                called=[_no_formula(worklist.name)],
                watch=watch,
            )
            worklist.orders.unlink(missing_ok=True)
            worklist.state = State.ANSWERED
        except PrecertError as error:
            worklist.problem = in_users_words(str(error), worklist.name, worklist.folder)
            worklist.state = State.FAILED
        except Exception as error:  # noqa: BLE001 - nobody waits for what the pool raises
            worklist.problem = "the server failed; the file was not answered"
            worklist.state = State.FAILED
            if self._holds(worklist):
                log_bug("(none)", _ROUTE, error)
        if not self._holds(worklist):  # what the run wrote after the removal
            shutil.rmtree(worklist.folder, ignore_errors=True)

    def _holds(self, worklist: Worklist) -> bool:
        return worklist.token in self._held

    def _forget_from_now_on(self) -> None:
        """Look for old worklists twice a minute: perhaps nobody asks for anything any more."""
        if self._forgets is None:
            self._forgets = Thread(target=self._forget, name="worklists", daemon=True)
            self._forgets.start()

    def _forget(self) -> None:
        while not self._over.wait(_LOOKS_SECONDS):
            self._forget_old()

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


def _no_formula(name: str) -> str:
    """Return a name of a file as a cell that no spreadsheet takes for a formula."""
    return f"./{name}" if name.startswith(_FORMULAS) else name
