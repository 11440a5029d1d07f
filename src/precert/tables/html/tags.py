"""The tags of a page, told to a `Page` as tables, rows, cells and text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from precert.tables.html.grid import Span
from precert.tables.html.looks import CellLooks
from precert.tables.html.marks import marks_of, picture
from precert.tables.signs import BLANK

if TYPE_CHECKING:
    from precert.tables.html.marks import Attributes
    from precert.tables.html.page import Page

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_MOST_DIGITS = 9


class Tags(HTMLParser):
    """Reads a page that has nothing in it but tags and text."""

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        attributes = dict(reversed(attrs))  # of two alike, the first counts
        line = self.getpos()[0]
        marks = marks_of(tag, attributes)
        if tag == "table":
            self._page.open_table(line, marks)
        elif tag in _GROUPS:
            self._page.begin_group(marks)
        elif tag == "tr":
            self._page.open_row(line, marks)
        elif tag in _CELLS:
            span = Span(BLANK, _count(attributes, "colspan"), _count(attributes, "rowspan"))
            self._page.open_cell(line, marks, span, CellLooks(attributes), is_header=tag == "th")
        else:
            self._set_apart(tag, line)
            if (looks := self._page.looks) is not None:
                looks.open(tag, attributes)
            self._page.text.open(tag, marks)
            if text := picture(tag, attributes):
                self._page.text.add(f" {text} ", line)

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        line = self.getpos()[0]
        if tag == "table":
            self._page.close_table(line)
        elif tag == "tr":
            self._page.close_row()
        elif tag in _GROUPS:
            self._page.end_group()
        elif tag in _CELLS:
            self._page.close_cell()
        else:
            self._page.text.close(tag)
            self._set_apart(tag, line)
            if (looks := self._page.looks) is not None:
                looks.close()

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._page.text.add(data, self.getpos()[0])
        if (looks := self._page.looks) is not None:
            looks.add(data)

    def _set_apart(self, tag: str, line: int) -> None:
        """Keep a raised sign, the number of a footnote, apart from the word or code before it."""
        if tag == "sup":
            self._page.text.add(" ", line)


def _count(attributes: Attributes, name: str) -> int:
    """Return the number that an attribute tells, 1 where it tells none."""
    text = (attributes.get(name) or "").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    return int(text[:_MOST_DIGITS])
