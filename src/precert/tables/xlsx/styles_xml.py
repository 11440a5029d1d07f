"""What the styles of a workbook change about a cell: leading zeros, colour, strike-through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.tables.xlsx.xml_parts import local, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.tables.xlsx.package import Package

STYLES = "xl/styles.xml"

_ZEROS = re.compile(r"(?:\[\$[^\]]*\])?(?P<zeros>0+)(?:;.*)?", re.DOTALL)
_OFF = {"0", "false"}
_NO_FILL = {"none", "gray125"}  # gray125 is the second fill of every workbook, and not a choice
_WHITE_OR_BLACK = {
    *(("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("rgb", "FF000000"), ("rgb", "00000000")),
    *(("theme", "0"), ("theme", "1")),  # the theme's paper and ink
    *(("indexed", "8"), ("indexed", "9"), ("indexed", "64"), ("indexed", "65")),
}
_PAPER = (
    ("rgb", "FFFFFFFF"),
    ("rgb", "00FFFFFF"),
    ("theme", "0"),
    ("indexed", "9"),
    ("indexed", "65"),
)
_LINK = {("theme", "10"), ("theme", "11")}  # the theme's colours of links
_PLAIN_COLORS = _WHITE_OR_BLACK | _LINK


class Look(NamedTuple):
    """What a style shows that the value of its cell does not say."""

    zeros: int = 0
    """Digits that a whole number has at least, by a number format of nothing but zeros."""
    coloured: bool = False
    struck: bool = False
    fill: str = ""
    """How the cell is filled, where it does not look like paper: told apart, and not read."""


PLAIN = Look()


def read_looks(package: Package) -> dict[str, Look]:
    """Return the styles that show more than a value, by the number that a cell names them with.

    Source: ECMA-376 part 1, 18.8 (cellXfs, fonts, fills, numFmts) and 18.8.30 (number formats).
    """
    styles = _Styles()
    if package.holds(STYLES):
        parse_part(package, STYLES, styles)
    return {str(number): look for number, look in enumerate(styles.looks()) if look != PLAIN}


def zeros_of(number_format: str) -> int:
    """Return the least number of digits by a format such as `00000`; 0 for any other format."""
    form = _ZEROS.fullmatch(number_format)
    return len(form["zeros"]) if form else 0


class _Styles:
    """Fonts, fills, formats and the styles that combine them, each list in its order."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._zeros: dict[str, int] = {}
        self._fonts: list[dict[str, bool]] = []
        self._fills: list[bool] = []
        self._filled: list[str] = []
        self._styles: list[Mapping[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match self._path, local(name):
            case [_, "numFmts"], "numFmt":
                zeros = zeros_of(attributes.get("formatCode", ""))
                self._zeros[attributes.get("numFmtId", "")] = zeros
            case [_, "fonts"], "font":
                self._fonts.append({})
            case [_, "fonts", "font"], "strike":
                self._fonts[-1]["struck"] = is_on(attributes)
            case [_, "fonts", "font"], "color":
                self._fonts[-1]["coloured"] = _is_colour(attributes)
            case [_, "fills"], "fill":
                self._fills.append(False)
                self._filled.append("")
            case [_, "fills", "fill"], "gradientFill":
                self._fills[-1] = True
                self._filled[-1] = f"gradient {len(self._filled)}"
            case [_, "fills", "fill"], "patternFill":
                pattern = attributes.get("patternType", "none")
                self._fills[-1] = pattern not in _NO_FILL
                self._filled[-1] = "" if pattern in _NO_FILL else pattern
            case [_, "fills", "fill", "patternFill"], "fgColor":
                self._fills[-1] = self._fills[-1] and _is_colour(attributes)
                self._filled[-1] = _filled(self._filled[-1], attributes)
            case [_, "cellXfs"], "xf":
                self._styles.append(attributes)
            case _:
                pass
        self._path.append(local(name))

    def end(self, name: str) -> None:  # noqa: ARG002 - a listener is told the name
        self._path.pop()

    def looks(self) -> list[Look]:
        """Return what each style shows; a font or fill that is not there shows nothing."""
        fonts = {str(number): font for number, font in enumerate(self._fonts)}
        fills = {str(number): fill for number, fill in enumerate(self._fills)}
        filled = {str(number): fill for number, fill in enumerate(self._filled)}
        looks = []
        for style in self._styles:
            font = fonts.get(style.get("fontId", ""), {})
            coloured = font.get("coloured", False) or fills.get(style.get("fillId", ""), False)
            zeros = self._zeros.get(style.get("numFmtId", ""), 0)
            fill = filled.get(style.get("fillId", ""), "")
            looks.append(Look(zeros, coloured, font.get("struck", False), fill))
        return looks


def is_on(attributes: Mapping[str, str]) -> bool:
    """Return whether a property that is on by standing there is not switched off (`val="0"`)."""
    return attributes.get("val", "1") not in _OFF


def _filled(pattern: str, colour: Mapping[str, str]) -> str:
    """Return a fill with its colour; none for one that looks like paper. A tint makes it grey."""
    said = sorted((key, value.upper()) for key, value in colour.items())
    is_paper = pattern == "solid" and len(said) == 1 and said[0] in _PAPER
    return f"{pattern} {said}" if pattern and not is_paper else ""


def _is_colour(attributes: Mapping[str, str]) -> bool:
    if "auto" in attributes:
        return False
    colour = {(key, value.upper()) for key, value in attributes.items() if key != "tint"}
    return bool(colour) and not colour <= _PLAIN_COLORS
