"""`editions.toml`: which editions a rulebook holds, from when, in which folder, with which digest.

Each edition stands in a folder of its own, as a rulebook of one edition does. This file names its
digest, so the digest of this one text covers them all; it is the sha256 of the file without the
digest's own line: `grep -v '^digest = ' editions.toml | sha256sum`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from precert.rulebook.digest import take_sha256, verify_digest, with_digest
from precert.rulebook.toml import Section, format_pairs, format_value, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.rulebook.book import Rulebook

SCHEMA = 1

_ABOUT = "# Written by precert: import an edition into this folder, do not change this file.\n"
_SHORT = 12
"""How much of a digest every face prints."""


class Entry(NamedTuple):
    """One edition as `editions.toml` names it; the rest stands in its own folder.

    `rulebook` is its digest; a key of another name than the file's own, which a shell leaves out.
    """

    name: str
    effective_from: date
    effective_to: date | None
    review_by: date
    folder: str
    rulebook: str


class Replaced(NamedTuple):
    """An edition that was published here before another took its place.

    `documents` are `sha256  name`, as `sha256sum` prints and checks them.
    """

    name: str
    effective_from: date
    rulebook: str
    documents: tuple[str, ...]


def entry_of(rulebook: Rulebook) -> Entry:
    """Return how `editions.toml` names an edition.

    Its folder is called by the first day and the digest, so that an edition which takes the place
    of another never shares its folder: both stand whole until the file names the new one.
    """
    edition, digest = rulebook.edition, rulebook.digest
    return Entry(
        edition.name,
        edition.effective_from,
        edition.effective_to,
        edition.review_by,
        f"{edition.effective_from}-{digest[:_SHORT]}",
        digest,
    )


def replaced_of(rulebook: Rulebook) -> Replaced:
    """Return what is kept of an edition that another takes the place of."""
    documents = tuple(f"{document.sha256}  {document.name}" for document in rulebook.documents)
    edition = rulebook.edition
    return Replaced(edition.name, edition.effective_from, rulebook.digest, documents)


def format_editions(entries: Iterable[Entry], replaced: Iterable[Replaced]) -> tuple[str, str]:
    """Return the text of `editions.toml`, whose lines end with LF, and the digest in it."""
    parts = [f"\n[[editions]]\n{format_pairs(entry._asdict().items())}" for entry in entries]
    parts += [f"\n[[replaced]]\n{_format_replaced(one)}" for one in replaced]
    head, body = f"{_ABOUT}schema = {SCHEMA}\n", "".join(parts)
    return with_digest(head, body)


def parse_editions(text: str, path: str) -> tuple[tuple[Entry, ...], tuple[Replaced, ...], str]:
    """Return the editions that the text names, those that were replaced, and the verified digest.

    Raises UnreadableRulebook, at the line of `path`, for what `format_editions` does not write.
    """
    top = Section(path, text, parse_toml(text, path), "")
    schema = top.take("schema", int)
    if schema != SCHEMA:
        newer = ": it was made by a newer precert" if schema > SCHEMA else ""
        remedy = "upgrade precert, or import the editions again"
        raise top.error(
            key="schema", reason=f"read {schema}, expected {SCHEMA}{newer}", remedy=remedy
        )
    digest = top.take("digest", str)
    verify_digest(top, text, digest, remedy="restore it")
    entries = tuple(_parse_entry(section) for section in top.tables("editions"))
    replaced = tuple(_parse_replaced(section) for section in top.optional_tables("replaced"))
    top.done()
    return entries, replaced, digest


def line_of(text: str, number: int) -> int:
    """Return the line, from 1, on which the edition of that number, from 0, begins in the text."""
    lines = text.split("\n")
    return [at for at, line in enumerate(lines, 1) if line == "[[editions]]"][number]


def _format_replaced(replaced: Replaced) -> str:
    *pairs, (key, _) = replaced._asdict().items()
    documents = ", ".join(map(format_value, replaced.documents))
    return f"{format_pairs(pairs)}{key} = [{documents}]\n"


def _parse_entry(section: Section) -> Entry:
    entry = Entry(
        section.take("name", str),
        section.take("effective_from", date),
        section.take_optional("effective_to", date),
        section.take("review_by", date),
        section.take("folder", str),
        take_sha256(section, "rulebook"),
    )
    section.done()
    expected = f"{entry.effective_from}-{entry.rulebook[:_SHORT]}"
    if entry.folder != expected:
        raise section.error(key="folder", reason=f"read {entry.folder!r}, expected {expected!r}")
    return entry


def _parse_replaced(section: Section) -> Replaced:
    replaced = Replaced(
        section.take("name", str),
        section.take("effective_from", date),
        take_sha256(section, "rulebook"),
        section.take_texts("documents"),
    )
    section.done()
    return replaced
