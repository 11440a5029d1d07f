"""The id of a request: the client's own where it is harmless, else one that is made."""

from __future__ import annotations

import re
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Scope

HEADER = b"x-request-id"

_START = token_hex(6)
_NUMBERS = count()
"""An id names a request, it protects nothing: the process's own start and a number are enough."""
_HARMLESS = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def name_request(scope: Scope) -> str:
    """Return the id of a request, and leave it in the scope for `request_id_of`."""
    told = b""
    for name, value in scope["headers"]:
        if name == HEADER:
            told = value
            break
    named = told.decode() if _HARMLESS.fullmatch(told) else f"{_START}-{next(_NUMBERS):06x}"
    scope.setdefault("state", {})["request_id"] = named
    return named


def request_id_of(scope: Scope) -> str:
    """Return the id of a request that goes through the app."""
    named: str = scope["state"]["request_id"]
    return named
