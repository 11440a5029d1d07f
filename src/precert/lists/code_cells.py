"""The cell of the codes: one code, or several and ranges where the layout says so.

What stands in such a cell and is no code is told beside the codes: it may be a mistyped code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import InvalidCode, parse_code, parse_code_or_range
from precert.lists.footnotes import Marked, split_code

if TYPE_CHECKING:
    from precert.lists.layout_values import CodeForm, Footnotes
    from precert.model import Code, CodeRange

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_TO = re.compile(rf"(?<=\w)(?:\s*[{_DASHES}]\s*|\s+(?:to|thru|through)\s+)(?=\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;/&|]+")
_JOINING = frozenset(("and", "or"))
_TO_SIGN = "-"


class CodeCell(NamedTuple):
    """The codes of a cell in its order, and what of it is no code: a reason for each.

    Codes with the same footnote marks stand together, in the order of the first of them; `unknown`
    are marks that the layout does not declare.
    """

    groups: tuple[tuple[tuple[str, ...], tuple[Code | CodeRange, ...]], ...]
    wrong: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[Code | CodeRange, ...]:
        """All codes and ranges of the cell, each once."""
        return tuple(dict.fromkeys(code for _, codes in self.groups for code in codes))


def read_code_cell(text: str, form: CodeForm, notes: Footnotes | None = None) -> CodeCell:
    """Return the codes of a plain text; a text without a code has a reason as well.

    `notes` are the footnotes of the column of codes: the marks behind each code.
    """
    parts = _parts(text, form)
    marked = [Marked(part) if notes is None else split_code(part, notes) for part in parts]
    groups: dict[tuple[str, ...], dict[Code | CodeRange, None]] = {}
    wrong: list[InvalidCode] = []
    follows_wrong = False
    for part in marked:
        parsed = _parse(part.text, form)
        if not isinstance(parsed, InvalidCode):
            groups.setdefault(part.marks, {})[parsed] = None
        elif follows_wrong:  # neighbours are the words of one text
            wrong[-1] = InvalidCode(f"{wrong[-1].text} {parsed.text}", parsed.expected)
        else:
            wrong.append(parsed)
        follows_wrong = isinstance(parsed, InvalidCode)
    return CodeCell(
        tuple((marks, tuple(codes)) for marks, codes in groups.items()),
        tuple(map(str, wrong)),
        tuple(mark for part in marked for mark in part.unknown),
    )


def _parts(text: str, form: CodeForm) -> list[str]:
    joined = _TO.sub(_TO_SIGN, text) if form.ranges or form.several else text
    if not form.several:
        return [joined]
    return [part for part in _BETWEEN.split(joined) if part and part.casefold() not in _JOINING]


def _parse(part: str, form: CodeForm) -> Code | CodeRange | InvalidCode:
    """Return the code or range that one part of the cell is, or why it is none."""
    parse = parse_code_or_range if form.ranges else parse_code
    return parse(part, revenue=form.revenue)
