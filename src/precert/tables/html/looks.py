"""What a cell of a page may show without a text: its labels, its looks, and what it holds.

A check mark may be drawn by a style sheet, which is not read: of an empty cell only its class, its
style or an empty element in it then tells that it may show something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.tables.signs import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.tables.html.marks import Attributes

_SETTING = re.compile(
    r"border|color$|direction$|display$|float$|font|height$|layout-grid|letter-spacing$|line-height$"
    r"|margin|max-|min-|mso-|overflow|padding|page-break|tab-|text-|vertical-align$|visibility$"
    r"|white-space$|width$|word-"
)
"""Properties that set a text, and show nothing where there is none."""
_NOTHING = re.compile(
    r"(?:auto|inherit|initial|none|normal|transparent|unset|white|#fff(?:fff)?|0)"
    r"(?:\s*!important)?"
)
_OF_WORD = "mso"
_NUMBERED = re.compile(r"[0-9]")
"""What numbers a row or a cell differs in each."""
_DRAW = "button canvas embed hr iframe meter object picture progress select textarea video"
_DRAWING = frozenset(_DRAW.split())
_OFTEN_ICONS = frozenset({"i", "li", "span"})
"""Elements that draw something where they stand empty, also without a class of their own."""
_NO_TEXT = frozenset({"checkbox", "hidden", "radio"})
_NAMED_OTHERWISE = frozenset({"input", "option", "select", "textarea"})
"""A label says what their value is of, and not what it is."""
_BLANKS = " \t\r\n\f"
_PICTURES = re.compile(r"<(?:img|icon|svg)>")
_SPACER = re.compile(r"(?:1x1|blank|clear|dot|empty|pixel|shim|spacer|trans(?:parent)?)\b")
_INVISIBLE_SIZE = frozenset({"0", "1"})


class CellLooks:
    """Takes the elements of one cell; knows what it shows where it prints no text."""

    def __init__(self, attributes: Attributes) -> None:
        self._own = frozenset(_looks("", attributes))
        self._inside: set[str] = set()
        self._labels: dict[str, None] = {}
        self._just_opened = ""
        self._label(attributes)

    def open(self, tag: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        looks = frozenset(_looks(tag, attributes))
        self._just_opened = tag if tag in _OFTEN_ICONS and not looks else ""
        self._inside |= looks
        if tag in _DRAWING or "-" in tag:
            self._inside.add(tag)
        if tag == "img" and not attributes.get("alt", "?") and not _is_spacer(attributes):
            self._inside.add(f"img {attributes.get('src')}")
        if tag == "input" and (attributes.get("type") or "").casefold() not in _NO_TEXT:
            self._inside.add(f"input {attributes.get('value')}")
        if tag not in _NAMED_OTHERWISE:
            self._label(attributes)

    def add(self, text: str) -> None:
        """Take text; an element with a blank that does not break a line is not empty."""
        if text.strip(_BLANKS):
            self._just_opened = ""

    def close(self) -> None:
        """Take the end of an element; one that may be an icon is one where nothing stands in it."""
        if self._just_opened:
            self._inside.add(self._just_opened)
        self._just_opened = ""

    def shown(self, text: str) -> Shown:
        """Return what the cell shows; labels stand for pictures, and where no text is printed."""
        self.close()
        pictures = len(_PICTURES.findall(text))
        is_picture = not _PICTURES.sub("", text).strip() and pictures <= len(self._labels)
        said = " ".join(self._labels) if is_picture and self._labels else text
        return Shown(said, self._own, frozenset(self._inside))

    def _label(self, attributes: Attributes) -> None:
        label = attributes.get("aria-label") or attributes.get("title") or ""
        if said := " ".join(label.split()):
            self._labels[said] = None


def _looks(tag: str, attributes: Attributes) -> Iterator[str]:
    """Yield the classes of an element, the styles that may draw, and marks for a style sheet."""
    for name, value in attributes.items():
        said = " ".join((value or "").split()).casefold()
        if name == "class":
            yield from (f"{tag}.{each}" for each in said.split() if not each.startswith(_OF_WORD))
        elif name == "style":
            yield from (f"{tag}{{{each}}}" for each in _drawing(said))
        elif name in {"bgcolor", "background"} and said and not _NOTHING.fullmatch(said):
            yield f"{tag}{{background:{said}}}"
        elif name.startswith("data-"):
            yield f"{tag}[{name}]"
            if said and not _NUMBERED.search(said):
                yield f"{tag}[{name}={said}]"


def _drawing(style: str) -> Iterator[str]:
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name and not _SETTING.match(name) and not _NOTHING.fullmatch(value):
            yield f"{name}:{value}"


def _is_spacer(attributes: Attributes) -> bool:
    """Return whether a picture without a text only holds a place open."""
    name = (attributes.get("src") or "").casefold().rpartition("/")[2]
    sizes = {(attributes.get(side) or "").strip() for side in ("width", "height")}
    return _SPACER.match(name) is not None or not sizes.isdisjoint(_INVISIBLE_SIZE)
