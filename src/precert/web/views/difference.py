"""What differs between two editions of the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from precert.determine.words.diff import KINDS, changes_in_words
from precert.errors import BadEdition
from precert.rulebook import diff_rulebooks
from precert.rulebook.difference import DifferenceKind
from precert.web.views.rulebook import PlaceView, place_view

if TYPE_CHECKING:
    from precert.rulebook import Rulebook
    from precert.rulebook.difference import Difference, Differences
    from precert.web.served import Served

SCHEMA: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class SideDocument:
    """A document of one side, and how many of its lines nothing read."""

    name: str
    sha256: str
    unread: int


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two editions; `told` is what it was asked by."""

    told: str
    digest: str
    payer: str
    line_of_business: str
    edition: str
    effective_from: date
    rules: int
    documents: tuple[SideDocument, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One thing that says something else, as in rules.csv and in words."""

    what: str
    before: str | None
    after: str | None
    in_words: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One difference: of a code in a program, of a program (no code), of the edition."""

    kind: DifferenceKind
    code: str | None
    program_before: str | None
    program_after: str | None
    also_in: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    rule_before: str | None
    rule_after: str | None
    places_before: tuple[PlaceView, ...]
    places_after: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class DiffView:
    """All differences, by kind, program and code. `kinds` says what each kind is called."""

    schema: Literal[1]
    before: SideView
    after: SideView
    counts: dict[DifferenceKind, int]
    by_program: dict[str, dict[DifferenceKind, int]]
    differences: tuple[DifferenceView, ...]
    impact: None
    kinds: dict[DifferenceKind, str]


def diff_view(served: Served, before: str | None = None, after: str | None = None) -> DiffView:
    """Return what differs between two editions of the rulebook, told by their names.

    Not told, `after` is the newest edition and `before` the one that was in force before `after`.
    Raises `UnknownEdition`, and `BadEdition` where there is no edition before.
    """
    newer = served.edition(after)
    older = _before(served, newer) if before is None else served.edition(before)
    key = ("diff", older.digest, newer.digest)
    return served.kept.get(key, lambda: _view(diff_rulebooks(older, newer, dates=True)))


def _before(served: Served, newer: Rulebook) -> Rulebook:
    editions = served.rulebook.editions
    at = editions.index(newer)
    if at == 0:
        names = ", ".join(book.edition.name for book in editions)
        read = f"the edition {newer.edition.name!r}, before which this rulebook holds none"
        raise BadEdition(read, f"two of its editions as before and after; it holds: {names}")
    return editions[at - 1]


def _view(differences: Differences) -> DiffView:
    by_program = differences.by_program
    return DiffView(
        schema=SCHEMA,
        before=_side(differences.before),
        after=_side(differences.after),
        counts=differences.counts,
        by_program=by_program,
        differences=tuple(_difference(one, differences) for one in differences.found),
        impact=None,
        kinds=dict(KINDS),
    )


def _side(book: Rulebook) -> SideView:
    edition = book.edition
    return SideView(
        told=edition.name,
        digest=book.digest,
        payer=edition.payer,
        line_of_business=edition.line_of_business,
        edition=edition.name,
        effective_from=edition.effective_from,
        rules=len(book.rules),
        documents=tuple(SideDocument(one.name, one.sha256, one.unread) for one in book.documents),
    )


def _difference(one: Difference, differences: Differences) -> DifferenceView:
    said = changes_in_words(one, differences.before.edition, differences.after.edition)
    return DifferenceView(
        kind=one.kind,
        code=one.code or None,
        program_before=one.program_before or None,
        program_after=one.program_after or None,
        also_in=one.also_in,
        changes=tuple(
            ChangeView(
                change.what,
                change.before or None,
                change.after or None,
                f"{words.what}: {words.before} -> {words.after}",
            )
            for change, words in zip(one.changes, said, strict=True)
        ),
        rule_before=one.before.rule_id if one.before else None,
        rule_after=one.after.rule_id if one.after else None,
        places_before=tuple(map(place_view, one.before_refs)),
        places_after=tuple(map(place_view, one.after_refs)),
    )
