"""The grammar of codes, ranges and modifiers: text in, a canonical value or what is wrong out.

Nothing is corrected silently: only blanks and line ends around a text are stripped, and its case is
ignored, which means nothing in any code set. A text that is no code names those it may stand for.

Ranges, and what a text may stand for, are imported when they are first asked for: an order of codes
needs neither, and their import would be a good part of a cold start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from precert.codes.invalid import InvalidCode
from precert.codes.parsing import is_code, parse_code, parse_modifier
from precert.codes.shapes import CodeSet, code_set

if TYPE_CHECKING:
    from precert.codes.meant import looks_like_code
    from precert.codes.ranges import parse_code_or_range, parse_range

__all__ = [
    "CodeSet",
    "InvalidCode",
    "code_set",
    "is_code",
    "looks_like_code",
    "parse_code",
    "parse_code_or_range",
    "parse_modifier",
    "parse_range",
]

_LATER = {"looks_like_code": "meant", "parse_code_or_range": "ranges", "parse_range": "ranges"}


def __getattr__(name: str) -> object:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
