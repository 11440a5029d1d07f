"""Footnote marks at the end of a text: the text without them, and which of them the layout knows.

A mark is a superscript, a sign such as `*`, or, only where the layout says so, a bare digit: that
may as well be the last word of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import is_code, parse_code
from precert.lists.markup import plain
from precert.model import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.lists.layout_values import Footnotes

RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_AS_DIGITS = str.maketrans(RAISED, "0123456789")
AS_RAISED = str.maketrans("0123456789", RAISED)
_SUP = re.compile(r"<sup\b[^<>]*>([^<>]*)</sup>", re.IGNORECASE)
_SET_APART = "\x01"
_SIGNS = "*\u2020\u2021\u00a7\u00b6#^~"
_LAST = re.compile(
    rf"[\s,;]*(?:(?P<raised>[{RAISED}]+)|(?P<sign>([{re.escape(_SIGNS)}])\3*)"
    rf"|{_SET_APART}(?P<apart>[^{_SET_APART}]*){_SET_APART})\Z"
)
_BARE = re.compile(r"(?:(?<=[^\W\d_])|(?<=\))|(?<=\s))(?P<bare>[0-9]{1,2})\Z")
_COUNTED = re.compile(
    r"(?:\b(?:age|class|day|degree|dose|grade|group|level|number|no|over|part|per|phase|size|stage"
    r"|step|tier|times|to|type|under|version|vitamin|x)\.?|[\d<>=+#/-])\s*\Z",
    re.IGNORECASE,
)
_SHORT_NAME = re.compile(r"(?<![^\W_])(?:[^\W\d_]{1,2}|[A-Z]{3})\Z")
"""Names such as H2, B12 or CO2 end in a digit of their own."""
_PLAIN_WORD = re.compile(r"(?<![^\W_])[^\W\d_][a-z]{3,}\)?\Z")
"""What is no name such as BRCA2 or SpO2; behind it alone a digit may say that none is required."""
_BEHIND_A_SIGN = re.compile(r"(?<![0-9]\.)(?<=[^\w\s])[0-9]{1,2}\Z")
"""A digit behind a sign, as in "insert.1": a mark, or part of a number."""

_LONGEST = 6
"""Characters of marks set side by side; what is longer is none of them."""


class Marked(NamedTuple):
    """A plain text without the marks at its end, the declared marks, and those that are not."""

    text: str
    marks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def plain_with_marks(printed: str) -> str:
    """Return the plain text, in which what was set as superscript still can be told."""
    text = printed.replace(_SET_APART, "\ufffd")
    return plain(_SUP.sub(_raised, text))


def split_marks(text: str, notes: Footnotes) -> Marked:
    """Return the text of a cell without the marks at its end."""
    marks: list[str] = []
    unknown: list[str] = []
    while (found := _LAST.search(text)) is not None:
        text = text[: found.start()]
        mark = found["sign"] or found["apart"] or (found["raised"] or "").translate(_AS_DIGITS)
        known = _known(mark, notes)
        marks[:0] = known
        unknown += () if known else (mark,)
    if notes.bare_digits and (found := _BARE.search(text)) is not None:
        before = text[: found.start()]
        counts = _COUNTED.search(before) or _SHORT_NAME.search(before)
        note = notes.marks.get(found["bare"])
        permits = note is not None and note.requirement is Requirement.NOT_REQUIRED
        doubtful = permits and not _PLAIN_WORD.search(before)
        is_mark = _known(found["bare"], notes) == [found["bare"]] and not counts and not doubtful
        if is_mark:
            marks.insert(0, found["bare"])
        else:
            unknown.append(found["bare"])
        text = before if is_mark else text
    elif notes.bare_digits and (found := _BEHIND_A_SIGN.search(text)) is not None:
        unknown.append(found[0])
    return Marked(text.strip(), tuple(dict.fromkeys(marks)), tuple(unknown))


def split_code(part: str, notes: Footnotes) -> Marked:
    """Return one part of a cell of codes without its marks; a digit may be glued to the code."""
    marked = split_marks(part, notes)
    if notes.bare_digits and not marked.marks and not is_code(parse_code(part)):
        for mark in notes.marks:
            code = part.removesuffix(mark).rstrip()
            if mark.isdigit() and code != part and is_code(parse_code(code)):
                known = _known(mark, notes) == [mark]
                return Marked(code, (mark,)) if known else Marked(code, unknown=(mark,))
    return marked


def _raised(found: re.Match[str]) -> str:
    """Return what a superscript holds, as signs that tell it from the text before it."""
    inner = plain(found[1])
    if inner.isascii() and inner.isdigit():
        return inner.translate(AS_RAISED)
    return inner if not inner or not inner.strip(_SIGNS) else f"{_SET_APART}{inner}{_SET_APART}"


def _known(mark: str, notes: Footnotes) -> list[str]:
    """Return the declared marks that a mark is: one, or several set without a blank or a comma.

    Raised 1 and 2 look like a raised 12. Where both are declared, nothing tells which is meant; and
    a list that has nine notes may have got a twelfth.
    """
    if "," in mark and mark not in notes.marks:
        parts = [part.strip() for part in mark.split(",")]
        return parts if all(part in notes.marks for part in parts) else []
    if len({*mark}) == 1 or len(mark) > _LONGEST:  # ** is another mark than *, and 11 than 1
        return [mark] if mark in notes.marks else []
    readings = list(_readings(mark, notes))
    if len(readings) != 1 or (mark.isdigit() and len(readings[0]) > 1 and "9" in notes.marks):
        return []
    return readings[0] if len(readings[0]) in {1, len(mark)} else []


def _readings(mark: str, notes: Footnotes) -> Iterator[list[str]]:
    """Yield the ways in which a mark is declared marks, no two of them alike, side by side."""
    if mark in notes.marks:
        yield [mark]
    for end in range(1, len(mark)):
        if (first := mark[:end]) in notes.marks:
            yield from (
                [first, *rest] for rest in _readings(mark[end:], notes) if first not in rest
            )
