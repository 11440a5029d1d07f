"""What a rulebook is and what its rules say, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.model import PAYER, Basis, Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.model import Edition, Rule
    from precert.rulebook import Rulebook

_REQUIREMENTS = {
    Requirement.REQUIRED: "authorization required",
    Requirement.NOT_REQUIRED: "authorization not required",
    Requirement.OUT_OF_SCOPE: "out of scope",
    Requirement.ADD_ON: "add-on code",
    Requirement.INVESTIGATIONAL: "experimental or investigational",
    Requirement.UNLISTED: "unlisted procedure code",
    Requirement.UNREAD: "a decision that could not be read",
}


_BASES = {
    Basis.STATED: "the list prints it",
    Basis.TOLD: "told at import, not printed in the list",
    Basis.DEFAULT: "twelve months after it begins, by default",
}


def rulebook_in_words(rulebook: Rulebook) -> str:
    """Return which rulebook answered: whose, which edition, its short digest and its dates."""
    edition = rulebook.edition
    until = f" until {edition.effective_to}" if edition.effective_to else ""
    return (
        f"Rulebook: {edition.payer} {edition.line_of_business}, edition {edition.name} "
        f"({rulebook.digest[:12]}), from {edition.effective_from}{until}, "
        f"review by {edition.review_by}"
    )


def requirement_in_words(requirement: Requirement) -> str:
    """Return what the list prints as its decision, as a short phrase."""
    return _REQUIREMENTS[requirement]


def platform_in_words(platform: str | None, payer: str) -> str:
    """Return the platform of a rule: its name, the payer itself, or that none is printed."""
    if platform is None:
        return "none printed"
    return payer if platform == PAYER else platform


def dates_in_words(edition: Edition) -> Iterator[str]:
    """Yield from when until when an edition holds, its review date, and who gave each date."""
    until = f" until {edition.effective_to}" if edition.effective_to else ""
    yield (
        f"In force from {edition.effective_from}{until} ({_BASES[edition.effective_from_basis]})."
    )
    yield f"To be reviewed by {edition.review_by} ({_BASES[edition.review_by_basis]})."


def in_force_in_words(rule: Rule, edition: Edition) -> str:
    """Return from when until when a rule holds; the edition's own days where it prints none."""
    begins = rule.effective_from or edition.effective_from
    ends = rule.effective_to or edition.effective_to
    own = " (printed with the rule)" if rule.effective_from or rule.effective_to else ""
    return f"from {begins}{f' until {ends}' if ends else ''}{own}"
