"""The header of a CSV or TSV file: the delimiter that it tells, and the names of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.batch.sources.text_records import Record, records
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.batch.sources.kinds import Kind

_DELIMITERS = ",;|\t"
_OURS = "_precert_"


class Header(NamedTuple):
    """The delimiter of a file and the names of its columns, in order."""

    delimiter: str
    names: tuple[str, ...]


def header_of(path: str, kind: Kind) -> Header:
    """Return the header of the file; the delimiter is the one that gives it the most columns.

    Raises UnreadableLines for an empty file, a header that is no record, and names that `refuse`
    refuses.
    """
    delimiters = "\t" if kind.format == "tsv" else _DELIMITERS
    read = [(delimiter, _first(path, delimiter)) for delimiter in delimiters]
    delimiter, first = max(read, key=lambda pair: len(pair[1].fields))  # the first of equals
    if not first.fields:
        reason = f"the header in line {first.line} cannot be read: {first.reason}"
        raise UnreadableLines(path, reason)
    refuse(path, first.fields)
    return Header(delimiter, tuple(first.fields))


def refuse(path: str, names: Sequence[str]) -> None:
    """Raise UnreadableLines for a column without a name, a name told twice, or one of ours.

    SQL does not tell upper from lower case in names.
    """
    seen: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        key = name.lower()
        if not name.strip():
            reason = f"column {place} of {len(names)} has no name; name it in the header"
        elif key in seen:
            also = f"{name!r}" if name == seen[key] else f"{seen[key]!r} and {name!r}"
            reason = f"two columns are named {also}; give each a name of its own"
        elif key.startswith(_OURS):
            reason = f"the column {name!r} has a name that precert uses itself; rename it"
        else:
            seen[key] = name
            continue
        raise UnreadableLines(path, reason)


def united(headers: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of all headers, as first written and in the order first seen."""
    names: dict[str, str] = {}
    for header in headers:
        for name in header:
            names.setdefault(name.lower(), name)
    return tuple(names.values())


def _first(path: str, delimiter: str) -> Record:
    for record in records(path, delimiter):
        return record
    raise UnreadableLines(path, "is empty, expected a header line with the names of the columns")
