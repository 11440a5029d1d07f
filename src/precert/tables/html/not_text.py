"""A page without what is no text of it: comments, declarations, scripts, styles and its title.

They go before `html.parser` sees the page: it fails on some declarations that Word writes, and what
it makes of a comment without an end differs from one version of Python to the next.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from precert.errors import UnreadableDocument

_OPENING = re.compile(
    r"<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<declaration>[!?])"
    r"|(?P<element>script|style|title|xml)\b[^>]*>)",
    re.IGNORECASE,
)
_END_OF_COMMENT = re.compile(r"--!?>")


def without_comments(document: str, page: str) -> str:
    """Return the page with what is no text taken out; its lines keep their numbers.

    A `<` behind the last `>` begins no tag and is written as a sign. Raises UnreadableDocument,
    naming the document, for a comment, script or style that does not end: the page is cut off.
    """
    kept: list[str] = []
    at, end_of_tags = 0, page.rfind(">") + 1
    while opening := _OPENING.search(page, at, end_of_tags):
        kept.append(page[at : opening.start()])
        at = _end(document, page, opening)
        if opening["cdata"]:
            kept.append(escape(page[opening.end() : at - len("]]>")]))
        else:
            # What is left must not close up to the beginning of another tag.
            kept.append(" " if page[opening.start() - 1 : opening.start()] == "<" else "")
            kept.append("\n" * page.count("\n", opening.start(), at))
    kept += (page[at:end_of_tags], page[max(at, end_of_tags) :].replace("<", "&lt;"))
    return "".join(kept)


def _end(document: str, page: str, opening: re.Match[str]) -> int:
    begins = opening.end()
    if opening["declaration"]:
        return page.index(">", begins) + 1
    if opening["cdata"]:
        end = page.find("]]>", begins)
        ends = None if end < 0 else end + len("]]>")
    elif opening["comment"]:
        empty = page.startswith(">", begins) or page.startswith("->", begins)
        found = _END_OF_COMMENT.search(page, begins - len("--") if empty else begins)
        ends = page.index(">", begins) + 1 if empty else found and found.end()
    elif opening[0].endswith("/>"):
        return begins
    else:
        found = _end_of(opening["element"].lower()).search(page, begins)
        ends = found and found.end()
    if ends is None:
        line = page.count("\n", 0, opening.start()) + 1
        what = opening["element"] or "comment"
        reason = f"the {what} that begins on line {line} does not end; save the whole page again"
        raise UnreadableDocument(document, reason)
    return ends


@cache
def _end_of(element: str) -> re.Pattern[str]:
    return re.compile(rf"</{element}\b[^>]*>", re.IGNORECASE)
