"""What is wrong with several editions together (PC42x): periods overlap, days are left out."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import SourceRef
from precert.rulebook.editions_toml import entry_of, format_editions, line_of
from precert.rulebook.rulebook_toml import EDITIONS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.diagnostics import Diagnostic
    from precert.rulebook.book import Rulebook
    from precert.rulebook.editions import AnyRulebook

_DAY = timedelta(days=1)

Placed = tuple["Rulebook", SourceRef]


def check_editions(rulebook: AnyRulebook) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of several editions (PC420 to PC422), in the order of their places.

    A place is where `editions.toml` names the later edition. One edition alone has none.
    """
    books = rulebook.editions
    text, _ = format_editions(map(entry_of, books), ())
    placed = [
        (book, SourceRef(EDITIONS_FILE, line_of(text, number))) for number, book in enumerate(books)
    ]
    found = [
        *(found for first, second in combinations(placed, 2) for found in _overlap(first, second)),
        *(found for first, second in pairwise(placed) for found in _gap(first, second)),
        *(found for first, second in combinations(placed, 2) for found in _same(first, second)),
    ]
    return tuple(sorted(found, key=lambda one: (one.ref.order, one.code, one.sentence)))


def _overlap(first: Placed, second: Placed) -> Iterator[Diagnostic]:
    """PC420: an edition states an end that lies after the beginning of a later one."""
    (earlier, there), (later, place) = first, second
    ends, begins = earlier.edition.effective_to, later.edition.effective_from
    if ends is not None and ends >= begins:
        names = {"earlier": earlier.edition.name, "later": later.edition.name}
        yield diagnostic("PC420", place, there, ends=ends, begins=begins, **names)


def _gap(first: Placed, second: Placed) -> Iterator[Diagnostic]:
    """PC421: an edition ends, and days go by before the next one begins."""
    (earlier, there), (later, place) = first, second
    ends, begins = earlier.edition.effective_to, later.edition.effective_from
    if ends is not None and ends + _DAY < begins:
        names = {"earlier": earlier.edition.name, "later": later.edition.name}
        days = {"first": ends + _DAY, "last": begins - _DAY}
        yield diagnostic("PC421", place, there, **days, **names)


def _same(first: Placed, second: Placed) -> Iterator[Diagnostic]:
    """PC422: two editions were compiled from the very same documents."""
    (earlier, there), (later, place) = first, second
    digests = [sorted(one.sha256 for one in book.documents) for book in (earlier, later)]
    if digests[0] == digests[1]:
        names = {"earlier": earlier.edition.name, "later": later.edition.name}
        documents = ", ".join(document.name for document in later.documents)
        yield diagnostic("PC422", place, there, documents=documents, **names)
