"""The two sides of a comparison in words, and what the comparison cannot see."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from precert.cli.diff_sides import Side


def side_in_words(side: Side) -> str:
    """Return which edition of which list one side is, and how many rules it has."""
    book = side.rulebook
    name = f"{book.edition.payer} {book.edition.line_of_business}"
    if side.dated:
        until = f" until {book.edition.effective_to}" if book.edition.effective_to else ""
        when = f"edition {book.edition.name}, from {book.edition.effective_from}{until}"
    else:
        when = "no first day printed"
    return f"{side.told}: {name}, {when}, {len(book.rules):,} rules ({book.digest[:12]})"


def warnings_in_words(before: Side, after: Side) -> list[str]:
    """Return what no row shows: lines that could not be read, what holds for unlisted codes."""
    said = []
    for side in (before, after):
        lines = sum(document.unread for document in side.rulebook.unread)
        if lines:
            count = f"{lines:,} line{'' if lines == 1 else 's'}"
            said.append(
                f"{count} of {side.told} could not be read: what stands there is not compared."
            )
    exhaustive = [side for side in (before, after) if side.rulebook.exhaustive is not None]
    if len(exhaustive) == 1:
        said.append(
            f"Only {exhaustive[0].told} says that a code which is not listed needs no "
            "authorization: every such code is answered otherwise."
        )
    return said
