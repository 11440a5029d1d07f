"""What an answer rests on, as the details of a coverage-information: where, limits, evidence."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from precert.davinci.answer.by_code import in_codes
from precert.davinci.answer.coverage_information import Category, Detail, Kind
from precert.determine import Outcome, ReasonKind
from precert.determine.words.answer import (
    CAVEATS,
    condition_in_words,
    denial_is_printed,
    judged_in_words,
    limit_in_words,
)
from precert.determine.words.grounds import alternative_in_words
from precert.determine.words.notes import notes_in_words
from precert.determine.words.plan import next_step
from precert.model import STATEMENTS, Contact, DescribeProcedure, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.davinci.answer.answered_order import AnsweredOrder
    from precert.determine import Determination, Judged
    from precert.model import Condition, Edition, Rule
    from precert.rulebook import Rulebook

_BUILT = (Outcome.AUTH_NEEDED, Outcome.FOLLOWS_PRIMARY, Outcome.INVESTIGATIONAL)
"""Outcomes of which the list says where a case is built."""

NOT_CHECKED = Detail(Kind.NOT_CHECKED, Category.LIMITATION, " ".join(CAVEATS))
"""What every answer leaves open."""


def details_of(line: Determination, program: str, rulebook: Rulebook) -> Iterator[Detail]:
    """Yield what the answer for one line rests on; `program` is the one in whose case it goes.

    None of it hangs on the order or the day, and none of it names a line's own number.
    """
    edition = rulebook.edition
    if line.outcome in _BUILT and line.route is not None and not denial_is_printed(line):
        yield Detail(Kind.WHERE, Category.OTHER, f"{line.platform or edition.payer} ({program})")
    for judged in line.conditions:
        yield from _condition(judged, edition)
    for judged in line.limits:
        yield Detail(Kind.LIMIT, Category.LIMITATION, limit_in_words(judged, edition))
    for alternative in line.alternatives:
        text = alternative_in_words(alternative, edition, str)
        yield Detail(Kind.ALTERNATIVE, Category.LIMITATION, text)
    yield NOT_CHECKED
    yield Detail(Kind.EVIDENCE, Category.OTHER, _evidence(line, rulebook))


def _condition(judged: Judged, edition: Edition) -> Iterator[Detail]:
    """Yield a guard with its truth, or a statement that holds; a contact is said elsewhere."""
    condition = judged.condition
    if isinstance(condition, Contact):
        return
    if isinstance(condition, STATEMENTS) and judged.truth is not None:
        if judged.truth:
            yield Detail(Kind.STATED, Category.OTHER, condition_in_words(condition, edition))
        return
    unread = isinstance(condition, Unread)
    words = condition_in_words(condition, edition) if unread else judged_in_words(judged, edition)
    yield Detail(Kind.CONDITION, Category.LIMITATION, words)


def what_to_do(line: Determination, order: AnsweredOrder) -> str:
    """Return the next step and the notes, the lines called by their names; and an assumed day."""
    said = [
        next_step(line, order.answer, order.plan),
        *notes_in_words(line, order.answer.determinations),
    ]
    if line.limits and line.outcome is Outcome.NO_AUTH:
        edition = order.answer.rulebook_of(line).edition
        open_limits = [limit.condition for limit in not_met(line) if limit.truth is None]
        said[:0] = [_find_out(condition, edition) for condition in open_limits]
    if order.lines[line.line - 1].focus.on is None:
        said.append(f"The order tells no date of service: this holds for {line.date_of_service}.")
    return in_codes(" ".join(said), order.names, order.alike)


def not_met(line: Determination) -> list[Judged]:
    """Return the limits that are violated, or not known to be met where that can be known."""
    return [
        limit
        for limit in line.limits
        if limit.truth is False
        or (limit.truth is None and not isinstance(limit.condition, DescribeProcedure))
    ]


def _find_out(condition: Condition, edition: Edition) -> str:
    """Return what to find out before an answer that needs nothing is relied on."""
    said = condition_in_words(condition, edition)
    return f"Before you rely on it, find out whether it is so: {said}."


def _evidence(line: Determination, rulebook: Rulebook) -> str:
    """Return the printed places, the edition, and the sha256 of documents and rulebook."""
    places, refs = dict.fromkeys(map(_place, line.rules)), [rule.ref for rule in line.rules]
    stated = rulebook.exhaustive
    if stated is not None and any(each.kind is ReasonKind.EXHAUSTIVE for each in line.reasons):
        places[f"{stated.document} {stated.place}"] = None
        refs.append(stated)
    documents = frozenset([ref.document for ref in refs])
    return f"{', '.join(places) or 'no line of the list'}; {_sources(rulebook, documents)}"


@lru_cache(maxsize=256)
def _sources(rulebook: Rulebook, documents: frozenset[str]) -> str:
    """Return the edition and the digests; of all documents where none is named."""
    edition = rulebook.edition
    digests = [
        f"sha256 of {document.name} {document.sha256}"
        for document in rulebook.documents
        if not documents or document.name in documents
    ]
    named = f"edition {edition.name} of {edition.payer} {edition.line_of_business}"
    return "; ".join([named, *digests, f"sha256 of the rulebook {rulebook.digest}"])


def _place(rule: Rule) -> str:
    return f"{rule.ref.document} {rule.ref.place} ({rule.program})"
