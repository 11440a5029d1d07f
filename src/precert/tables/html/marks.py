"""What a tag says of the text in it: bold, struck out, hidden; and the pictures that say something.

Bold text may be a heading, and what is struck out no longer holds: both stay in a cell as `<b>` and
`<s>`. Style sheets are not read; what stands in a tag's own `style` is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Attributes = Mapping[str, str | None]

_BLOCKS = """
    address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe
    legend li listing main menu nav noframes noscript ol optgroup option p plaintext pre search
    section select summary textarea ul xmp
"""
_VOID = "area base br col embed hr img input link meta param source track wbr"

BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin and end a line of text, but for tables and what they are made of."""

VOID = frozenset(_VOID.split())
"""Elements without an end."""

_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCK = frozenset({"s", "strike", "del"})
_STYLED_BOLD = re.compile(r"font(?:-weight)?\s*:[^;]*\b(?:bold|bolder|[6-9]00)\b", re.IGNORECASE)
_STYLED_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_STYLED_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b",
    re.IGNORECASE,
)
_ICON = re.compile(
    r"(?:^|[\s-])(?:fa|icons?|bi|glyphicon|check(?:mark)?)(?:$|[\s-])", re.IGNORECASE
)


class Marks(NamedTuple):
    """How a text is shown."""

    bold: bool = False
    struck: bool = False
    hidden: bool = False

    def and_of(self, inner: Marks) -> Marks:
        """Return the marks of what stands in an element that stands in another."""
        return Marks(
            self.bold or inner.bold, self.struck or inner.struck, self.hidden or inner.hidden
        )


PLAIN = Marks()


def marks_of(tag: str, attributes: Attributes) -> Marks:
    """Return how the element shows the text in it."""
    style = attributes.get("style") or ""
    return Marks(
        bold=tag in _BOLD or _STYLED_BOLD.search(style) is not None,
        struck=tag in _STRUCK or _STYLED_STRUCK.search(style) is not None,
        hidden="hidden" in attributes or _STYLED_HIDDEN.search(style) is not None,
    )


def picture(tag: str, attributes: Attributes) -> str:
    """Return the text that stands for a picture; none for an element that shows none.

    A check mark may be a picture, and without it the cell would be blank. Where a picture has no
    text of its own, its tag stays: nothing then takes the cell for a blank one.
    """
    if tag == "img":
        alternative = attributes.get("alt")
        return "<img>" if alternative is None else alternative
    if tag == "input" and attributes.get("type", "") in {"checkbox", "radio"}:
        return "<input checked>" if "checked" in attributes else "<input>"
    if tag == "i" and _ICON.search(attributes.get("class") or ""):
        return "<icon>"
    return "<svg>" if tag == "svg" else ""
