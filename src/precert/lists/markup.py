"""Printed text without its markup, and the forms in which texts are compared.

Signs that separate words without meaning anything (`HARMLESS`) are told from signs that mean
something: `>` in ">4 components" is a word of its own, a comma is not.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape

HARMLESS = re.escape(".,;:()[]/&'\"’‘“”-–—®™©")  # noqa: RUF001 - typographic signs, as printed
"""Signs that only separate words, for use in a character class."""

TOKEN = re.compile(rf"\w+|[^\w\s{HARMLESS}]")
"""A word, or a sign that means something."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_HEADING = re.compile(r"\s*#{1,6}\s+")
_WORD = re.compile(r"\w+")
_NOT_SLUG = re.compile(r"[\W_]+")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SHOWN = 80
_DIGEST = 12


def plain(text: str) -> str:
    """Return `text` without tags, entities, bold marks, links and invisible signs, single-spaced.

    A less-than or greater-than sign that belongs to no tag stays. NUL becomes U+FFFD.
    """
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    if "**" in text:
        text = text.replace("**", "")
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def is_blank(cell: str) -> bool:
    """Return whether the cell prints nothing: markup alone is nothing."""
    return not cell or not plain(cell)


def plain_line(text: str) -> str:
    """Return a line outside a table without its markup, the marks of a heading included."""
    return plain(_HEADING.sub("", text, count=1) if text.lstrip().startswith("#") else text)


def is_set_off(text: str) -> bool:
    """Return whether markup sets the line off as a title: a heading, or bold from its start."""
    return text.lstrip().startswith(("#", "**", "<b>", "<h"))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and meaningful signs of a plain text, without case."""
    return tuple(TOKEN.findall(text.casefold()))


def spoken(text: str) -> str:
    """Return the tokens of a printed text as one string: equal for texts that say the same."""
    return " ".join(tokens(plain(text)))


def words(text: str) -> str:
    """Return the words of a printed text alone: header words and names are compared so."""
    return " ".join(_WORD.findall(plain(text).casefold()))


def slug(text: str) -> str:
    """Return `text` in lower case, its letters and digits joined by single hyphens."""
    return _NOT_SLUG.sub("-", text.casefold()).strip("-")


def digest(text: str) -> str:
    """Return the first 12 hex digits of the sha256 of the text as printed."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST]


def shown(text: str) -> str:
    """Return `text` in quotes for a sentence, cut to about 80 characters."""
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return repr(short)
