"""What the server is told before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


class Log(StrEnum):
    """How each request is logged: a JSON object, a line of text, or not at all."""

    JSON = "json"
    TEXT = "text"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """What the app is made from.

    `rulebook` is a folder as `precert import` wrote it, None for the bundled one; `documents` are
    files and folders in which the user's own copy of the list is looked for; `layout` is the one
    it was imported with, where it is not bundled; `crd` is the CRD service's settings file, None
    for no such service. Limits: `max_body` is of one JSON request in bytes, `max_lines` of its
    order lines, `max_order_lines` of those of one order (each may look at all others of it),
    `max_upload` of a worklist in bytes.
    """

    rulebook: str | None = None
    documents: tuple[Path, ...] = ()
    layout: str | None = None
    crd: Path | None = None
    max_body: int = MEGABYTE
    max_lines: int = 5_000
    max_order_lines: int = 500
    max_upload: int = 100 * MEGABYTE
    log: Log = Log.OFF
