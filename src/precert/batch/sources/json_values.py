"""The SQL that takes the values of keys out of lines of JSON and leaves every number as printed.

DuckDB reads a number into 64 bits and prints it anew: 0.10 becomes 0.1. So the numbers that this
would change are first made strings with a mark, and the mark is taken off the value again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.sql import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = "\ue000"  # a letter of private use, in front of a number and nothing else
_CHANGED = r"[:\[,]\s*-?(?:[0-9]+[.eE]|0\s*[,}\]])"
# Strings and other letters, then a number. The search never begins within a string: the number
# set behind the line makes every search end at a number.
_NUMBERS = r'((?:"(?:[^"\\]|\\.)*"|[^"0-9-])*)(-?[0-9][-+.eE0-9]*)'
_AS_STRING = rf'\1"{_MARK}\2"'
_BEHIND = " 0"
_BEHIND_MARKED = f' "{_MARK}0"'
_MARKED = f'"{_MARK}(-?[0-9][-+.eE0-9]*)"'


def found_in(column: str, names: Sequence[str]) -> str:
    """Return the SQL expression for the list of the values of these keys in a column of JSON."""
    behind = column + " || " + literal(_BEHIND)
    marked = f"regexp_replace({behind}, {literal(_NUMBERS)}, {literal(_AS_STRING)}, 'g')"
    marked = f"left({marked}, -{len(_BEHIND_MARKED)})"
    is_changed = f"regexp_matches({column}, {literal(_CHANGED)})"
    pointers = ", ".join(literal(_pointer(name)) for name in names)
    return f"json_extract(if({is_changed}, {marked}, {column}), [{pointers}])"


def value_columns(names: Sequence[str], found: str) -> list[str]:
    """Return a SELECT expression for each key, given the column of the list of their values."""
    return [_value(f"{found}[{place}]", name) for place, name in enumerate(names, 1)]


def _value(found: str, name: str) -> str:
    as_printed = f"regexp_replace({found}, {literal(_MARKED)}, '\\1', 'g')"
    return f"""
        CASE WHEN {found} = 'null' THEN NULL WHEN contains({found}, '{_MARK}') THEN {as_printed}
        ELSE {found} END::JSON AS {quoted(name)}
    """


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")
