"""The words of a page: PDFium's characters with their boxes, put together where they touch."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any

from precert.tables.pdf.frame import turns_of
from precert.tables.pdf.looks import Looks
from precert.tables.pdf.opening import pdfium
from precert.tables.pdf.shapes import Box, Word, around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from precert.tables.pdf.frame import Frame
    from precert.tables.pdf.shapes import Edges, Look

MOST_CHARACTERS = 100_000
"""More of them on one page, and it is not read: a page of small print has ten thousand."""

_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""
_TOKEN = re.compile(r"[^\s\x00-\x1f\uffff]+")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x00AD: None,
    ord(_HYPHEN): "-",
}
_GAP = 0.6
_BACK = 0.3
_SHIFT = 0.5
"""Parts of the height by which the next letter of a word may at most stand off."""


def words_of(text: Any, characters: int, frame: Frame) -> list[Word]:  # noqa: ANN401 - PDFium's
    """Return the words of a page in the order in which they are drawn."""
    words: list[Word] = []
    looks = Looks(text)
    boxes = _boxes(text, frame)
    upright = -frame.quarters % 4
    for token in _TOKEN.finditer(_printed(text, characters)):
        begin = token.start()
        look = looks.of(begin)
        if turns_of(text, begin) == upright:
            words += _split(token[0], boxes(begin, token.end()), look)
        else:
            _add_sideways(words, token[0], boxes(begin, token.end()), look)
    return words


def _printed(text: Any, characters: int) -> str:  # noqa: ANN401 - PDFium's handle
    """Return one sign for each character of the page."""
    raw = pdfium()
    units = (ctypes.c_ushort * (characters + 1))()
    raw.FPDFText_GetText(text, 0, characters, units)
    printed = bytes(units)[: 2 * characters].decode("utf-16-le", errors="replace")
    if len(printed) == characters and "\0" not in printed:
        return printed
    signs = (raw.FPDFText_GetUnicode(text, at) for at in range(characters))
    return "".join(chr(sign) if 0 < sign <= 0x10FFFF else "\ufffd" for sign in signs)  # noqa: PLR2004 - the last code point


def _boxes(text: Any, frame: Frame) -> Callable[[int, int], list[Edges]]:  # noqa: ANN401 - PDFium's
    """Return what gives the boxes of characters: as wide as they advance, as high as their font."""
    raw = pdfium()
    box_of, place = raw.FPDFText_GetLooseCharBox, frame.placed
    left, top = frame.left, frame.top
    found = raw.FS_RECTF()
    where = ctypes.byref(found)

    def upright(begin: int, end: int) -> list[Edges]:
        edges = []
        for at in range(begin, end):
            box_of(text, at, where)
            edges.append(
                (found.left - left, top - found.top, found.right - left, top - found.bottom)
            )
        return edges

    def turned(begin: int, end: int) -> list[Edges]:
        edges: list[Edges] = []
        for at in range(begin, end):
            box_of(text, at, where)
            edges.append(place(found.left, found.bottom, found.right, found.top))
        return edges

    return turned if frame.quarters else upright


def _split(text: str, boxes: list[Edges], look: Look) -> Iterator[Word]:
    """Yield the words that a token is: one, or more where a letter stands off from the last."""
    begin = 0
    before_left, _, before_right, before_bottom = boxes[0]
    for at, (left, top, right, bottom) in enumerate(boxes):
        height = bottom - top
        step = left - before_right
        if (
            step > _GAP * height
            or left < before_left - _BACK * height
            or abs(bottom - before_bottom) > _SHIFT * height
        ):
            yield _word(text[begin:at], boxes[begin:at], look)
            begin = at
        before_left, before_right, before_bottom = left, right, bottom
    yield _word(text[begin:] if begin else text, boxes[begin:] if begin else boxes, look)


def _word(text: str, boxes: list[Edges], look: Look) -> Word:
    left, top, _, bottom = boxes[0]
    box = Box(left, top, boxes[-1][2], bottom)
    text = text if text.isascii() else text.translate(_LIGATURES)
    return Word(text, box, look, tuple(boxes))


def _add_sideways(words: list[Word], text: str, boxes: list[Edges], look: Look) -> None:
    """Add a token that does not stand upright, as the rest of the one before it where it is."""
    box = around([Box(*edges) for edges in boxes])
    if words and not words[-1].letters and _near(words[-1].box, box):
        text = f"{words[-1].text} {text}"
        box = around([words.pop().box, box])
    words.append(Word(text, box, look, ()))


def _near(one: Box, other: Box) -> bool:
    reach = min(one.right - one.left, one.height)
    return (
        other.left - one.right < reach
        and one.left - other.right < reach
        and other.top - one.bottom < reach
        and one.top - other.bottom < reach
    )
