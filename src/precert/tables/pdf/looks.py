"""How text is printed: bold, coloured, without ink; asked once for each text object of a page."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from precert.tables.pdf.opening import pdfium
from precert.tables.pdf.shapes import Look

_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_OUTLINED_TOO = 2
_WITHOUT_INK = (3, 7)
_WHITE = 240
_COLOURED = 48
_NAME = 128
_PLAIN = Look()


class Looks:
    """The looks of one page's characters, remembered by their text object and font."""

    def __init__(self, text: Any) -> None:  # noqa: ANN401 - PDFium's handle
        self._text = text
        self._raw = pdfium()
        self._by_object: dict[int, Look] = {}
        self._bold_fonts: dict[int, bool] = {}
        self._inks = [ctypes.c_uint() for _ in range(4)]

    def of(self, at: int) -> Look:
        """Return the look of a character."""
        of_text = self._raw.FPDFText_GetTextObject(self._text, at)
        if not of_text:
            return _PLAIN
        address = ctypes.addressof(of_text.contents)
        known = self._by_object.get(address)
        if known is None:
            known = self._by_object[address] = self._look(of_text)
        return known

    def _look(self, of_text: Any) -> Look:  # noqa: ANN401 - PDFium's handle
        mode = self._raw.FPDFTextObj_GetTextRenderMode(of_text)
        red, green, blue, alpha = 0, 0, 0, 255
        if self._raw.FPDFPageObj_GetFillColor(of_text, *self._inks):
            red, green, blue, alpha = (ink.value for ink in self._inks)
        return Look(
            bold=mode == _OUTLINED_TOO or self._is_bold(self._raw.FPDFTextObj_GetFont(of_text)),
            hidden=mode in _WITHOUT_INK or alpha == 0,
            white=min(red, green, blue) >= _WHITE,
            coloured=max(red, green, blue) - min(red, green, blue) >= _COLOURED,
        )

    def _is_bold(self, font: Any) -> bool:  # noqa: ANN401 - PDFium's handle
        if not font:
            return False
        address = ctypes.addressof(font.contents)
        known = self._bold_fonts.get(address)
        if known is None:
            known = self._bold_fonts[address] = self._looks_bold(font)
        return known

    def _looks_bold(self, font: Any) -> bool:  # noqa: ANN401 - PDFium's handle
        name = ctypes.create_string_buffer(_NAME)
        self._raw.FPDFFont_GetBaseFontName(font, name, _NAME)
        return (
            self._raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            or bool(self._raw.FPDFFont_GetFlags(font) & _FORCE_BOLD)
            or _BOLD_NAME.search(name.value.decode("latin-1")) is not None
        )
