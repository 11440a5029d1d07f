"""What a rulebook is made of: editions, documents, programs by requirement, diagnostics."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from precert.determine.words.rulebook import dates_in_words
from precert.diagnostics import Severity
from precert.model import Basis, Requirement
from precert.rulebook import Editions, check_editions, check_rules
from precert.web.views.receipt import NamedDocument

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.model import SourceRef
    from precert.rulebook import Rulebook
    from precert.web.served import Served

SCHEMA: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A printed place; `place` says it in words."""

    document: str
    line: int
    page: int | None
    sheet: str | None
    area: str | None
    place: str


@dataclass(frozen=True, slots=True)
class DiagnosticView:
    """One thing wrong at one place; `related` are the other places that the sentence names."""

    code: str
    severity: Severity
    document: str
    line: int
    page: int | None
    sheet: str | None
    area: str | None
    place: str
    sentence: str
    related: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class ProgramView:
    """A program in the list's order: its rules, how many of each requirement, 0 too."""

    name: str
    link_only: bool
    rules: int
    requirements: dict[Requirement, int]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document: file name, sha256 (hex), how many lines, and how many of them nothing read."""

    name: str
    sha256: str
    lines: int
    unread: int


@dataclass(frozen=True, slots=True)
class EditionView:
    """What one edition holds. `folder` is empty where the rulebook is this edition alone.

    `exhaustive` is the line that says that a code which is not listed needs none. `dates` say in
    words from when until when it holds, when it is to be reviewed, and who gave each date.
    """

    folder: str
    digest: str
    edition: str
    payer: str
    line_of_business: str
    vendor: str
    effective_from: date
    effective_from_basis: Basis
    effective_to: date | None
    review_by: date
    review_by_basis: Basis
    rules: int
    codes: int
    ranges: int
    programs: tuple[ProgramView, ...]
    exhaustive: str | None
    plans: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    code_files: tuple[NamedDocument, ...]
    diagnostics: tuple[DiagnosticView, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplacedView:
    """An edition that was published here before another took its place."""

    edition: str
    effective_from: date
    digest: str
    documents: tuple[NamedDocument, ...]


@dataclass(frozen=True, slots=True)
class RulebookView:
    """What the rulebook holds, the editions in the order of their first days.

    `diagnostics` are those of the editions together: periods that overlap, days left out.
    """

    schema: Literal[1]
    digest: str
    payer: str
    line_of_business: str
    vendor: str
    editions: tuple[EditionView, ...]
    replaced: tuple[ReplacedView, ...]
    diagnostics: tuple[DiagnosticView, ...]


def rulebook_view(served: Served) -> RulebookView:
    """Return what the rulebook holds; it is found out once."""
    return served.kept.get("rulebook", lambda: _view(served))


def diagnostic_view(found: Diagnostic) -> DiagnosticView:
    """Return a diagnostic with its places."""
    return DiagnosticView(
        code=found.code,
        severity=found.severity,
        **found.ref._asdict(),
        place=found.ref.place,
        sentence=found.sentence,
        related=tuple(map(place_view, found.related)),
    )


def place_view(ref: SourceRef) -> PlaceView:
    """Return a printed place."""
    return PlaceView(**ref._asdict(), place=ref.place)


def _view(served: Served) -> RulebookView:
    rulebook = served.rulebook
    edition = rulebook.editions[-1].edition
    several = isinstance(rulebook, Editions)
    folders = list(rulebook.folders()) if isinstance(rulebook, Editions) else [("", rulebook)]
    return RulebookView(
        schema=SCHEMA,
        digest=rulebook.digest,
        payer=edition.payer,
        line_of_business=edition.line_of_business,
        vendor=edition.vendor,
        editions=tuple(_edition(folder, book) for folder, book in folders),
        replaced=_replaced(rulebook) if isinstance(rulebook, Editions) else (),
        diagnostics=tuple(map(diagnostic_view, check_editions(rulebook))) if several else (),
    )


def _edition(folder: str, book: Rulebook) -> EditionView:
    edition = book.edition
    return EditionView(
        folder=folder,
        digest=book.digest,
        edition=edition.name,
        payer=edition.payer,
        line_of_business=edition.line_of_business,
        vendor=edition.vendor,
        effective_from=edition.effective_from,
        effective_from_basis=edition.effective_from_basis,
        effective_to=edition.effective_to,
        review_by=edition.review_by,
        review_by_basis=edition.review_by_basis,
        rules=len(book.rules),
        codes=len(book.by_code),
        ranges=len(book.ranges),
        programs=_programs(book),
        exhaustive=str(book.exhaustive) if book.exhaustive else None,
        plans=book.plans,
        documents=tuple(
            DocumentView(one.name, one.sha256, one.lines, one.unread) for one in book.documents
        ),
        code_files=tuple(NamedDocument(file.name, file.sha256) for file in book.code_files),
        diagnostics=tuple(map(diagnostic_view, check_rules(book))),
        dates=tuple(dates_in_words(edition)),
    )


def _programs(book: Rulebook) -> tuple[ProgramView, ...]:
    counts = Counter((rule.program, rule.requirement) for rule in book.rules)
    views = []
    for program in book.programs:
        of_each = {kind: counts[program.name, kind] for kind in Requirement}
        total = sum(of_each.values())
        views.append(ProgramView(program.name, program.link_only, total, of_each))
    return tuple(views)


def _replaced(rulebook: Editions) -> tuple[ReplacedView, ...]:
    return tuple(
        ReplacedView(
            one.name,
            one.effective_from,
            one.rulebook,
            tuple(_document(text) for text in one.documents),
        )
        for one in rulebook.replaced
    )


def _document(text: str) -> NamedDocument:
    sha256, _, name = text.partition("  ")
    return NamedDocument(name, sha256)
