"""One page as it is printed: its words, drawn lines, and what of it cannot be read or seen."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from precert.diagnostics import diagnostic
from precert.model import SourceRef
from precert.tables.pdf.characters import MOST_CHARACTERS, words_of
from precert.tables.pdf.frame import frame_of
from precert.tables.pdf.opening import opened_page, pdfium
from precert.tables.pdf.rulings import Drawn, drawn_on

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.tables.pdf.shapes import Box, Word

_SHOWN = 80
_STRUCK_FROM, _STRUCK_TO = 0.35, 0.75
_MOSTLY = 0.6


@dataclass(slots=True)
class Page:
    """What a page prints, in points from its upper left corner as it is read."""

    number: int
    words: list[Word] = field(default_factory=list)
    drawn: Drawn = field(default_factory=Drawn)
    height: float = 0.0
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_page(name: str, handle: Any, number: int) -> Page:  # noqa: ANN401 - PDFium's handle
    """Return the page of that number (from 1) of the document with that name.

    What keeps it, or a part of it, from being read stands in its diagnostics.
    """
    page = Page(number)
    ref = SourceRef(name, 1, number)
    with opened_page(handle, number - 1) as handles:
        if handles is None:
            page.diagnostics.append(diagnostic("PC114", ref, reason="it is damaged"))
            return page
        characters = pdfium().FPDFText_CountChars(handles[1])
        if characters > MOST_CHARACTERS:
            reason = f"it holds {characters:,} characters, more than {MOST_CHARACTERS:,}"
            page.diagnostics.append(diagnostic("PC114", ref, reason=reason))
            return page
        frame = frame_of(*handles, characters)
        page.height = frame.height
        page.drawn = drawn_on(handles[0], frame)
        words = words_of(handles[1], characters, frame)
    if page.drawn.too_much:
        page.diagnostics.append(diagnostic("PC118", ref))
    if not words and (page.drawn.images or page.drawn.shades or page.drawn.too_much):
        page.diagnostics.append(diagnostic("PC113", ref))
    outside = [word for word in words if not frame.shows(word.box)]
    within = [word for word in words if frame.shows(word.box)] if outside else words
    page.words = _struck(_visible(page, ref, within, outside), page.drawn)
    return page


def _visible(page: Page, ref: SourceRef, words: list[Word], outside: list[Word]) -> list[Word]:
    """Return the words that can be seen, and say which cannot.

    Where a page prints nothing else, its unseen text is what a scanner's software recognised in the
    image, and is read.
    """
    hidden = [word for word in words if _is_hidden(word, page.drawn.shades)]
    if hidden and len(hidden) == len(words) and all(word.look.hidden for word in hidden):
        page.diagnostics.append(diagnostic("PC117", ref))
        hidden = []
    unseen = [*outside, *hidden]
    if unseen:
        text = " ".join(word.text for word in unseen)
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        page.diagnostics.append(diagnostic("PC116", ref, words=len(unseen), text=repr(shown)))
    if not hidden:
        return words
    return [word for word in words if not _is_hidden(word, page.drawn.shades)]


def _is_hidden(word: Word, shades: list[Box]) -> bool:
    if not word.look.white:
        return word.look.hidden
    across, middle = (word.box.left + word.box.right) / 2, word.box.middle
    return word.look.hidden or not any(
        shade.left <= across <= shade.right and shade.top <= middle <= shade.bottom
        for shade in shades
    )


def _struck(words: list[Word], drawn: Drawn) -> list[Word]:
    """Return the words, marked those through whose middle a line is drawn."""
    lines = drawn.across
    heights = [line.at for line in lines]
    marked = []
    for word in words:
        box = word.box
        begin = bisect_left(heights, box.top + _STRUCK_FROM * box.height)
        end = bisect_left(heights, box.top + _STRUCK_TO * box.height)
        if begin != end and any(
            min(line.end, box.right) - max(line.begin, box.left) > _MOSTLY * (box.right - box.left)
            for line in lines[begin:end]
        ):
            marked.append(word._replace(struck=True))
        else:
            marked.append(word)
    return marked
