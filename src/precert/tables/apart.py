"""Reading in a process of its own, for formats whose readers unpack and draw what strangers made.

The document goes to the process on its standard input, what was read comes back as JSON on its
standard output. A process that takes too long, too much memory or breaks down takes nothing with
it: the document is unreadable, and says so. An exception in it that is not precert's is a bug, and
is raised here with its traceback.
"""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from precert.errors import MissingExtra, UnreadableDocument
from precert.model import Document, Format
from precert.tables.bounded_process import limit_this_process, run_bounded
from precert.tables.contents_json import format_contents, parse_contents

if TYPE_CHECKING:
    from precert.tables.bounded_process import Ended
    from precert.tables.contents import Contents

READERS = {
    "pdf": "precert.tables.pdf:read_pdf",
    "xlsx": "precert.tables.xlsx:read_workbook",
}
"""The readers that may be asked for: their module, and the function in it."""

SECONDS = 120.0
MEMORY = 2 * 2**30
"""Bytes; a workbook of 100,000 rows takes a twentieth of both limits."""

LONGEST_ANSWER = 512 * 2**20
"""Bytes of JSON; those 100,000 rows are 15 million."""

_BUG = 1  # with this code an interpreter ends whose exception nobody caught
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from precert.tables.apart import main; main()"
)
_ADVICE = "open it in the program that made it, save it again, and import that"


def read_apart(
    reader: str,
    document: Document,
    header_words: frozenset[str],
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Contents:
    """Return what a reader of `READERS` reads of the document, in a process of its own.

    `seconds` limits its time by the clock, `memory` its address space in bytes (not on Windows).
    Raises UnreadableDocument where the reader does, where a limit was met and where the process
    broke down; MissingExtra where the reader does; RuntimeError, with the traceback, for a bug.
    """
    request = {
        "reader": reader,
        "name": document.name,
        "sha256": document.sha256,
        "format": document.format,
        "header_words": sorted(header_words),
        "seconds": math.ceil(seconds),
        "memory": memory,
    }
    ended = run_bounded(
        # Neither the environment nor the site module: the path is ours, installed as we may be.
        [sys.executable, "-I", "-S", "-c", _START, json.dumps(list(map(str, sys.path)))],
        json.dumps(request).encode() + b"\n" + document.content,
        seconds,
        LONGEST_ANSWER,
    )
    if (limit := _limit_met(ended, seconds, memory)) is not None:
        raise UnreadableDocument(document.name, f"{limit}; {_ADVICE}")
    if ended.code == _BUG:
        message = f"the reader {reader} failed on {document.name}:\n{ended.messages}"
        raise RuntimeError(message)
    return _contents_of(ended.answer, document.name)


def _limit_met(ended: Ended, seconds: float, memory: int) -> str | None:
    """Return which limit the process met or how it broke down, None if it came to its end."""
    hostile = "the file may be damaged or hostile"
    if ended.too_slow or ended.code == -getattr(signal, "SIGXCPU", 0):
        return f"reading it took longer than {seconds:g} s; {hostile}"
    if ended.too_long:
        return f"what is in it takes more than {LONGEST_ANSWER >> 20} MB; {hostile}"
    if ended.code == _TOO_MUCH_MEMORY:
        return f"reading it took more than {memory >> 20} MB of memory; {hostile}"
    if ended.code not in {0, _BUG}:
        return (
            f"its reader broke down ({_how(ended.code)}); {hostile}, "
            f"or reading it takes more than {memory >> 20} MB of memory"
        )
    return None


def _how(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _contents_of(answer: bytes, document: str) -> Contents:
    """Return the contents that the process hands over, or raise the error that it names."""
    kind, _, body = answer.partition(b"\n")
    try:
        if kind == b"unreadable":
            raise UnreadableDocument(document, str(json.loads(body)["reason"]))
        if kind == b"missing extra":
            told = json.loads(body)
            raise MissingExtra(str(told["what"]), str(told["extra"]))
        return parse_contents(body, document)
    except (ValueError, KeyError, TypeError) as error:
        reason = f"its reader gave no answer that can be read ({error}); the file may be hostile"
        raise UnreadableDocument(document, f"{reason}; {_ADVICE}") from error


# --- In the process -------------------------------------------------------------------------------

_TOO_MUCH_MEMORY = 77  # an exit code that no interpreter and no signal uses


def main() -> None:
    """Read the document that stands on the standard input; write what was read, and end."""
    gc.disable()  # a short life: collecting what it made takes longer than it saves
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the answer
    request = json.loads(sys.stdin.buffer.readline())
    limit_this_process(request["seconds"], request["memory"])
    try:
        written = _answer(request, sys.stdin.buffer.read())
    except MemoryError:
        sys.exit(_TOO_MUCH_MEMORY)
    with answer:
        answer.write(written)
    sys.stderr.flush()
    os._exit(0)  # nothing is left to be tidied up, object by object


def _answer(request: dict[str, Any], content: bytes) -> bytes:
    """Return the kind of the answer in its first line, and beneath it what was read or is wrong."""
    module, _, function = READERS[request["reader"]].partition(":")
    read = getattr(import_module(module), function)
    document = Document(
        request["name"], request["sha256"], (), format=Format(request["format"]), content=content
    )
    try:
        return b"contents\n" + format_contents(read(document, frozenset(request["header_words"])))
    except UnreadableDocument as error:
        return b"unreadable\n" + json.dumps({"reason": error.reason}).encode()
    except MissingExtra as error:
        told = {"what": error.what, "extra": error.extra}
        return b"missing extra\n" + json.dumps(told).encode()
