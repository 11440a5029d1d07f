"""An upload on its way to disk: a form in, the file's name and place out, never too much."""

from __future__ import annotations

import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from precert.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xlsm", ".xlsb", ".xls")
"""The kinds of file that a worklist may be, by the name; a compressed one is not unpacked."""


class UploadError(CallerError):
    """A form that brings no worklist."""


class Upload(NamedTuple):
    """A file on disk, in a folder of its own, and the name it has at the user's."""

    name: str
    path: Path


async def receive_upload(request: Request, folder: Callable[[], Path]) -> Upload:
    """Return the uploaded file, written into a folder that is made for it.

    Raises `UploadError`; nothing is left then. How much is read is bounded around every request.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        message = "read no form with a file, expected one: choose a file and send it"
        raise UploadError(message)
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=1, max_fields=5, max_part_size=1000
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        message = f"the form cannot be read: {error.message}"
        raise UploadError(message) from error
    try:
        return await _written(form.get("orders"), folder)
    finally:
        await form.close()


async def _written(file: UploadFile | str | None, folder: Callable[[], Path]) -> Upload:
    if not isinstance(file, UploadFile) or not file.filename:
        message = "read no file, expected one: choose it first"
        raise UploadError(message)
    name = PurePosixPath(file.filename.replace("\\", "/")).name
    suffix = next((each for each in SUFFIXES if name.lower().endswith(each)), None)
    if suffix is None:
        message = f"read the file {name!r}, expected one of {', '.join(SUFFIXES)}"
        raise UploadError(message)
    path = await run_in_threadpool(_copied, file, folder, suffix)
    if path is None:
        message = f"{name} is empty, expected a header and order lines"
        raise UploadError(message)
    return Upload(name, path)


def _copied(file: UploadFile, folder: Callable[[], Path], suffix: str) -> Path | None:
    """Return where the file was written to; None for an empty one. May take a second."""
    path = folder() / f"upload{suffix}"
    try:
        file.file.seek(0)
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
    except BaseException:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    if path.stat().st_size:
        return path
    shutil.rmtree(path.parent)
    return None
