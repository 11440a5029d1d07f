"""Where a page's upper left corner is for its reader: pages and texts may lie on their side."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from math import pi
from typing import Any

from precert.tables.pdf.opening import pdfium
from precert.tables.pdf.shapes import Box

_DEVICE = 1000
_SAMPLES = 60
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page (its crop box), turned so that most of its text is upright.

    `quarters` counts the turns by 90 degrees, clockwise; the four others are in PDF's own points,
    whose origin is below.
    """

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """The width as it is read."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height as it is read."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the box of a rectangle in PDF's own points."""
        if self.quarters == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.quarters == 1:
            return Box(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.quarters == 2:  # noqa: PLR2004 - half a turn
            return Box(
                self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            )
        return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)

    def shows(self, box: Box) -> bool:
        """Return whether the middle of the box lies on the visible part of the page."""
        across = (box.left + box.right) / 2
        return 0 <= across <= self.width and 0 <= box.middle <= self.height


def frame_of(page: Any, text: Any, characters: int) -> Frame:  # noqa: ANN401 - PDFium's handles
    """Return the frame of a page whose text has that many characters."""
    corners = [ctypes.c_double() for _ in range(4)]
    to_page = pdfium().FPDF_DeviceToPage
    for device, at in ((0, 0), (_DEVICE, 2)):
        to_page(page, 0, 0, _DEVICE, _DEVICE, 0, device, device, corners[at], corners[at + 1])
    one, two, three, four = (corner.value for corner in corners)
    left, right = sorted((one, three))
    bottom, top = sorted((two, four))
    return Frame(left, bottom, right, top, _turns(page, text, characters))


def _turns(page: Any, text: Any, characters: int) -> int:  # noqa: ANN401 - PDFium's handles
    """Return the quarter turns that make most of the text upright."""
    if not characters:
        return int(pdfium().FPDFPage_GetRotation(page))
    step = max(1, characters // _SAMPLES)
    turns = (turns_of(text, at) for at in range(0, characters, step))
    seen = Counter(each for each in turns if each is not None)
    return (-seen.most_common(1)[0][0] % _QUARTERS) if seen else 0


def turns_of(text: Any, at: int) -> int | None:  # noqa: ANN401 - PDFium's handle
    """Return by how many quarters a character is turned (clockwise); None where it is slanted."""
    quarters = pdfium().FPDFText_GetCharAngle(text, at) / (pi / 2)
    nearest = round(quarters)
    return nearest % _QUARTERS if abs(quarters - nearest) < 0.1 else None  # noqa: PLR2004 - 9 degrees
