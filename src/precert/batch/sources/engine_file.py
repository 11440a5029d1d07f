"""How a file is named to DuckDB: a path that it opens as it stands."""

from __future__ import annotations

import os
import re

from precert.batch.sql import literal

_PATTERN = re.compile(r"[*?\[]")


def engine_path(path: str) -> str:
    """Return the SQL literal of the path; letters of a pattern stand for themselves.

    The path is made absolute, so that no name looks like an address.
    """
    return literal(_PATTERN.sub(r"[\g<0>]", os.path.abspath(path)))  # noqa: PTH100  (resolves no links)
