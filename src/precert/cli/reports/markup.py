"""HTML that is built, never written: every text is escaped, every element closed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = frozenset({"meta"})
_OWN_LINE = frozenset({"body", "footer", "header", "main", "nav", "section", "table", "tr"})


class Markup(str):
    """A text that is HTML already; only `element` and `joined` make one."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str | int | None) -> Markup:
    """Return an element; children that are plain texts are escaped.

    An attribute named `class_` or `aria_label` is `class` or `aria-label`; None leaves it out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    before = "\n" if name in _OWN_LINE else ""
    return Markup(f"{before}<{name}{told}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Markup:
    """Return the children one behind the other; those that are plain texts are escaped."""
    return Markup(
        "".join(child if isinstance(child, Markup) else text(child) for child in children)
    )


def text(plain: str) -> Markup:
    """Return a plain text as HTML: escaped, its line breaks kept, characters of no use shown.

    A control character is no HTML; what turns the direction of writing could make a text look like
    another.
    """
    shown = "".join(letter if _is_shown(letter) else _named(letter) for letter in plain)
    return Markup("<br>".join(escape(line) for line in shown.split("\n")))


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter in "\n\u00a0\u00ad"


def _named(letter: str) -> str:
    return " " if letter in "\t\r" or letter.isspace() else f"\\u{ord(letter):04x}"
