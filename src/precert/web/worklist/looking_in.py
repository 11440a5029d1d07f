"""An uploaded file in, what it holds out: the file that batch reads, notes, a preview."""

from __future__ import annotations

import os
import re
from itertools import accumulate, repeat
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from precert.batch import ANSWER_COLUMNS
from precert.batch.columns import REQUIRED, guess_columns
from precert.batch.preview import preview
from precert.errors import CallerError, PrecertError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from precert.batch.preview import Preview
    from precert.rulebook import AnyRulebook

_NEW = "new_"
_OWN_NAME = re.compile(r"\bupload\.(?:sheet\.)?[a-z]+\b")
_ONE_BY_ONE = Lock()
"""To look into a file may take half a gigabyte."""


class NoWorklist(CallerError):  # noqa: N818 - named for what it is, as in precert.errors
    """A file that is no worklist; its message names it as the user does."""


class LookedInto(NamedTuple):
    """What an uploaded file holds.

    `orders` is the file that batch reads. `notes` say what was left out of a workbook and what else
    a user should know. `prefix` begins the names of the answer's columns where the file has such
    columns itself.
    """

    orders: Path
    notes: tuple[str, ...]
    preview: Preview
    prefix: str


def look_into(name: str, upload: Path, rulebook: AnyRulebook) -> LookedInto:
    """Return what the file holds that the user calls `name`. Raises `NoWorklist`."""
    try:
        with _ONE_BY_ONE:
            orders, notes = _as_text(name, upload, rulebook)
            seen = preview(str(orders), rulebook, str(upload.parent))
    except PrecertError as error:
        raise NoWorklist(in_users_words(str(error), name, upload.parent)) from error
    if not seen.lines:
        first = f" ({seen.first_broken})" if seen.first_broken else ""
        message = f"{name}: read no order line{first}, expected some beneath a header"
        raise NoWorklist(message)
    prefix = free_prefix(seen.names)
    if prefix:
        clash = "columns are named as those of an answer"
        notes += (f"{clash}: the new ones are called {prefix}outcome and so on",)
    return LookedInto(orders, notes, seen, prefix)


def free_prefix(names: Sequence[str]) -> str:
    """Return what the names of an answer's columns begin with, so that none is one of these."""
    taken = {name.casefold() for name in names}
    prefixes = accumulate(repeat(_NEW), initial="")
    return next(
        prefix
        for prefix in prefixes
        if taken.isdisjoint(f"{prefix}{name}" for name in ANSWER_COLUMNS)
    )


def in_users_words(message: str, name: str, folder: Path) -> str:
    """Return the message with the user's name of the file for the names it has on the server."""
    return _OWN_NAME.sub(lambda _: name, message.replace(f"{folder}{os.sep}", ""))


def _as_text(name: str, upload: Path, rulebook: AnyRulebook) -> tuple[Path, tuple[str, ...]]:
    """Return the file that batch reads, and what was left out of a workbook."""
    from precert.compiler import is_workbook, write_order_sheet  # noqa: PLC0415 - as in `served`

    if upload.suffix == ".parquet" or not is_workbook(upload):
        return upload, ()
    target = upload.with_name("upload.sheet.csv")
    told = write_order_sheet(
        upload, target, lambda names: guess_columns(names, [rulebook]).keys() >= set(REQUIRED)
    )
    upload.unlink()
    others = tuple(f"left out the sheet {sheet}" for sheet in told.others)
    above = tuple(f"left out above the header: {text}" for text in told.above)
    return target, (f"read from the sheet {told.sheet} of {name}", *others, *above, *told.warnings)
