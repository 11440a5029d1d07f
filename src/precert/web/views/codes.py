"""Everything that a rulebook says of one code, edition by edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from precert.codes import is_code, parse_code
from precert.errors import BadCode
from precert.web.views.copies import copies_of
from precert.web.views.rules import RuleView, rule_views

if TYPE_CHECKING:
    from datetime import date

    from precert.rulebook import Rulebook
    from precert.web.served import Served

SCHEMA: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class EditionNamed:
    """An edition by its name and its digest."""

    digest: str
    edition: str


@dataclass(frozen=True, slots=True)
class EditionRules:
    """What an edition says of a code; `rules` is empty where it does not list it.

    `link_only_programs` are those of which the list prints only a link: the code may be theirs.
    `changed_documents` are files of the document's name that are another document.
    """

    rulebook: EditionNamed
    link_only_programs: tuple[str, ...]
    rules: tuple[RuleView, ...]
    changed_documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeView:
    """Everything of one code, the newest edition first."""

    schema: Literal[1]
    code: str
    editions: tuple[EditionRules, ...]


def code_view(
    served: Served, code: str, *, on: date | None = None, edition: str | None = None
) -> CodeView:
    """Return what the edition that is named, or answers for a day, says of a code; else all.

    Raises `BadCode`, `UnknownEdition`, and what reading the user's own copies raises.
    """
    parsed = parse_code(code)
    if not is_code(parsed):
        raise BadCode(str(parsed))
    picked = served.picked(edition, on)
    return CodeView(
        SCHEMA,
        parsed,
        tuple(
            EditionRules(
                named(book),
                book.link_only,
                rule_views(served, book, book.rules_for(parsed)),
                copies_of(served, book).changed,
            )
            for book in picked
        ),
    )


def named(edition: Rulebook) -> EditionNamed:
    """Return an edition by its name and digest."""
    return EditionNamed(edition.digest, edition.edition.name)
