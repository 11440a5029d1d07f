"""Which editions a rulebook holds, as a page and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from precert.cli.blocks import Heading, Item, Table
from precert.cli.rulebook_page import SCHEMA, rulebook_as_json
from precert.rulebook import check_editions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.cli.blocks import Block
    from precert.rulebook import Editions

_SHORT = 12


def editions_page(editions: Editions) -> Iterator[Block]:
    """Yield the page of a rulebook of several editions."""
    edition, held = editions.newest.edition, editions_counted(editions)
    yield Heading(
        f"{edition.payer} {edition.line_of_business}, {held}, managed by {edition.vendor}"
    )
    yield Item(f"Digest {editions.digest}.")
    yield from series(editions)
    yield Item("The date of service picks the edition: the one that began last, on it or before.")
    yield Item("`precert rulebook DIR --edition NAME` says what one of them holds.")


def editions_counted(editions: Editions) -> str:
    """Return how many editions there are, in words."""
    count = len(editions.editions)
    return "1 edition" if count == 1 else f"{count:,} editions"


def series(editions: Editions) -> Iterator[Block]:
    """Yield the editions, what took the place of what, and what is wrong with their dates."""
    yield _table(editions)
    for replaced in editions.replaced:
        documents = ", ".join(replaced.documents)
        yield Item(
            f"Replaced: {replaced.name}, from {replaced.effective_from}, digest "
            f"{replaced.rulebook}, of {documents}."
        )
    yield from (Item(str(found)) for found in check_editions(editions))


def editions_as_json(editions: Editions) -> dict[str, Any]:
    """Return the same as JSON values; each edition is told as alone, with its folder."""
    edition = editions.newest.edition
    return {
        "schema": SCHEMA,
        "digest": editions.digest,
        "payer": edition.payer,
        "line_of_business": edition.line_of_business,
        "vendor": edition.vendor,
        "editions": [
            {"folder": folder, **_without_schema(rulebook_as_json(book))}
            for folder, book in editions.folders()
        ],
        "replaced": [
            {
                "edition": one.name,
                "effective_from": one.effective_from.isoformat(),
                "digest": one.rulebook,
                "documents": [_document(text) for text in one.documents],
            }
            for one in editions.replaced
        ],
        "diagnostics": [
            {
                "code": found.code,
                "severity": found.severity.value,
                "sentence": found.sentence,
            }
            for found in check_editions(editions)
        ],
    }


def _without_schema(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != "schema"}


def _document(text: str) -> dict[str, str]:
    sha256, _, name = text.partition("  ")
    return {"name": name, "sha256": sha256}


def _table(editions: Editions) -> Table:
    rows = [
        (
            book.edition.name,
            str(book.edition.effective_from),
            str(book.edition.effective_to or "-"),
            str(book.edition.review_by),
            f"{len(book.rules):,}",
            book.digest[:_SHORT],
            "\n".join(document.name for document in book.documents),
        )
        for book in editions.editions
    ]
    header = ("Edition", "From", "Until", "Review by", "Rules", "Digest", "Documents")
    return Table(header, rows, right=(4,))
