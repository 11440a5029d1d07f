"""Reads CSV and TSV record by record in Python: slow, and exact where an engine is not.

What makes a record, and what makes it unreadable, is said here. The engine's reader serves the
files on which it agrees (`text_source`).
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.sources.text_lines import LONGEST, Feed, TooLong, open_text

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 10_000  # letters of an unreadable record that are kept
NOT_UTF8 = "is not UTF-8; save the file as UTF-8"
TOO_LONG = f"is longer than {LONGEST} letters"


class Record(NamedTuple):
    """A record: the line (from 1) it begins on, and its fields or why it has none.

    `text` is the record as it stands in the file; of one with a reason, what is kept of it.
    """

    line: int
    fields: list[str]
    reason: str = ""
    text: str = ""


def records(path: str, delimiter: str) -> Iterator[Record]:
    """Yield the header, then every record; a record of a wrong number of fields has a reason.

    An empty line is no record, except in a file of one column. Raises UnreadableLines for a file
    that cannot be opened or decompressed.
    """
    width: int | None = None
    for record in _split(path, delimiter):
        count = len(record.fields)
        if record.reason or count == width:
            yield record._replace(text=shown(record.text)) if record.reason else record
        elif not count:
            if width == 1:
                yield record._replace(fields=[""])
        elif width is None:
            width = count
            yield record
        else:
            yield Record(record.line, [], wrong_width(count, width), shown(record.text))


def wrong_width(found: int | str, expected: int) -> str:
    """Return the reason of a record that has not as many fields as the header."""
    fields = "1 field" if found == 1 else f"{found} fields"
    return f"read {fields}, expected {expected} as in the header"


def shown(text: str) -> str:
    """Return what is kept of a record: its beginning, a mark in place of what is not UTF-8."""
    beginning = text[:SHOWN].rstrip("\r\n")
    return beginning.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _split(path: str, delimiter: str) -> Iterator[Record]:
    with open_text(path) as file:
        feed = Feed(file)
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        while True:
            feed.begin()
            line = feed.line + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except (csv.Error, TooLong) as error:
                reason = reason_of(error, feed.line + 1 - line)
                yield Record(line, [], reason, feed.text())
                continue
            text = feed.text()
            if _is_unicode(text):
                yield Record(line, fields, "", text)
            else:
                yield Record(line, [], NOT_UTF8, text)


def reason_of(error: Exception, lines: int) -> str:
    """Return why a record, which took so many lines, could not be read."""
    swallowed = f"; {lines} lines of the file are lost in it" if lines > 1 else ""
    if isinstance(error, TooLong):
        return f"{TOO_LONG}, perhaps by a quote that does not close{swallowed}"
    if "end of data" in str(error):
        return f"its quote does not close before the end of the file{swallowed}"
    return f"its quotes are wrong ({error}); a quote within quotes is doubled{swallowed}"


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
