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

_HARMLESS_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|br|span|p|sup)"
    r"""(?:\s+(?:class|id|lang|dir)=(?:"[^"<>]*"|'[^'<>]*'))*\s*/?>""",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:/?[a-zA-Z]|!)[^<>]*>")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[\w(\[<>&$\"'“])(?=[^*]*\w)([^*]*[^\s*])\*\*(?![\w*])")
_ALL_BOLD = re.compile(r"\s*\*\*([^*]*)\*\*\s*")
_ADDRESS = r"#|\.{0,2}/|[a-zA-Z][a-zA-Z0-9+.-]*:|www\.|[\w-]+\.[a-zA-Z0-9]{2,5}(?=\))"
_LINK = re.compile(rf"\[([^\[\]]*)\]\((?:{_ADDRESS})[^()\s]*\)")
_PRINTED_CODE = re.compile(r"(?<![\w$.,])(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})(?![\w]|[.,][0-9])")
_HEADING = re.compile(r"\s*#{1,6}\s+")
_SET_OFF_CELL = re.compile(r"\s*(?:\*\*|<(?:b|strong|i|em|u)\b)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NOT_SLUG = re.compile(r"[\W_]+")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_SHOWN = 80
_DIGEST = 12


def plain(text: str) -> str:
    """Return `text` without harmless markup, entities and invisible signs, single-spaced.

    Harmless are tags that only change how letters look, `**` in pairs around text, and links to an
    address. All other marks stay, since they may mean something: `No**` has a footnote, and what
    stands in `<s>` was struck out. NUL becomes U+FFFD.
    """
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if "<" in text:
        text = _HARMLESS_TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    if "**" in text:
        whole = _ALL_BOLD.fullmatch(text)
        text = whole[1] if whole else _BOLD.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def has_tag(text: str) -> bool:
    """Return whether a plain text holds a tag: one that may change what the text says."""
    return "<" in text and _TAG.search(text) is not None


def prints_code(text: str) -> bool:
    """Return whether something of the form of a code stands in the text."""
    return _PRINTED_CODE.search(text) is not None


def breaks_off(cell: str) -> bool:
    """Return whether a quotation mark at the beginning of the cell is closed nowhere in it.

    Such a cell is the first line of one that was printed on several.
    """
    if '"' not in cell and "“" not in cell:
        return False
    text = cell.lstrip()
    if text.startswith('"'):
        return text.count('"') % 2 == 1
    return text.startswith("“") and "”" not in text


def leaves_bracket_open(cell: str) -> bool:
    """Return whether the cell opens a bracket that it does not close."""
    return cell.count("(") > cell.count(")")


def is_blank(cell: str) -> bool:
    """Return whether the cell prints nothing: markup alone is nothing."""
    return not cell or not plain(cell)


def plain_line(text: str) -> str:
    """Return a line outside a table without its markup, the marks of a heading included.

    Bold marks may stand on one end of it alone: a title in bold may go on in the next line.
    """
    line = plain(_HEADING.sub("", text, count=1) if text.lstrip().startswith("#") else text)
    return line.removeprefix("**").removesuffix("**").strip()


def is_set_off(text: str) -> bool:
    """Return whether markup sets the line off as a title: a heading, or a mark at its start."""
    return text.lstrip().startswith(("#", "**", "<"))


def is_marked(cell: str) -> bool:
    """Return whether markup at the beginning of a cell marks it as a heading."""
    return _SET_OFF_CELL.match(cell) is not None


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
