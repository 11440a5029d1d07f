"""Which text of a table is a code: the rows of a table without drawn lines hang on these."""

from __future__ import annotations

import re
from functools import lru_cache

from precert.codes import is_code, looks_like_code, parse_code

_PARTS = re.compile(r"[\s,;/&\u2010-\u2015-]+")
_SHORTEST, _LONGEST = 4, 6
_SIGNS = "*†‡§¹²³()[]^+#."
_BETWEEN = frozenset({"and", "or", "to", "through", "thru"})
_GOES_ON = re.compile(r"(?:[,;/&\u2010-\u2015-]|\b(?:and|or|to|through|thru))\s*$", re.IGNORECASE)


def prints_codes(text: str) -> bool:
    """Return whether the text is a code, several codes or a range, mistyped ones included."""
    parts = [part for part in _PARTS.split(text) if part]
    return (
        bool(parts)
        and is_anchor_word(parts[0])
        and all(is_anchor_word(part) or part.casefold() in _BETWEEN for part in parts)
    )


@lru_cache(maxsize=4096)
def is_anchor_word(text: str) -> bool:
    """Return whether the word is a code, or was meant as one."""
    bare = text.strip(_SIGNS)
    if not _SHORTEST <= len(bare) <= _LONGEST:
        return False
    return is_code(parse_code(bare)) or (any(map(str.isdigit, bare)) and looks_like_code(bare))


def goes_on(text: str) -> bool:
    """Return whether a line of codes is continued in the next one."""
    return _GOES_ON.search(text) is not None
