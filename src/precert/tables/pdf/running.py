"""What stands at the edge of page after page: page numbers, which are left out, and other lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from precert.tables.pdf.anchors import prints_codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.tables.pdf.lines import Line

_AT_THE_EDGE = 4
_LEAST_PAGES = 2
_HALF = 0.5
_BAND = 6.0
_SET_OFF = 1.5
_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|pg\.?|p\.)\s*)?([0-9]{1,4})(?:\s*(?:of|/)\s*([0-9]{1,4}))?\W*", re.IGNORECASE
)
_Place = tuple[str, int]


class Edges:
    """The first and last lines of each page, those that stand off from the rest of the page.

    `headers` are for each page the numbers of the lines that belong to the header of a table: they
    may be on every page, and no edge reaches to or over them.
    """

    def __init__(self, pages: Sequence[Sequence[Line]], headers: Sequence[set[int]]) -> None:
        self._pages = pages
        self._edges = [_edges(*page) for page in zip(pages, headers, strict=True)]

    def page_numbers(self) -> list[set[int]]:
        """Return for each page which of its lines print its number and nothing else.

        The numbers run with the pages, from whichever they begin.
        """
        found = [
            [
                (at, int(match[1]) - number)
                for at in edges
                if (match := _PAGE_NUMBER.fullmatch(lines[at].text))
            ]
            for number, (lines, edges) in enumerate(self._both(), 1)
        ]
        begins = Counter(begin for page in found for _, begin in page)
        usual, times = begins.most_common(1)[0] if begins else (0, 0)
        runs = usual == 0 or times >= self._least
        return [{at for at, begin in page if runs and begin == usual} for page in found]

    def running(self) -> list[set[int]]:
        """Return for each page which of its lines stand, in other numbers, on half of the pages."""
        seen: Counter[_Place] = Counter()
        for lines, edges in self._both():
            seen.update({_place(lines[at]) for at in edges})
        return [
            {at for at in edges if seen[_place(lines[at])] >= self._least}
            for lines, edges in self._both()
        ]

    @property
    def _least(self) -> float:
        return max(_LEAST_PAGES, _HALF * len(self._pages))

    def _both(self) -> Iterator[tuple[Sequence[Line], list[int]]]:
        return zip(self._pages, self._edges, strict=True)


def _edges(lines: Sequence[Line], headers: set[int]) -> list[int]:
    """Return the lines above and below the last gap before a header, a code or the body."""
    edges: list[int] = []
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        some = list(takewhile(lambda at: not _is_body(at, lines, headers), order[:_AT_THE_EDGE]))
        beyond = order[len(some) : len(some) + 1]
        if beyond and beyond[0] in headers:
            edges += some
            continue
        off = [
            number
            for number, (one, other) in enumerate(pairwise([*some, *beyond]), 1)
            if _apart(lines[one], lines[other])
        ]
        edges += some[: max(off, default=0)]
    return edges


def _is_body(at: int, lines: Sequence[Line], headers: set[int]) -> bool:
    return at in headers or any(prints_codes(part.text) for part in lines[at].phrases())


def _apart(one: Line, other: Line) -> bool:
    return abs(one.box.middle - other.box.middle) > _SET_OFF * max(one.box.height, other.box.height)


def _place(line: Line) -> _Place:
    return _DIGITS.sub("#", line.text), round(line.box.middle / _BAND)
